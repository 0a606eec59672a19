"""How the sheets of the workbook look: heights, alignment, filters, pages to print."""

from __future__ import annotations

import io
import zipfile

import pytest

from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.report.messages import languages
from stackaudit.outputs.report.workbook import render
from stackaudit.outputs.report.workbook.heights import head_width, wrapped
from tests.outputs.report.books import NOTHING, bare_book, full_book, named
from tests.outputs.report.test_workbook import ENGLISH, full, made


def test_sheets_are_printed_on_pages_of_one_width() -> None:
    book = full()
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1) == 1
        assert sheet.page_setup.orientation == "landscape"
    findings = book["Findings"]
    assert findings.print_title_rows == "$1:$1"
    assert book["Lists"].print_title_rows == "$2:$2"
    printed = findings.print_area.split("!")[-1].replace("$", "")
    last = findings[printed.split(":")[1]].column
    heads = [cell.value for cell in findings[1]]
    assert heads[:last][-1] == "What to do"
    assert f"the first {last} of {len(heads)} columns" in findings.oddFooter.center.text
    assert not book["Costs"].print_area
    assert book["Costs"].oddFooter.center.text == "Costs"


@pytest.mark.parametrize(("name", "title"), [("Summary", "Figure"), ("Limits", "Title")])
def test_last_table_of_a_sheet_has_a_filter_and_its_head_on_each_page(
    name: str, title: str
) -> None:
    sheet = full()[name]
    first, last = str(sheet.auto_filter.ref).split(":")
    assert sheet[first].value == title
    assert sheet[last].row == sheet.max_row
    assert sheet.print_title_rows == f"${sheet[first].row}:${sheet[first].row}"


def test_nothing_to_count_from_says_why() -> None:
    cells = [row[0].value for row in made(bare_book(NOTHING))["Summary"].iter_rows()]
    below = cells[cells.index(ENGLISH.word("sheet.parts")) + 2]
    assert below.startswith("The inventory states no contracts.")


def test_columns_are_apart() -> None:
    for sheet in full():
        cells = [c for row in sheet.iter_rows() for c in row if c.border.bottom.style and c.value]
        assert cells
        assert {cell.alignment.vertical for cell in cells} <= {"center", "top"}
        assert {cell.alignment.indent for cell in cells} <= {1.0, 2.0}
    findings = {cell.value: cell for cell in full()["Findings"][1]}
    assert findings["Saves a year"].alignment.indent == 2.0  # for the button of the filter
    assert findings["Message"].alignment.indent == 1.0


@pytest.mark.parametrize("code", languages())
def test_no_word_of_a_head_is_broken(code: str) -> None:
    for sheet in made(full_book(), code=code):
        filtered = sheet.auto_filter.ref
        if not filtered:
            continue
        widths = {n: each.width for each in sheet.column_dimensions.values()
                  for n in range(each.min, each.max + 1)}  # fmt: skip
        for head in sheet[sheet[filtered.split(":")[0]].row]:
            if head.value:
                assert head_width(max(head.value.split(), key=len)) <= widths[head.column] + 0.01


@pytest.mark.parametrize("code", languages())
def test_what_to_do_is_printed(code: str) -> None:
    found, fix = made(full_book(), code=code), language(code).word("column.fix")
    for key in ("findings", "decisions"):
        sheet = found[language(code).word(f"sheet.{key}")]
        printed = sheet[sheet.print_area.split("!")[-1].replace("$", "")]
        assert fix in [cell.value for cell in printed[0]]


def test_words_among_figures_stand_where_figures_do() -> None:
    costs = full()["Costs"]
    figures = [cell.column for cell in costs[1] if cell.alignment.horizontal == "right"]
    below = [cell for row in costs.iter_rows(min_row=2) for cell in row if cell.column in figures]
    assert "unknown" in {cell.value for cell in below}
    assert {cell.alignment.horizontal for cell in below if cell.value} == {"right"}


def test_numbers_in_texts_are_no_mistake_to_excel() -> None:
    data = render(full_book(), ENGLISH, Look())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(e) for e in archive.namelist() if e.startswith("xl/worksheets/s")]
    assert len(parts) == 12
    assert all(b'numberStoredAsText="1"' in each for each in parts)


def test_rows_are_as_high_as_their_texts() -> None:
    sheet = made(named("name " * 11 + "name"))["Inventory"]
    heights = {row[0].value: sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows()}
    (high,) = (v for k, v in heights.items() if str(k).endswith("name crm"))
    assert high == pytest.approx(5 * 14 + 6, abs=0.5)  # of the owner: 65 signs in a column of 20
    assert heights["soon"] == pytest.approx(14 + 6, abs=0.5)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("word", 10, 1),
        ("four four four", 10, 2),
        ("four-four-four", 10, 2),
        ("x" * 60, 21.6, 3),
        ("東京" * 10, 21.6, 2),
        ("iiiiiiiiiiiiiiiiiiiiiiiiiiii", 18, 1),
        ("MMMMMMMMMMMMMMMMMMMMMMMMMMMM", 18, 3),
    ],
)
def test_lines_of_a_text(text: str, width: float, lines: int) -> None:
    assert wrapped(text, width) == lines


def test_text_longer_than_its_row_is_read_from_its_beginning() -> None:
    sheet = made(named("name " * 200))["Inventory"]
    cut = [c for row in sheet.iter_rows() for c in row if c.alignment.vertical == "top"]
    assert {cell.column_letter for cell in cut} > {"A", "B"}
    assert ENGLISH.word("sheet.cut") in sheet.oddFooter.center.text
    heights = {sheet.row_dimensions[cell.row].height for cell in cut}
    assert heights == {round((10 * 14 + 6) / 0.75) * 0.75}
    assert {cell.value for cell in sheet["D"] if cell.alignment.vertical == "top"} == set()


def test_sentences_of_a_narrow_table_reach_across_its_sheet() -> None:
    sheet = full()["Limits"]
    (row,) = [e.row for e in sheet["A"] if e.value == "Digest of the inventory"]
    assert f"B{row}:J{row}" in [str(each) for each in sheet.merged_cells.ranges]
    assert len(sheet.cell(row, 2).value) == 64


def test_heads_of_figures_stand_above_them() -> None:
    sheet = full()["Costs"]
    for head, below in zip(sheet[1], sheet[2], strict=True):
        if isinstance(below.value, int | float):
            assert head.alignment.horizontal == below.alignment.horizontal == "right"


def test_foot_is_never_longer_than_excel_takes() -> None:
    data = render(named("name " * 200), ENGLISH, Look(confidentiality="&" * 200))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(e).decode() for e in archive.namelist() if "worksheets/s" in e]
    feet = [part.split("<oddFooter>")[1].split("</oddFooter>")[0] for part in parts]
    assert all(len(each.replace("&amp;", "&")) <= 255 for each in feet)
    assert all(each.endswith("&amp;R&amp;P / &amp;N") for each in feet)
