"""The slides: what they say, that everything is native and in place, and that no name is more."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE as KIND

from stackaudit.audit import audit
from stackaudit.errors import UsageError
from stackaudit.figures.report.book import Book, book
from stackaudit.figures.report.parts import Audience
from stackaudit.outputs.report.formats import FORMATS
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Logo, Look
from stackaudit.outputs.report.messages import PLACE, languages
from stackaudit.outputs.report.slides import fit, render
from stackaudit.outputs.report.slides.map_choice import drawn_map
from stackaudit.outputs.report.slides.words import own_words, worded
from stackaudit.outputs.sanitize import visible
from stackaudit.rules.library import load_rules
from stackaudit.shipped import shipped
from tests.outputs.hostile import HOSTILE
from tests.outputs.report.books import CLEAN, NAMES_ONLY, NOTHING, bare_book, full_book, named
from tests.stacks import DAY, audited

ENGLISH: Final = worded(language("en"))
SLIDES: Final = 10
WIDTH, HEIGHT = 12192000, 6858000
ORDER: Final = "\u200e"
"""The mark that keeps names from right to left in their order; it has no width."""


def made(found: Book, look: Look | None = None, code: str = "en") -> Any:
    return Presentation(io.BytesIO(render(found, language(code), look or Look())))


@cache
def full() -> Any:
    return deck_of("workshop")


@cache
def northwind(code: str = "en") -> Book:
    wording = language(code).wording()
    rules = load_rules(wording=wording)
    stack = shipped("stacks") / "northwind.yaml"
    return book(audit(stack, rules=rules, as_of=DAY, wording=wording))


@cache
def shown() -> Any:
    return deck_of("northwind")


def every(shapes: Any) -> Iterator[Any]:
    """All shapes, those in groups too."""
    for shape in shapes:
        yield shape
        if shape.shape_type == KIND.GROUP:
            yield from every(shape.shapes)


def texts(slide: Any) -> str:
    """All that a slide says."""
    found = []
    for shape in every(slide.shapes):
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        elif getattr(shape, "has_table", False):
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def titles(deck: Any) -> list[str]:
    found = [slide.shapes.title.text_frame.text for slide in deck.slides]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found]


def table_of(slide: Any) -> list[list[str]]:
    table = next(each.table for each in slide.shapes if getattr(each, "has_table", False))
    return [[cell.text for cell in row.cells] for row in table.rows]


def slide_of(deck: Any, title: str) -> Any:
    return next(e for e in deck.slides if re.search(title, e.shapes.title.text_frame.text))


# What it says


def test_ten_slides_whose_titles_are_the_findings() -> None:
    roadmap, questions = northwind().roadmap, northwind().questions.interview
    assert titles(shown())[:SLIDES] == [
        "Marketing technology audit",
        "28 findings block. €80,879 a year can be saved.",
        "6 of 41 tools are cut off from the rest",
        "7 flows of data are missing; 2 of 31 needs for data are not met",
        "€871,265 a year; the largest part, 10 %, goes to Braze",
        "1 of 5 rated tools calls for migration or elimination",
        "At least 4 tools with sensitive data have no valid review",
        "10 decisions come first; the most pressing: “Turned down, and still in use”",
        f"{len(roadmap.now)} steps now, {len(roadmap.next)} next, {len(roadmap.later)} later",
        f"{questions.total} questions are open; 89 % of the checks are decided",
    ]


def test_cards_for_both_sides_have_lines_to_fill_in() -> None:
    for side in ("marketing", "IT"):
        cards = [e for e in shown().slides if f"cards for {side}" in e.shapes.title.text_frame.text]
        assert len(cards) == 5
        for slide in cards:
            said = texts(slide)
            assert f"Question for {side}" in said
            assert said.count("We decide") == said.count("Owner in IT") == 2
            lines = [each for each in every(slide.shapes) if each.shape_type == KIND.LINE]
            assert len(lines) == 12


def test_every_figure_is_that_of_the_book_and_says_how_it_is_counted() -> None:
    for found in (full_book(), northwind()):
        slide = made(found).slides[1]
        values = {each.name: each for each in every(slide.shapes)}
        for kpi in found.kpis.figures:
            said = values[f"Value {kpi.id}"].text_frame.text
            if kpi.value is None:
                assert said == "unknown"
            else:
                assert float(re.sub(r"[^\d.]", "", said)) == round(kpi.value)
                assert said.startswith("at least") == kpi.at_least
            assert ENGLISH.how(kpi.id) in notes(slide)


def test_severities_are_a_native_chart() -> None:
    chart = next(each.chart for each in shown().slides[1].shapes if each.has_chart)
    (plot,) = chart.plots
    assert list(plot.categories) == ["critical", "high", "medium", "low"]
    by_severity = northwind().kpis.verdict.by_severity
    assert list(plot.series[0].values) == [by_severity[each] for each in sorted(by_severity)[::-1]]


def test_spend_has_a_tile_for_each_contract_and_a_chart_of_savings() -> None:
    slide = slide_of(shown(), "a year;")
    tiles = [e for e in every(slide.shapes) if e.name.startswith("Contract ")]
    spend = northwind().spend
    assert len(tiles) == len(spend.tiles)
    # 2 pixels of each side are the gap between tiles
    areas = [(e.width / 9525 + 2) * (e.height / 9525 + 2) for e in tiles[:9]]
    for tile, area in zip(spend.tiles, areas, strict=False):
        assert area / areas[0] == pytest.approx(tile.share / spend.tiles[0].share, rel=0.01)
    chart = next(each.chart for each in slide.shapes if each.has_chart)
    saved = [e.value for e in northwind().kpis.figure("savings").parts if e.counts][:8]
    assert list(chart.plots[0].series[0].values) == [round(each) for each in saved]


def test_decisions_have_money_effort_and_lead() -> None:
    head, *rows = table_of(slide_of(shown(), "decisions come first"))
    assert head == [
        "No.", "Decision", "Findings", "Saves a year", "Effort", "Lead", "Severity", "Owners",
    ]  # fmt: skip
    for row, decision in zip(rows, northwind().decisions.first, strict=True):
        assert row[0] == str(decision.number)
        assert row[1].endswith(decision.title)
        assert row[2] == str(len(decision.findings))
        expected = "–"
        if not decision.saves.nothing:
            expected = ENGLISH.total(decision.saves, "EUR")
        assert row[3:6] == [
            expected, ENGLISH.effort(decision.effort), ENGLISH.lead(decision.lead),
        ]  # fmt: skip


def test_exposure_is_a_table_of_states_and_sensitivities() -> None:
    found = northwind().exposure
    _, *rows = table_of(slide_of(shown(), "no valid review"))
    counted = [cell.split("\n")[0] for row in rows for cell in row[1:] if cell]
    assert counted == [str(len(each.tools)) for each in found.squares]


def test_missing_flows_have_the_numbers_of_the_map() -> None:
    _, *rows = table_of(slide_of(shown(), "flows of data are missing"))
    gaps = northwind().lanes.map.gaps
    names = {chip.id: chip.name for chip in northwind().lanes.map.chips}
    assert [row[:3] for row in rows] == [
        [str(gap.number), names[gap.source], names[gap.target]] for gap in gaps
    ]


def test_what_is_cut_stands_in_full_in_the_notes() -> None:
    name = "A tool that is called like this and then goes on " * 3
    text = NAMES_ONLY.replace("name: Two", f"name: {name}")
    slide = made(book(audited(text))).slides[2]
    assert name.strip() not in texts(slide)
    assert name.strip() in notes(slide)


def test_notes_say_how_each_slide_was_made() -> None:
    for slide in [*shown().slides][1:]:
        assert len(notes(slide)) > 40


# The lane map


def test_every_tool_is_a_shape_and_every_flow_is_glued_to_two_of_them() -> None:
    found = northwind().lanes.map
    slide = shown().slides[2]
    shapes = {each.shape_id: each for each in every(slide.shapes)}
    outlines = {
        each.shape_id: each.name.removeprefix("Chip ")
        for each in every(slide.shapes)
        if each.name.startswith("Chip ") and each.shape_type != KIND.GROUP
    }
    assert sorted(outlines.values()) == sorted(chip.name for chip in found.chips)
    ends: dict[str, list[str]] = {}
    for each in shapes.values():
        for glued in each._element.xpath("./p:nvCxnSpPr//a:stCxn | ./p:nvCxnSpPr//a:endCxn"):
            ends.setdefault(each.name, []).append(outlines[int(glued.get("id"))])
    names = {chip.id: chip.name for chip in found.chips}
    expected = {f"{e.source} → {e.target}": [names[e.source], names[e.target]] for e in found.links}
    for gap in found.gaps:
        expected[f"missing flow {gap.number}"] = [names[gap.source], names[gap.target]]
    assert ends == expected


def test_lines_begin_and_end_at_the_sides_of_their_chips() -> None:
    slide = shown().slides[2]
    shapes = {each.shape_id: each for each in every(slide.shapes)}
    glued = 0
    for line in shapes.values():
        for tag, x, y in (("stCxn", "begin_x", "begin_y"), ("endCxn", "end_x", "end_y")):
            for end in line._element.xpath(f"./p:nvCxnSpPr//a:{tag}"):
                chip, glued = shapes[int(end.get("id"))], glued + 1
                side = chip.left if end.get("idx") == "1" else chip.left + chip.width
                assert getattr(line, x) == pytest.approx(side, abs=9525 + 2)
                assert chip.top <= getattr(line, y) <= chip.top + chip.height
    assert glued == 2 * (len(northwind().lanes.map.links) + len(northwind().lanes.map.gaps))


def test_signs_and_dashes_say_what_colors_say() -> None:
    slide = shown().slides[2]
    signs = [e for e in every(slide.shapes) if e.name.startswith("Sign ")]
    letters = {"special": "S", "restricted": "R", "personal": "P", "none": "–", "unknown": "?"}
    assert all(e.text_frame.text == letters[e.name.removeprefix("Sign ")] for e in signs)
    dashes = {e.name: e._element.xpath(".//a:prstDash/@val") for e in every(slide.shapes)}
    for link in northwind().lanes.map.links:
        wanted = {"machine": [], "by_hand": ["dash"], "planned": ["sysDash"],
                  "broken": ["lgDashDot"]}[link.style]  # fmt: skip
        assert dashes[f"{link.source} → {link.target}"] == wanted
    assert dashes["missing flow 1"] in ([], ["sysDot"])  # the number, or the line


MANY: Final = "stackaudit: 1\ntools:\n" + "".join(
    f"  t{number}: {{capabilities: [{('email', 'crm', 'cms')[number % 3]}]}}\n"
    for number in range(70)
)
ONE_LANE: Final = "stackaudit: 1\ntools:\n" + "".join(
    f"  t{number}: {{capabilities: [email]}}\n" for number in range(50)
)


@pytest.mark.parametrize("text", [MANY, ONE_LANE])
def test_a_map_that_cannot_be_read_is_bundled(text: str) -> None:
    found = bare_book(text)
    assert drawn_map(found).bundled
    slide = made(found).slides[2]
    assert "the map shows capabilities" in texts(slide)
    assert any("50 tools" in e or "24 tools" in e for e in texts(slide).splitlines())


@cache
def sourcegraph() -> Any:
    """A stack of which little is known: its reasons and messages are long."""
    stack = shipped("stacks") / "sourcegraph.yaml"
    return made(book(audit(stack, rules=load_rules(), as_of=DAY)))


def test_cards_and_reasons_are_there_in_full() -> None:
    deck = sourcegraph()
    assert "Too little is stated to say that there is nothing." in texts(deck.slides[1])
    cards = [each for each in titles(deck) if "cards for" in each]
    assert len(cards) == 6
    for title in cards:
        assert "…" not in texts(slide_of(deck, re.escape(title)))


def test_a_column_of_the_roadmap_without_steps_says_so() -> None:
    said = texts(slide_of(sourcegraph(), "0 steps now")).splitlines()
    assert said.count("none") == 2


def test_names_of_capabilities_take_two_lines_where_one_is_too_short() -> None:
    tools = ("cms", "consent-management", "data-warehouse", "email", "web-analytics")
    entries = "".join(f"  t{n}: {{capabilities: [{each}]}}\n" for n, each in enumerate(tools))
    slide = made(bare_book(f"stackaudit: 1\ntools:\n{entries}")).slides[2]
    said = texts(slide).splitlines()
    assert {"Content management", "Consent management", "Data warehouse"} <= set(said)


def test_the_map_counts_missing_flows_like_the_slide_that_lists_them() -> None:
    found = full_book()
    assert len(found.lanes.detailed.gaps) == 2
    fewer = replace(found.lanes.map, gaps=found.lanes.map.gaps[:1])  # as if they shared both ends
    deck = made(replace(found, lanes=replace(found.lanes, map=fewer)))
    assert ", 2 missing" in texts(deck.slides[2])
    assert titles(deck)[3].startswith("2 flows")


def test_all_decisions_are_in_the_table_whatever_the_names_of_owners() -> None:
    found = northwind()
    many = tuple(f"マーケティング部{n}" for n in range(5))
    owned = [replace(e, owners=replace(e.owners, business=many)) for e in found.decisions.first]
    deck = made(replace(found, decisions=replace(found.decisions, first=tuple(owned))))
    slide = slide_of(deck, "10 decisions come first")
    assert [row[0] for row in table_of(slide)[1:]] == [str(n) for n in range(1, 11)]


def test_a_way_through_names_from_right_to_left_reads_from_the_left() -> None:
    """Without a mark on both sides of it the arrow would point from the second to the first."""
    slide = slide_of(made(named("שם")), "no valid review")
    ways = [e for e in texts(slide).splitlines() if "שם" in e and "→" in e]
    assert ways
    assert all(e.count("→") == e.count(f"{ORDER} → {ORDER}") for e in ways)
    assert not any(ORDER in texts(each) for each in full().slides)


# In place, readable, accessible


BOOKS: Final[dict[str, Callable[[], Book]]] = {
    "northwind": northwind,
    "German": lambda: northwind("de"),
    "long": lambda: named("Wörter WWW " * 25),
    "one long word": lambda: named("W" * 200),
    "CJK": lambda: named("株式会社マーケティング" * 6),
    "right to left": lambda: named("شركة التسويق العربية " * 4),
    "executive": lambda: full_book("executive"),
    "technical": lambda: full_book("technical"),
    "workshop": full_book,
    "compared": lambda: full_book(compared=True),
    "nothing": lambda: bare_book(NOTHING),
    "names only": lambda: bare_book(NAMES_ONLY),
    "clean": lambda: bare_book(CLEAN),
}


@cache
def deck_of(name: str) -> Any:
    return made(BOOKS[name](), code="de" if name == "German" else "en")


@pytest.mark.parametrize("name", BOOKS)
def test_everything_is_inside_the_slide_and_has_a_title(name: str) -> None:
    deck = deck_of(name)
    assert (deck.slide_width, deck.slide_height) == (WIDTH, HEIGHT)
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id  # read first
        ids = [each.shape_id for each in every(slide.shapes)]
        assert len(ids) == len(set(ids))
        for shape in every(slide.shapes):
            assert shape.left >= 0, shape.name
            assert shape.top >= 0, shape.name
            assert shape.left + shape.width <= WIDTH + 1, shape.name
            assert shape.top + shape.height <= HEIGHT + 1, shape.name


@pytest.mark.parametrize("name", BOOKS)
def test_text_fits_its_shape(name: str) -> None:
    for slide in deck_of(name).slides:
        for shape in every(slide.shapes):
            if shape.has_text_frame and shape.text_frame.text and not shape.is_placeholder:
                assert _needed(shape) <= shape.height / 9525 + 2, shape.text_frame.text


def _needed(shape: Any) -> float:
    """How high the text of a shape is, with its margins."""
    frame = shape.text_frame
    upright = frame._txBody.bodyPr.get("vert") is not None
    margins = (frame.margin_left + frame.margin_right) / 9525
    room = (shape.height if upright else shape.width) / 9525 - margins
    found = (frame.margin_top + frame.margin_bottom) / 9525
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            size = run.font.size.pt
            text = run.text.replace(ORDER, "")
            lines = fit.count(text, room, size, bold=bool(run.font.bold))
            found += fit.high(lines, size)
    return 0.0 if upright else found


@pytest.mark.parametrize("name", BOOKS)
def test_tables_end_above_the_footer(name: str) -> None:
    for slide in deck_of(name).slides:
        for shape in slide.shapes:
            if getattr(shape, "has_table", False):
                bottom = shape.top + sum(row.height for row in shape.table.rows)
                assert bottom <= 672 * 9525


def letters(slide: Any) -> Iterator[tuple[float, str]]:
    """Every text on a slide with the size of its letters, but for the map and what is around."""
    for shape in every(slide.shapes):
        if shape.is_placeholder or shape.name.startswith(("Chip", "Sign", "Findings", "missing")):
            continue
        for run in shape._element.xpath("./p:txBody//a:r | .//a:tc//a:r"):
            yield int(run.xpath("./a:rPr/@sz")[0]) / 100, str(run.xpath("./a:t")[0].text)


@pytest.mark.parametrize("name", ["northwind", "German", "workshop", "technical", "long"])
def test_letters_can_be_read_from_across_the_room(name: str) -> None:
    for slide in list(deck_of(name).slides)[1:]:
        if not any(each.name.startswith("Lane ") for each in every(slide.shapes)):
            assert min(size for size, _ in letters(slide)) >= 11
            sizes = [size for size, text in letters(slide) if len(text) > 60]
            assert name in ("German", "long") or min(sizes, default=12) >= 12


def test_names_on_the_map_can_be_read() -> None:
    chips = [e for e in every(shown().slides[2].shapes) if e.name.startswith("Chip ")]
    sizes = [run.font.size.pt for e in chips if e.has_text_frame
             for paragraph in e.text_frame.paragraphs for run in paragraph.runs]  # fmt: skip
    assert len(sizes) == len(northwind().lanes.map.chips)
    assert min(sizes) >= 8.5


def test_a_headline_begins_with_a_capital_and_goes_on_without() -> None:
    said = titles(full())
    assert said[1].endswith("findings block. At least €53,400 a year can be saved.")
    assert said[3] == "2 flows of data are missing; at least 2 needs for data are not met"
    assert said[4].startswith("At least €63,000 a year; ")


@pytest.mark.parametrize("name", ["northwind", "German", "long", "CJK"])
def test_no_state_of_a_review_is_left_out_of_the_grid(name: str) -> None:
    found = BOOKS[name]().exposure
    words = worded(language("de" if name == "German" else "en"))
    said = "\n".join(texts(each) for each in deck_of(name).slides)
    for state in {square.state for square in found.squares}:
        assert f"\n{words.review(state)}\n" in said


def test_pictures_charts_tables_and_groups_have_a_description() -> None:
    deck = made(northwind(), Look(logo=Logo("image/png", png()), author="Meridian"))
    kinds = {KIND.PICTURE, KIND.CHART, KIND.TABLE, KIND.GROUP}
    found = [e for slide in deck.slides for e in every(slide.shapes) if e.shape_type in kinds]
    assert {each.shape_type for each in found} == kinds
    assert all(each._element.xpath(".//p:cNvPr")[0].get("descr") for each in found)


def test_every_slide_that_is_empty_says_why_and_what_would_fill_it() -> None:
    said = "\n".join(texts(slide) for slide in deck_of("nothing").slides)
    assert ENGLISH.reason("no-tools") in said
    assert said.count("This slide fills with") >= 6
    assert "No contract states what it costs." in "\n".join(titles(made(book(audited(
        "stackaudit: 1\ntools: {one: {contract: {seats: 5}}}\n")))))  # fmt: skip


# For whom


def test_audiences_have_ten_slides_each() -> None:
    expected: dict[Audience, int] = {"executive": 0, "technical": 1, "workshop": 1}
    for audience, cards in expected.items():
        deck = deck_of(audience)
        said = titles(deck)
        assert len([each for each in said if "To decide together" not in each]) == SLIDES
        assert bool([each for each in said if "To decide together" in each]) == bool(cards)
    executive = " ".join(titles(deck_of("executive")))
    assert "questions" not in executive
    assert "contract" in executive
    technical = " ".join(titles(deck_of("technical")))
    assert "€" not in titles(deck_of("technical"))[4]
    assert "Groups of tools" in technical


def test_a_comparison_has_a_slide_of_its_own() -> None:
    deck = deck_of("compared")
    assert len(titles(deck)) == len(titles(full())) + 1
    head, *rows = table_of(deck.slides[2])
    assert head[0] == "Figure"
    assert [row[0] for row in rows][:5] == [ENGLISH.kpi(e.id) for e in full_book().kpis.figures]


def test_look_is_on_every_slide() -> None:
    look = Look(title="Stack review", client="Acme", author="Meridian", confidentiality="Secret",
                accent="#0a7b55", anonymous=True)  # fmt: skip
    data = render(northwind(), language("en"), look)
    deck = Presentation(io.BytesIO(data))
    assert titles(deck)[0] == "Stack review"
    assert "Meridian" in texts(deck.slides[0])
    for number, slide in enumerate(deck.slides, 1):
        footer, page = list(slide.placeholders)[-2:]
        assert footer.text_frame.text == (
            "Secret · Stack review · Acme · Names were replaced by pseudonyms."
        )
        assert page.text_frame.text == str(number)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert '<a:accent1><a:srgbClr val="0A7B55"/></a:accent1>' in theme
    properties = deck.core_properties
    assert (properties.author, properties.category) == ("Meridian", "Secret")
    assert properties.created == dt.datetime(2026, 11, 2)  # noqa: DTZ001


def test_the_logo_keeps_its_shape() -> None:
    deck = made(northwind(), Look(logo=Logo("image/png", png(40, 10))))
    (picture,) = [e for e in deck.slides[0].shapes if e.shape_type == KIND.PICTURE]
    assert picture.width / picture.height == pytest.approx(4, rel=0.01)


def png(width: int = 2, height: int = 2) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("code", languages())
def test_every_language_has_the_same_words(code: str) -> None:
    own, english = own_words(code), own_words("en")
    assert own.keys() == english.keys()
    for key, entry in own.items():
        other = english[key]
        assert isinstance(entry, str) == isinstance(other, str)
        if isinstance(entry, str) and isinstance(other, str):
            assert set(PLACE.findall(entry)) == set(PLACE.findall(other)), key
    made(full_book(), code=code)
    made(bare_book(NOTHING), code=code)


def test_german_slides_are_german() -> None:
    deck = deck_of("German")
    assert titles(deck)[2] == "6 von 41 Tools sind vom Rest abgeschnitten"
    assert "Ein Passwort genügt" in texts(deck.slides[8])  # titles of rules, on the roadmap too
    runs = deck.slides[1].shapes.title._element.xpath(".//a:rPr/@lang")
    assert runs == ["de-DE"]


# The same bytes, nothing live, extras


def test_the_same_report_gives_the_same_bytes() -> None:
    one = render(full_book(), language("en"), Look())
    again = book(audited_again())
    other = render(replace(again, changes=full_book().changes), language("en"), Look())
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        inner = [e for e in archive.namelist() if e.endswith(".xlsx")]
        assert inner
        for name in inner:
            with zipfile.ZipFile(io.BytesIO(archive.read(name))) as workbook:
                assert b"1980-01-01" in workbook.read("docProps/core.xml")


def audited_again() -> Any:
    from tests.outputs.report.books import FULL
    from tests.stacks import waiver

    return audited(FULL, waivers=(waiver("security/shared-login", "crm"),))


def test_nothing_of_the_template_is_left() -> None:
    with zipfile.ZipFile(io.BytesIO(render(full_book(), language("en"), Look()))) as archive:
        names = archive.namelist()
        assert not [e for e in names if "thumbnail" in e or "printerSettings" in e]
        assert b"Macintosh" not in archive.read("docProps/app.xml")
        assert len([e for e in names if re.search(r"slideLayout\d+\.xml$", e)]) == 2


def structure(data: bytes) -> list[object]:
    """Everything about the slides but the texts, sizes and places."""
    found: list[object] = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in every(slide.shapes):
            kind = (shape._element.tag, shape.shape_type, shape.is_placeholder)
            detail: object = None
            if getattr(shape, "has_table", False):
                detail = (len(shape.table.rows), len(shape.table.columns))
            elif getattr(shape, "has_chart", False):
                detail = len(shape.chart.plots[0].categories)
            found.append((kind, detail))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found += [name for name in archive.namelist() if "notesSlide" not in name]
        found += sorted(_relations(archive))
    return found


def _relations(archive: zipfile.ZipFile) -> Iterator[str]:
    """Types and targets of all links between parts, and to the outside."""
    for name in archive.namelist():
        if name.endswith(".rels"):
            text = archive.read(name).decode()
            yield from re.findall(r'(?:Target|TargetMode|Type)="[^"]*"', text)


def twin_of(name: str) -> str:
    """A harmless name that is as wide as the hostile one, and breaks where it does."""
    found, owed = "", 0.0
    for sign in visible(name):
        owed += fit.wide(sign, 10)
        letter = (
            sign if sign in " -" else min("itrsaFACGmW", key=lambda e: abs(fit.wide(e, 10) - owed))
        )
        found, owed = found + letter, owed - fit.wide(letter, 10)
    return found


def hostile(name: str, audience: Audience) -> bytes:
    look = Look(title=name, client=name, author=name, confidentiality=name)
    return render(named(name, audience), language("en"), look)


@cache
def twin(name: str, audience: Audience) -> list[object]:
    return structure(hostile(name, audience))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_changes_nothing_but_the_text(name: str) -> None:
    data = hostile(name, "executive")
    assert structure(data) == twin(twin_of(name), "executive")
    deck = Presentation(io.BytesIO(data))
    said = "\n".join(texts(slide) + notes(slide) for slide in deck.slides)
    assert visible(name)[:8] in said
    assert said == "\n".join(visible(line) for line in said.split("\n"))


@pytest.mark.parametrize("name", HOSTILE[::9])
@pytest.mark.parametrize("audience", ["workshop", "technical"])
def test_nor_does_it_on_cards_and_tables(name: str, audience: Audience) -> None:
    assert structure(hostile(name, audience)) == twin(twin_of(name), audience)


def test_names_in_charts_are_never_formulas() -> None:
    deck = made(named("=1+1"))
    charts = [e.chart for s in deck.slides for e in s.shapes if getattr(e, "has_chart", False)]
    assert len(charts) == 2
    for chart in charts:
        blob = chart.part.chart_workbook.xlsx_part.blob
        sheet: Any = load_workbook(io.BytesIO(blob)).active
        cells = [c for row in sheet.iter_rows() for c in row]
        assert {c.data_type for c in cells} <= {"s", "n"}
        assert all(c.hyperlink is None for c in cells)
    assert "=1+1" in str(list(charts[1].plots[0].categories))


def test_a_missing_package_is_named_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    for make in (FORMATS["pptx"].render, render):
        with pytest.raises(UsageError) as refused:
            make(full_book(), language("en"), Look())
        assert refused.value.problems[0].code == "missing-extra"
        assert "stackaudit[pptx]" in str(refused.value.problems[0].hint)


def test_text_is_measured_rather_too_wide() -> None:
    """Against the widths of Arial, in thousandths of its size."""
    arial = {"W": 944, "M": 833, "O": 778, "A": 667, "E": 667, "m": 833, "w": 722, "e": 556,
             "i": 222, "0": 556, "@": 1015, "%": 889, "–": 556}  # fmt: skip
    for sign, width in arial.items():
        assert fit.wide(sign * 40, 10) >= 40 * 10 * fit.PX * width / 1000 * 0.99, sign


def test_a_name_on_one_line_is_cut_where_the_line_ends() -> None:
    for each in ("Customer data platform", "Customer relationships"):
        shown = fit.fitted(each, 100, 10)
        assert fit.wide(shown, 10) <= 100 < fit.wide(f"{shown}m", 10)


@pytest.mark.parametrize("text", ["x" * 300, "one two three " * 20, "株" * 90, "a  b", "", " "])
@pytest.mark.parametrize("lines", [1, 2, 5])
def test_a_text_that_is_cut_fits(text: str, lines: int) -> None:
    shown = fit.fitted(text, 200, 12, lines)
    assert fit.count(shown, 200, 12) <= lines
    assert shown == visible(text) or "…" in shown
