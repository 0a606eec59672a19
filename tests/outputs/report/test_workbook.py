"""The workbook: what is in its cells, and that nothing in them is more than it says."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from stackaudit.errors import UsageError
from stackaudit.figures.report.book import Book, book
from stackaudit.outputs.report.formats import FORMATS
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.report.messages import languages
from stackaudit.outputs.report.workbook import render
from stackaudit.outputs.report.workbook.cells import ordered
from stackaudit.outputs.report.workbook.styles import day_format, money_format
from stackaudit.outputs.sanitize import visible
from tests.outputs.hostile import HOSTILE, twin_of
from tests.outputs.report.books import CLEAN, NAMES_ONLY, NOTHING, bare_book, full_book, named
from tests.stacks import audited

ENGLISH = language("en")


def made(book: Book, look: Look | None = None, code: str = "en") -> Any:
    return load_workbook(io.BytesIO(render(book, language(code), look or Look())))


@cache
def full() -> Any:
    return made(full_book())


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows of a sheet with one table, by the heads of its columns."""
    head, *lines = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def test_sheets_are_those_of_the_chapters() -> None:
    assert full().sheetnames == [
        "Summary", "Findings", "Decisions", "Roadmap", "Inventory", "Flows", "Data", "Costs",
        "Questions", "Missing integrations", "Limits", "Lists",
    ]  # fmt: skip
    assert made(full_book("executive")).sheetnames == [
        "Summary", "Decisions", "Roadmap", "Costs", "Missing integrations", "Limits", "Lists",
    ]  # fmt: skip


def test_what_changed_is_on_a_sheet_of_its_own() -> None:
    then = full_book(compared=True).changes
    found = made(full_book(compared=True))
    assert found.sheetnames[1] == "Changes"
    _, *lines = [row for row in found["Changes"].iter_rows(values_only=True) if row[4]]
    assert [line[3] for line in lines] == [
        each.message for each in (*then.new, *then.worse, *then.cleared, *then.reopened)
    ]
    assert {line[0] for line in lines} == {"New findings"}
    kpis = [row[:3] for row in found["Changes"].iter_rows(min_row=3, max_row=7, values_only=True)]
    assert kpis == [(ENGLISH.kpi(e.id), e.before, e.after) for e in then.kpis]


def test_tools_that_came_are_among_the_changes_and_nothing_changed_is_said() -> None:
    for more, said in (("  three: {}\n", "Tools added"), ("", "Nothing has changed.")):
        now = book(audited(NAMES_ONLY + more), compare=audited(NAMES_ONLY))
        cells = [[c.value for c in row] for row in made(now)["Changes"].iter_rows()]
        row = next(each for each in cells if each[0] == said)
        assert row[2] == ("three" if more else None)


def test_figures_read_back_are_those_of_the_book() -> None:
    for kpi in full_book().kpis.figures:
        _, value, whole, certain, how = _figure(kpi.id)
        assert value == (kpi.value if kpi.value is not None else "unknown")
        assert whole == kpi.of
        assert certain == ("at least" if kpi.at_least else "exact")
        assert how == ENGLISH.how(kpi.id)


def _figure(id_: Any) -> tuple[Any, ...]:
    rows_ = full()["Summary"].iter_rows(values_only=True)
    return next(tuple(row) for row in rows_ if row[0] == ENGLISH.kpi(id_))


def test_parts_that_count_add_up_to_the_figure() -> None:
    lines = list(full()["Summary"].iter_rows(values_only=True))
    start = next(n for n, row in enumerate(lines) if row[0] == "What the figures are counted from")
    parts = [row for row in lines[start + 2 :] if row[0]]
    for kpi in full_book().kpis.figures:
        mine = [row[1] for row in parts if row[0] == ENGLISH.kpi(kpi.id) and row[2] == "yes"]
        assert sum(mine) == pytest.approx(kpi.value or 0)


def test_register_has_every_finding_with_money_as_a_number() -> None:
    found = rows(full()["Findings"])
    cards = full_book().register.cards
    assert [each["Fingerprint"] for each in found] == [each.fingerprint for each in cards]
    for row, card in zip(found, cards, strict=True):
        assert row["Severity"] == card.severity.word
        if card.saves and card.saves.amount:
            assert row["Saves a year"] == card.saves.amount
            assert isinstance(row["Saves a year"], int | float)
    assert any(card.saves and card.saves.amount for card in cards)


