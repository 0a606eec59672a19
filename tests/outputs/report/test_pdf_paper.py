"""The pictures of the PDF: letters that can be read on paper, and nothing lost between pages."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from stackaudit.catalog.taxonomy import LANES, taxonomy
from stackaudit.figures.report.book import Book
from stackaudit.outputs.report.drawings import Pictures
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.report.pdf import arranged, paper, render
from stackaudit.outputs.report.pdf.data import data
from stackaudit.outputs.report.pdf.pictures import Drawn
from stackaudit.outputs.report.tables.model import Pages
from stackaudit.outputs.svg import heat_map
from stackaudit.outputs.svg import text as writing
from tests.outputs.report.books import bare_book, full_book, named

ENGLISH = language("en")
SVG = "{http://www.w3.org/2000/svg}"
LEAST = 5.9
"""Points: letters smaller than that are not read on paper."""


@cache
def stack(tools: int, lane: str = "", flows: int = 2) -> Book:
    """So many tools, one for each capability in turn; of one lane, or of all."""
    found = [each.id for each in taxonomy().values() if each.lane == lane or not lane]
    found.sort(key=lambda id_: (LANES.index(taxonomy()[id_].lane), id_))
    step = max(len(found) // tools, 1)
    lines = ["stackaudit: 1", "currency: EUR", "datasets: {contact: {privacy: personal}}", "tools:"]
    for n in range(tools):
        capability = found[n * step % len(found)]
        lines.append(
            f"  t{n}: {{name: Tool number {n}, capabilities: [{capability}], holds: [contact], "
            f"contract: {{cost: {1000 + n * 37}/year, renews: 2027-03-01, notice: 30d}}, "
            "fit: {business: 2, technical: 3}}"
        )
    lines.append("flows:")
    for n in range(tools):
        lines += [
            f"  - {{from: t{n}, to: t{(n * 7 + k * 5 + 1) % tools}, data: [contact], method: api}}"
            for k in range(flows)
            if (n * 7 + k * 5 + 1) % tools != n
        ]
    return bare_book("\n".join(lines) + "\n")


def pictures(found: Book) -> Pictures:
    return Pictures(found, ENGLISH)


def parts(kind: str, found: Book) -> list[ET.Element]:
    drawn: list[str] = getattr(paper, kind)(pictures(found))
    return [ET.fromstring(each) for each in drawn]


def on_paper(svg: ET.Element, *, tall: bool) -> float:
    """Points for a unit of the picture, as large as a page of A4 has room for it."""
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    return min((493 if tall else 762) / width, (672 if tall else 456) / height)


@pytest.mark.parametrize("kind", ["lanes", "matrix", "overlap", "quadrant", "renewals"])
@pytest.mark.parametrize(("tools", "flows"), [(12, 2), (42, 2), (60, 2), (150, 3)])
def test_letters_can_be_read(kind: str, tools: int, flows: int) -> None:
    found = stack(tools, flows=flows)
    tall = Drawn(found, ENGLISH, frozenset()).is_upright(kind)
    for svg in parts(kind, found):
        letters = [float(each.attrib["font-size"]) for each in svg.iter(f"{SVG}text")]
        assert letters
        assert min(letters) * on_paper(svg, tall=tall) >= LEAST


def shown(svg: ET.Element) -> str:
    return " ".join(each.text or "" for each in svg.iter(f"{SVG}text"))


def test_a_map_that_is_too_high_goes_on_on_another_page() -> None:
    found = stack(58, "know", flows=1)
    assert not found.lanes.map.bundled
    pages = parts("lanes", found)
    assert len(pages) > 1
    said = [shown(each) for each in pages]
    for chip in found.lanes.map.chips:
        assert sum(f"{chip.name} " in f"{text} " for text in said) == 1
    assert all(ENGLISH.lane("know") in text for text in said)


def test_no_chip_is_cut_by_the_end_of_a_page() -> None:
    for svg in parts("lanes", stack(58, "know", flows=1)):
        _, top, _, height = map(float, svg.attrib["viewBox"].split())
        for each in svg.iter(f"{SVG}rect"):
            if each.attrib["class"] == "chip-ground":
                y, high = float(each.attrib["y"]), float(each.attrib["height"])
                assert y + high <= top or y >= top + height or top <= y <= y + high <= top + height


def test_a_bundled_map_says_how_many_tools_stand_behind_a_chip() -> None:
    found = stack(150, flows=3)
    assert found.lanes.map.bundled
    several = [each for each in found.lanes.map.chips if len(each.tools) > 1]
    said = " ".join(map(shown, parts("lanes", found)))
    assert several
    for chip in several:
        assert f"×{len(chip.tools)}" in said
    assert "×2 = 2 tools" in said


def test_a_matrix_too_wide_is_in_parts_with_all_columns() -> None:
    found = stack(60)
    names = [each.name for each in found.matrix.heads]
    drawn = parts("matrix", found)
    assert len(drawn) > 1
    said = [f"{shown(each)} " for each in drawn]
    for name in names:
        rows_and_columns = sum(text.count(f"{name} ") for text in said)
        assert rows_and_columns == len(drawn) + 1


@pytest.mark.parametrize("tools", [12, 60])
def test_keys_stay_in_the_picture(tools: int) -> None:
    for svg in parts("matrix", stack(tools)):
        width = float(svg.attrib["viewBox"].split()[2])
        for each in svg.iter(f"{SVG}text"):
            if "transform" not in each.attrib and each.get("text-anchor") is None:
                size = float(each.attrib["font-size"])
                assert float(each.attrib["x"]) + writing.width(each.text or "", size) <= width + 1


def test_numbers_without_room_become_one_sign() -> None:
    lines = [heat_map.Line(f"n{n}") for n in range(50)]
    squares = [heat_map.Square(0, n, "", "no-fill", sign, "") for n, sign in
               enumerate(("P", "7", "12,34", "123"))]  # fmt: skip
    found = heat_map.HeatMap("matrix", "t", "d", lines, lines, squares)
    sizes = heat_map.Sizes(width=960, height=1300, least=13.5, share=0.8, least_letter=12.6)
    said = shown(ET.fromstring(heat_map.draw(found, sizes=sizes))).split()
    assert said[-4:] == ["P", "7", heat_map.MANY, heat_map.MANY]
    assert "12,34" in shown(ET.fromstring(heat_map.draw(found, sizes=heat_map.Sizes(width=4000))))


def test_a_name_that_fits_its_tile_is_not_cut() -> None:
    svg = ET.fromstring(pictures(stack(42)).spend())
    cut = [each for each in svg.iter(f"{SVG}text") if (each.text or "").endswith(writing.ELLIPSIS)]
    assert all(float(each.attrib["font-size"]) <= 13 for each in cut)


# -- what the template is given


def chapters(found: Book, code: str = "en") -> dict[str, list[dict[str, Any]]]:
    given = data(Pages.of(found, language(code), 30), Look())
    return {c["id"]: c["blocks"] for each in given["sections"] for c in each["chapters"]}


def test_ways_stand_with_their_heading_and_list() -> None:
    text = "stackaudit: 1\ndatasets:\n"
    text += "".join(f"  {each}: {{privacy: personal, system_of_record: a}}\n" for each in "xyz")
    text += "tools: {a: {holds: [x, y, z], collects: [x, y, z]}, b: {holds: [x, z]}}\n"
    text += "flows: [{from: a, to: b, data: [x, z]}]\n"
    found = chapters(bare_book(text))["lineage"]
    assert [each["kind"] for each in found] == ["pictured", "table", "kept", "pictured", "table"]
    for each in found:
        kinds = [part["kind"] for part in each.get("blocks", ())]
        assert not kinds or kinds == ["heading", "bullets"]
    assert [each["first"] for each in found if each["kind"] == "pictured"] == [True, False]


def test_names_below_a_table_stand_above_it() -> None:
    kinds = [each["kind"] for each in chapters(full_book())["quadrant"]]
    assert kinds == ["picture", "bullets", "table"]


def test_all_tools_of_a_group_are_named() -> None:
    long = "A tool with a name that is as long as the names of tools are in real life"
    text = "stackaudit: 1\ntools:\n"
    text += "".join(f"  t{n}: {{name: {long} {n}}}\n" for n in range(120))
    text += "flows:\n" + "".join(f"  - {{from: t{n}, to: t{n + 1}}}\n" for n in range(119))
    (tools, *_) = chapters(bare_book(text))["silos"][1]["entries"]
    assert tools["text"].count(long) == 120


@pytest.mark.parametrize("code", ["en", "de"])
def test_no_column_of_a_full_table_is_narrower_than_a_word(code: str) -> None:
    tables = [each for each in chapters(full_book(), code)["inventory"] if each["kind"] == "table"]
    (tools,) = [each for each in tables if len(each["columns"]) > 10]
    for number, column in enumerate(tools["columns"]):
        cells = [row[number] for row in tools["rows"]]
        words = " ".join([column["title"], *(" ".join(e) for e in cells)]).replace("\u200b", " ")
        assert column["width"] > max(map(len, words.replace("-", "- ").split()))


def test_a_row_is_parted_only_if_it_is_very_long() -> None:
    assert arranged.long_rows([[["word " * 100], ["x"]]], [26.0, 26.0]) == [False]
    assert arranged.long_rows([[["word " * 800], ["x"]]], [26.0, 26.0]) == [True]


def test_a_card_never_loses_what_it_is_about() -> None:
    found = named("A name of a tool " * 12)
    given = data(Pages.of(found, ENGLISH), Look())
    titles = {each.title for each in found.decisions.first}
    assert given["cards"]
    assert all(any(card["title"].endswith(title) for title in titles) for card in given["cards"])


def test_the_last_row_of_a_table_stays_with_what_is_said_of_the_others() -> None:
    """One cell belongs to both rows, so that a page never begins with the sentence alone."""
    text = "stackaudit: 1\ntools:\n" + "".join(f"  t{number}: {{}}\n" for number in range(510))
    reader = PdfReader(io.BytesIO(render(bare_book(text), ENGLISH, Look())))
    pages = [page.extract_text() for page in reader.pages]
    (page,) = [each for each in pages if "10 more rows are left" in each]
    assert re.search(r"\bt\d+\b", page.partition("10 more rows")[0])
    root: Any = reader.trailer["/Root"]
    assert "'/RowSpan': 2" in _attributes(root["/StructTreeRoot"])


def _attributes(root: Any) -> str:
    waiting, found = [root], []
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif hasattr(node, "get"):
            found.append(repr(node.get("/A", "")))
            waiting.extend([node["/K"]] if "/K" in node else [])
    return " ".join(found)


def test_a_table_does_not_leave_out_two_or_three_rows() -> None:
    text = "stackaudit: 1\ntools:\n" + "".join(f"  t{number}: {{}}\n" for number in range(503))
    tables = [each for each in chapters(bare_book(text))["inventory"] if each["kind"] == "table"]
    assert (len(tables[0]["rows"]), tables[0]["rest"]) == (503, None)


def test_a_map_that_leaves_missing_flows_out_says_so() -> None:
    lanes = "The map shows the first 40."
    few, many = (_texts_of_lanes(unfed(number)) for number in (30, 60))
    assert lanes not in few
    assert lanes in many


def unfed(tools: int) -> Book:
    """A stack where so many tools collect data that no flow takes to the system of record."""
    known = sorted(taxonomy())
    lines = [
        "stackaudit: 1",
        "datasets: {contact: {privacy: personal, system_of_record: t0}}",
        "tools:",
        *(
            f"  t{n}: {{capabilities: [{known[n % len(known)]}], holds: [contact], "
            "collects: [contact]}"
            for n in range(tools)
        ),
        "flows: [{from: t0, to: t1, data: [contact], method: api}]",
    ]
    return bare_book("\n".join(lines) + "\n")


def _texts_of_lanes(found: Book) -> list[str]:
    sections = data(Pages.of(found, ENGLISH), Look())["sections"]
    chapters = [chapter for each in sections for chapter in each["chapters"]]
    (lanes,) = [each for each in chapters if each["id"] == "lanes"]
    return [each["text"] for each in lanes["blocks"] if each["kind"] == "text"]


def test_sentences_below_a_map_stay_on_its_page() -> None:
    sentences = [{"kind": "text", "label": "", "text": each} for each in ("One.", "Two.")]
    labelled = {"kind": "text", "label": "Lead", "text": "IT"}
    assert arranged.joined([*sentences, labelled]) == [
        {"kind": "text", "label": "", "text": "One. Two."},
        labelled,
    ]


def test_few_rows_more_than_a_table_has_room_for_stand_in_it() -> None:
    """120 contracts, all but six of them: nobody would understand why."""
    sections = data(Pages.of(stack(120), ENGLISH), Look())["sections"]
    blocks = [
        b for each in sections for c in each["chapters"] if c["id"] == "spend" for b in c["blocks"]
    ]
    (table,) = [each for each in blocks if each["kind"] == "table"]
    assert len(table["rows"]) == 120
    assert table["rest"] is None


def test_many_numbers_in_the_roadmap_have_the_room_that_others_leave() -> None:
    sections = data(Pages.of(unfed(60), ENGLISH), Look())["sections"]
    (roadmap,) = [c for each in sections for c in each["chapters"] if c["id"] == "roadmap"]
    (table,) = [each for each in roadmap["blocks"] if each["kind"] == "table"]
    widths = {each["title"]: each["width"] for each in table["columns"]}
    wide = [width for width in widths.values() if width]
    assert widths["Severity"] == 0, "as wide as what is in it"
    assert widths["Findings"] == max(wide)
    assert widths["Findings"] > sum(wide) / len(wide)
