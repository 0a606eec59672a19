"""Pictures in the page: shorter, and the same to look at."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from stackaudit.figures.lanes.place import placed
from stackaudit.outputs.report.drawings import Pictures
from stackaudit.outputs.report.html.fixes import GAP, general
from stackaudit.outputs.report.html.path import whole, whole_path
from stackaudit.outputs.report.html.slim import short_names, slim
from stackaudit.outputs.report.language import language
from tests.outputs.report.books import full_book


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M1.4 2.6H10.2", "M1 3h9"),
        ("M562 864C513 864 513 514 463 514H288C238 514 238 497 189 497",
         "M562 864c-49 0-49-350-99-350h-175c-50 0-50-17-99-17"),
        ("M0.4 0h7v46h-7z", "M0 0h7v46h-7z"),
        ("M10 10L20 5V40z", "M10 10l10-5v35z"),
        ("M5 5h2zH9", "M5 5h2zh4"),
        ("M0 5h2v1zM9 9h2", "M0 5h2v1zm9 4h2"),
        ("M1 2C5 2 5 2 9 2", "M1 2h8"),
        ("M1 2C12 2 5 2 9 2", "M1 2c11 0 4 0 8 0"),
    ],
)  # fmt: skip
def test_path_from_point_to_point(path: str, short: str) -> None:
    assert whole_path(path) == short


def test_errors_of_rounding_do_not_add_up() -> None:
    steps = "".join(f"H{number * 1.45:.2f}" for number in range(1, 101))
    moved = sum(int(each) for each in re.findall(r"h(-?\d+)", whole_path(f"M0 0{steps}")))
    assert moved == 145


@pytest.mark.parametrize("path", ["M0 0A1 1 0 0 0 2 2", "M0 0 1 1", "M0 0L1"])
def test_step_that_is_not_ours_is_an_error(path: str) -> None:
    with pytest.raises(ValueError, match="numbers"):
        whole_path(path)


def test_numbers_are_rounded_where_they_are_lengths() -> None:
    assert whole("rotate(-90 12.5 8.4)") == "rotate(-90 13 8)"


def pictures() -> Pictures:
    return Pictures(full_book(), language("en"))


def texts(svg: str) -> list[str]:
    root = etree.fromstring(re.sub(r' xmlns="[^"]*"', "", svg))
    return sorted(each.text or "" for each in root.iter("text"))


@pytest.mark.parametrize("name", ["lanes", "spend", "quadrant", "renewals", "exposure"])
def test_every_text_of_a_picture_stays(name: str) -> None:
    drawn = getattr(pictures(), name)()
    assert texts(slim(drawn)) == texts(drawn)
    assert len(slim(drawn)) < len(drawn)


@pytest.mark.parametrize("listed", [True, False])
def test_lines_of_the_map_know_their_ends(*, listed: bool) -> None:
    root = etree.fromstring(slim(pictures().lanes(), listed=listed))
    chips = root.xpath("g[@class='chips']/g/@data-tool")
    found = full_book().lanes.map
    of_kinds = {
        "links": {(each.link.source, each.link.target) for each in placed(found).links},
        "gaps": {(each.source, each.target) for each in found.gaps},
    }
    for kind, ends in of_kinds.items():
        shown = set[tuple[str, str]]()
        for group in root.xpath(f"g[@class='{kind}']/descendant-or-self::g[@data-e]"):
            numbers = [int(each) for each in group.get("data-e").split()]
            assert len(numbers) == 2 * len(group)
            shown |= {
                (chips[a], chips[b]) for a, b in zip(numbers[::2], numbers[1::2], strict=True)
            }
        assert shown == ends
    assert bool(root.xpath("g[@class='links']//title")) is not listed


def test_grounds_lie_below_texts_and_nothing_is_left_out() -> None:
    drawn = pictures().renewals()
    root = etree.fromstring(slim(drawn))
    kinds = [each.tag for each in root if each.tag in ("path", "text")]
    assert kinds == sorted(kinds)
    discs = drawn.count("<circle")
    paths = "".join(root.xpath("path[@stroke-linecap='round']/@d"))
    assert discs > 0
    assert paths.count("h0") == discs


def test_a_title_stays_where_a_name_is_cut() -> None:
    svg = '<svg class="lineage"><text>{}<title>Alpha; late</title></text></svg>'
    assert "<title>" in slim(svg.format("Alp…"))
    assert "<title>" not in slim(svg.format("Alpha"))


def test_style_has_the_names_of_the_pictures() -> None:
    style = 'svg .fill-ink{fill:var(--ink)}path[class^="stroke-"]{stroke-width:2}.chip-ground{rx:6}'
    assert short_names(style) == (
        'svg .f-ink{fill:var(--ink)}path[class^="l-"]{stroke-width:2}.cg{rx:6}'
    )


def test_what_texts_have_in_common_is_cut_between_words() -> None:
    found = general(["Review Braze again, please.", "Review Bird again, please."])
    assert found == f"Review {GAP} again, please."
    assert general(["Same.", "Same."]) == "Same."


def test_a_brief_picture_says_what_is_cut_or_has_no_room() -> None:
    svg = '<svg class="lineage"><text>{}<title>Alpha; late</title></text></svg>'
    assert "<title>" in slim(svg.format("Alp…"), brief=True)
    assert "<title>" not in slim(svg.format("Alpha"), brief=True)
    tile = '<svg class="treemap"><g class="tile"><title>Alpha; 9</title><rect rx="4"/>{}</g></svg>'
    assert "<title>" in slim(tile.format(""), brief=True)
    assert "<title>" not in slim(tile.format("<text>Alpha</text>"), brief=True)
