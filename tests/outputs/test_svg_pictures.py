"""The pictures of a report: everything has a place of its own, and nothing in a name is markup."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from stackaudit.figures.report.book import Book, book
from stackaudit.outputs.report.drawings import Pictures
from stackaudit.outputs.report.language import language
from stackaudit.outputs.svg import shapes
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.palette import DARK, LIGHT, Palette, use_of
from tests.outputs.report.books import full_book, named
from tests.stacks import audited

SVG = "{http://www.w3.org/2000/svg}"
DRAWN: Mapping[str, Callable[[Pictures], str]] = {
    "lanes": Pictures.lanes,
    "matrix": Pictures.matrix,
    "overlap": Pictures.overlap,
    "spend": Pictures.spend,
    "quadrant": Pictures.quadrant,
    "renewals": Pictures.renewals,
    "exposure": Pictures.exposure,
    "lineage": lambda pictures: pictures.lineage(pictures.book.lineage.ways[0]),
}


def drawn(kind: str, found: Book) -> ET.Element:
    return ET.fromstring(DRAWN[kind](Pictures(found, language("en"))))


@cache
def large() -> Book:
    """Sixty tools, all alike: as full as pictures get."""
    tools = "\n".join(
        f"  t{n}: {{name: A tool with a long name {n}, capabilities: [email], holds: [contact], "
        f"contract: {{cost: {1000 + n * n}/year, seats: 10, used: {n % 12}, renews: 2027-03-01, "
        f"notice: 30d}}, fit: {{business: 2, technical: 3}}}}"
        for n in range(60)
    )
    flows = "\n".join(
        f"  - {{from: t{n // 3}, to: t{n}, data: [contact], method: api, every: 1d}}"
        for n in range(1, 60)
    )
    head = "stackaudit: 1\ncurrency: EUR\n"
    head += "datasets: {contact: {privacy: personal, system_of_record: t0}}\n"
    return book(audited(f"{head}tools:\n{tools}\nflows:\n{flows}\n"))


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("size", ["full", "large"])
def test_everything_lies_in_the_picture(kind: str, size: str) -> None:
    svg = drawn(kind, full_book() if size == "full" else large())
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    assert svg.find(f"{SVG}title") is not None
    for each in svg.iter(f"{SVG}rect"):
        x, y, wide, high = (float(each.attrib[name]) for name in ("x", "y", "width", "height"))
        assert x >= -12
        assert y >= -1
        assert x + wide <= width + 12
        assert y + high <= height + 1
    for text in svg.iter(f"{SVG}text"):
        assert -1 <= float(text.attrib["y"]) <= height + 1
        assert -1 <= float(text.attrib["x"]) <= width + 1


@pytest.mark.parametrize("kind", ["spend", "quadrant", "lineage", "renewals", "exposure"])
def test_no_two_texts_stand_on_each_other(kind: str) -> None:
    svg = drawn(kind, large())
    lines: dict[float, list[tuple[float, float]]] = {}
    for text in svg.iter(f"{SVG}text"):
        if "transform" in text.attrib:
            continue
        size, x = float(text.attrib["font-size"]), float(text.attrib["x"])
        wide = writing.width(text.text or "", size) * 0.8  # it is rather estimated too wide
        left = x - {"middle": wide / 2, "end": wide}.get(text.attrib.get("text-anchor", ""), 0)
        lines.setdefault(float(text.attrib["y"]), []).append((left, left + wide))
    for spans in lines.values():
        spans.sort()
        for (_, end), (start, _) in itertools.pairwise(spans):
            assert start >= end - 1


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize(
    "name", ["<script>", "\"' onload='x", "]]>", "\u202eabc", "a\nb", "株式会社"]
)
def test_name_is_a_text_and_no_markup(kind: str, name: str) -> None:
    svg = drawn(kind, named(name))
    plain = drawn(kind, named("x" * len(name)))
    kept = ("text", "title")
    elements = [each.tag for each in svg.iter() if each.tag.removeprefix(SVG) not in kept]
    assert elements == [e.tag for e in plain.iter() if e.tag.removeprefix(SVG) not in kept]
    assert not any("\u202e" in (each.text or "") for each in svg.iter())
    assert {key for each in svg.iter() for key in each.attrib} & {
        "onload",
        "style",
        "href",
    } == set()


def test_area_of_a_tile_is_its_share() -> None:
    tiles = large().spend.tiles
    whole = sum(tile.rect.width * tile.rect.height for tile in tiles)
    for tile in tiles:
        share = tile.rect.width * tile.rect.height / whole
        assert share == pytest.approx(tile.share, rel=1e-6)


def test_what_is_not_drawn_is_counted() -> None:
    shown = "".join(drawn("quadrant", large()).itertext())
    assert "51 more" in shown  # nine of sixty stand in their field
    assert "30 more" in "".join(drawn("renewals", large()).itertext())
    lineage = "".join(drawn("lineage", large()).itertext())
    assert "more" in lineage


@pytest.mark.parametrize(
    ("share", "use"),
    [(None, "unknown"), (0.0, "low"), (0.39, "low"), (0.4, "middle"), (0.8, "high"), (1.0, "high"),
     (1.01, "over")],
)  # fmt: skip
def test_steps_of_use(share: float | None, use: str) -> None:
    assert use_of(share) == use


@pytest.mark.parametrize("chosen", [LIGHT, DARK])
def test_ink_can_be_read_on_every_ground(chosen: Palette) -> None:
    grounds = (
        *chosen.use.values(),
        *chosen.danger.values(),
        chosen.paper,
        chosen.lane,
        chosen.chip,
    )
    for ground in grounds:
        assert contrast(chosen.ink, ground) >= 4.5, ground
    for ground in chosen.severity.values():
        assert contrast(chosen.on_severity, ground) >= 4.5, ground


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: relative luminances, the lighter over the darker."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_lengths_are_short_and_never_empty() -> None:
    assert [shapes.short(each) for each in (1, 1.04, 1.25, -0.5, 0)] == [
        "1",
        "1",
        "1.2",
        "-0.5",
        "0",
    ]


def _named_alike(*fields: tuple[int, int]) -> set[str]:
    """The names that the quadrant shows, for tools with the same long beginning of their names."""
    tools = "\n".join(
        f"  t{n}: {{name: A platform that is known by a very long name {n}, "
        f"fit: {{business: {business}, technical: {technical}}}, disposition: tolerate}}"
        for n, (business, technical) in enumerate(fields)
    )
    svg = drawn("quadrant", book(audited(f"stackaudit: 1\ntools:\n{tools}\n")))
    dots = [each for each in svg.iter() if each.get("class") == "dot"]
    return {next(each.iter(f"{SVG}text")).text or "" for each in dots}


def test_names_have_the_room_of_an_empty_field_beside_them() -> None:
    alone = _named_alike((4, 3), (4, 3))
    assert len(alone) == 2
    assert not any(each.endswith("…") for each in alone)
    assert all(each.endswith("…") for each in _named_alike((4, 3), (4, 4)))