def test_missing_flows_that_share_a_line_of_the_map_come_together() -> None:
    tools = "".join(
        f"  t{n}: {{capabilities: [{'email' if n % 2 else 'forms'}], collects: [contact]}}\n"
        for n in range(70)
    )
    source = (
        "stackaudit: 1\ndatasets: {contact: {privacy: personal, system_of_record: crm}}\n"
        f"tools:\n  crm: {{capabilities: [crm], holds: [contact]}}\n{tools}"
        "flows:\n  - {from: crm, to: t1, data: [contact]}\n"
    )
    numbers = [row["No."] for row in rows(made(bare_book(source))["Missing integrations"])]
    assert len(numbers) > 50
    assert 1 < len(set(numbers)) < 10
    assert numbers == sorted(numbers)


def test_money_and_days_have_formats() -> None:
    sheet = full()["Costs"]
    crm = next(row for row in sheet.iter_rows() if row[0].value == "Zzmark crm")
    by_head = {head.value: cell for head, cell in zip(next(sheet.iter_rows()), crm, strict=True)}
    assert by_head["Cost a year"].value == 48_000
    assert by_head["Cost a year"].number_format == "[$€]#,##0"
    assert by_head["Renews"].value.date() == dt.date(2027, 2, 1)
    assert by_head["Renews"].is_date
    assert by_head["Use"].value == 0.2
    assert by_head["Use"].number_format == "0%"


@pytest.mark.parametrize(
    ("code", "currency", "expected"),
    [
        ("en", "EUR", "[$€]#,##0"),
        ("de", "EUR", "#,##0 [$€]"),
        ("en", "CHF", "[$CHF] #,##0"),
        ("de-CH", "CHF", "[$CHF] #,##0"),
        ("en-US", "USD", "[$$]#,##0"),
        ("en", None, "#,##0"),
    ],
)
def test_formats_of_money(code: str, currency: str | None, expected: str) -> None:
    assert money_format(language(code), currency).replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", r"dd\/mm\/yyyy"), ("de", "dd.mm.yyyy"), ("en-US", r"mm\/dd\/yyyy")],
)
def test_formats_of_days(code: str, expected: str) -> None:
    assert day_format(language(code)) == expected


def test_register_is_for_work() -> None:
    sheet = full()["Findings"]
    last = sheet.max_row
    assert sheet.freeze_panes == "E2"  # what a row is about stays in sight
    assert full()["Decisions"].freeze_panes == "E2"
    assert full()["Questions"].freeze_panes == "D2"
    assert full()["Costs"].freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:AE{last}"
    lists = {
        str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation
        if each.type == "list"
    }  # fmt: skip
    assert lists == {
        f"E2:E{last}": "'Lists'!$A$3:$A$6",
        f"F2:F{last}": f"'Lists'!$B$3:$B${2 + 4 + 30}",
    }
    assert [cell.value for cell in full()["Lists"]["A"][2:6]] == [
        "open", "in progress", "done", "accepted",
    ]  # fmt: skip
    owners = [cell.value for cell in full()["Lists"]["B"][2:6]]
    assert owners == ["Zzmark cmo", "Zzmark it", "Zzmark owner", "Zzmark sales"]


def test_severity_is_a_word_and_colored_by_it() -> None:
    sheet = full()["Findings"]
    rules = [r for each in sheet.conditional_formatting for r in each.rules if r.type == "cellIs"]
    assert {rule.formula[0] for rule in rules} == {'"critical"', '"high"', '"medium"', '"low"'}
    assert {cell.value for cell in sheet["B"][1:]} <= {"critical", "high", "medium", "low"}


@pytest.mark.parametrize("text", [NOTHING, NAMES_ONLY, CLEAN])
def test_what_is_empty_says_why(text: str) -> None:
    for sheet in made(bare_book(text)):
        assert sheet.max_row >= 2
        assert any(cell.value for cell in sheet[2]), sheet.title


# -- hostile names


_HEIGHTS = re.compile("ht|customHeight")
_XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def shape(data: bytes) -> Any:
    """The elements and attributes of every part of the file, apart from texts and heights.

    Nor does it count whether a text begins at the top of its row or is in the middle of it, which
    goes with how high it is.
    """
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        looks = _looks(ET.fromstring(archive.read("xl/styles.xml")))
        for part in archive.namelist():
            text = archive.read(part)
            assert b"<f>" not in text
            assert b"hyperlink" not in text
            if not part.startswith(("docProps", "xl/sharedStrings")):
                found[part] = [
                    (each.tag, {k: v for k, v in each.items() if not _HEIGHTS.fullmatch(k)})
                    for each in _alike(ET.fromstring(text), looks).iter()
                ]
    return found


def _looks(styles: Any) -> list[str]:
    """How the cells of each style look, in the order in which cells name them."""
    return [str([(e.tag, sorted(e.items())) for e in _in_middle(xf).iter()])
            for xf in styles.find(f"{_XLSX}cellXfs")]  # fmt: skip


def _in_middle(xf: Any) -> Any:
    for each in xf.iter(f"{_XLSX}alignment"):
        each.set("vertical", "center")
    return xf


def _alike(part: Any, looks: list[str]) -> Any:
    """The part, in which cells name how they look instead of a number."""
    for cell in part.iter(f"{_XLSX}c"):
        cell.set("s", looks[int(cell.get("s", 0))])
    if (cells := part.find(f"{_XLSX}cellXfs")) is not None:
        once = {str([(e.tag, sorted(e.items())) for e in _in_middle(xf).iter()]) for xf in cells}
        for xf in list(cells):
            cells.remove(xf)
        cells.attrib = {"looks": str(sorted(once))}
    return part


def texts(data: bytes) -> set[str]:
    """Every text that a cell shows."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            "".join(each.itertext()) for each in ET.fromstring(archive.read("xl/sharedStrings.xml"))
        }


@cache
def harmless(length: int) -> Any:
    name = "x" * length
    return shape(render(named(name), ENGLISH, _look(name)))


def _look(name: str) -> Look:
    return Look(title=name, client=name, author=name, confidentiality=name)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_changes_no_cell(name: str) -> None:
    data = render(named(name), ENGLISH, _look(name))
    assert shape(data) == harmless(len(twin_of(name)))
    assert visible(f"{name} crm") in texts(data)


@pytest.mark.parametrize(
    "name", ["=1+1", "a\nb\rc\td", "\ud800", "_x0041_", "https://evil.example/?a=b"]
)
def test_hostile_name_reads_back_as_text(name: str) -> None:
    workbook = made(named(name), _look(name))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    shown = {row["Tool"] for row in rows(workbook["Inventory"])}
    # openpyxl leaves the escape that Excel takes back
    assert visible(f"{name} crm") in {each.replace("_x005F_", "_") for each in shown}


def test_text_too_long_for_a_cell_is_cut_and_not_dropped() -> None:
    workbook = made(named("long " * 20_000))
    vendor = next(row["Vendor"] for row in rows(workbook["Inventory"]) if row["Vendor"])
    assert len(vendor) == 32_767
    assert vendor.endswith("…")


def test_text_stays_text_when_it_is_edited() -> None:
    data = render(named("=1+1"), ENGLISH, Look())
    workbook = load_workbook(io.BytesIO(data))
    cell = next(
        c for row in workbook["Inventory"].iter_rows() for c in row if c.value == "=1+1 crm"
    )
    assert cell.number_format == "@"
    assert cell.quotePrefix


def test_texts_read_from_the_left_whatever_they_begin_with() -> None:
    workbook = made(named("שם"))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    begun = [cell for cell in cells if str(cell.value).lstrip("\u200e").startswith("שם ")]
    assert len(begun) > 20
    assert {(cell.alignment.horizontal, cell.alignment.readingOrder) for cell in begun} == {
        ("left", 1.0)
    }
    ways = [cell.value for cell in cells if " → " in str(cell.value) and "שם" in cell.value]
    assert ways
    assert all(e.count(" → ") == e.count("\u200e → \u200e") for e in ways)


def test_a_way_too_long_for_marks_goes_without() -> None:
    longest = "ש" * 32_763 + " → ש"
    assert len(longest) == 32_767  # XlsxWriter drops what is longer
    assert ordered(longest) == longest
    assert ordered("ש → ש") == "\u200eש\u200e → \u200eש"
    assert ordered("ש, ש") == "\u200eש\u200e, \u200eש"
    assert ordered("ש ש") == "ש ש"  # a single name is searched for


def test_sheet_names_are_such_in_every_language() -> None:
    for code in languages():
        names = made(full_book(), code=code).sheetnames
        assert len(set(names)) == 12
        assert all(len(each) <= 31 and not set(each) & set("[]:*?/\\'") for each in names)


# -- bytes, and the package


def test_same_book_gives_the_same_bytes() -> None:
    one, other = (render(full_book(), ENGLISH, Look()) for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-02T00:00:00Z" in archive.read("docProps/core.xml")


def test_missing_package_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    for call in (FORMATS["xlsx"].render, render):
        with pytest.raises(UsageError) as caught:
            call(full_book(), ENGLISH, Look())
        problem = caught.value.problems[0]
        assert problem.code == "missing-extra"
        assert "pip install 'stackaudit[xlsx]'" in (problem.hint or "")


def test_anonymous_report_says_so() -> None:
    said = ENGLISH.word("report.anonymized")
    assert any(row[0] == said for row in made(full_book(), Look(anonymous=True))["Summary"].values)
