"""The page for wikis: read back as a wiki reads it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from stackaudit.figures.report.book import Book
from stackaudit.outputs.encode.markdown import text
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.report.markdown import render
from stackaudit.outputs.report.messages import languages
from stackaudit.outputs.sanitize import visible
from tests.outputs.hostile import HOSTILE, twin_of
from tests.outputs.report.books import CLEAN, NAMES_ONLY, NOTHING, bare_book, full_book, named

ENGLISH = language("en")
READER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


def made(book: Book, look: Look | None = None, code: str = "en") -> str:
    return render(book, language(code), look or Look()).decode()


def tables(page: str) -> list[list[list[str]]]:
    """Every table as rows of texts, as a wiki shows them."""
    return tables_of(READER.parse(page))


def tables_of(tokens: list[Token]) -> list[list[list[str]]]:
    """The tables among the tokens of a page."""
    found: list[list[list[str]]] = []
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            inline = tokens[number + 1].children or []
            found[-1][-1].append("".join(each.content for each in inline))
    return found


@pytest.mark.parametrize("code", languages())
def test_page_has_a_heading_for_each_chapter(code: str) -> None:
    book, words = full_book(), language(code)
    heads = re.findall(r"^## \d+\. (.*)$", made(book, code=code), re.MULTILINE)
    assert heads == [text(words.chapter(each)) for each in book.chapters]


def test_audience_chooses_the_chapters() -> None:
    heads = re.findall(r"^## ", made(full_book("executive")), re.MULTILINE)
    assert len(heads) == len(full_book("executive").chapters) < len(full_book().chapters)


def test_figures_read_back_are_those_of_the_book() -> None:
    _, *figures = tables(made(full_book()))[0]
    kpis = full_book().kpis.figures
    assert [row[0] for row in figures] == [ENGLISH.kpi(each.id) for each in kpis]
    for row, kpi in zip(figures, kpis, strict=True):
        assert kpi.value is not None
        assert float(re.sub(r"[^\d.]", "", row[1])) == kpi.value
        assert row[1].startswith("at least") == (kpi.at_least and kpi.unit == "money")
        assert row[4] == ENGLISH.how(kpi.id)


def test_every_finding_is_there_once() -> None:
    numbers = [
        int(row[0])
        for table in tables(made(full_book()))
        if table[0][:5] == ["No.", "Severity", "Subject", "Message", "What to do"]
        for row in table[1:]
    ]
    assert sorted(numbers) == [card.number for card in full_book().register.cards]


def test_every_row_has_as_many_cells_as_its_head() -> None:
    for table in tables(made(full_book(compared=True))):
        assert {len(row) for row in table} == {len(table[0])}


def test_map_is_a_mermaid_picture() -> None:
    fences = [each for each in READER.parse(made(full_book())) if each.type == "fence"]
    assert [each.info for each in fences] == ["mermaid"]
    assert fences[0].content.startswith("flowchart LR\n")


def test_columns_with_nothing_in_them_are_left_out() -> None:
    for table in tables(made(full_book(compared=True)))[1:]:
        assert all(any(row[n] for row in table[1:]) for n in range(len(table[0]))), table[0]


def test_long_lists_of_names_say_how_many_more_there_are() -> None:
    tools = "".join(f"  t{n}: {{holds: [contact], name: {'n' * 90}{n}}}\n" for n in range(60))
    source = f"stackaudit: 1\ndatasets: {{contact: {{}}}}\ntools:\n{tools}"
    page = made(bare_book(source))
    rows = [row for table in tables(page) for row in table if row[0] == "contact"]
    assert any(re.search(r"n{90}\d+, 4\d more$", cell) for row in rows for cell in row)
    assert "…" not in page


def test_map_that_a_wiki_would_not_draw_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    said = text(ENGLISH.word("lane_map.too_large"))
    assert said not in made(full_book())
    for limit in ("_LINES", "_SIGNS"):
        with monkeypatch.context() as changed:
            changed.setattr(f"stackaudit.outputs.report.markdown.{limit}", 3)
            page = made(full_book())
        assert said in page
        assert "```" not in page


def test_comparison_says_what_changed() -> None:
    page = made(full_book(compared=True))
    assert "What changed since" in page
    assert "### New findings" in page


@pytest.mark.parametrize("source", [NOTHING, NAMES_ONLY, CLEAN])
def test_what_is_empty_says_why(source: str) -> None:
    page, book = made(bare_book(source)), bare_book(source)
    for number, id_ in enumerate(book.chapters, 1):
        chapter = page.split(f"\n## {number}. ")[1].split("\n## ")[0]
        why = book.empty(id_)
        assert why is None or text(ENGLISH.reason(why), 2_000) in chapter
        assert len(chapter.strip().splitlines()) > 2, id_


# -- hostile names


def shape(tokens: list[Token]) -> Any:
    """What a wiki makes of the page, apart from the words."""
    return [_token(each) for each in tokens]


def _token(token: Token) -> Any:
    inside = []
    for each in token.children or []:
        inner = each.content if each.type == "html_inline" else ""
        if not (each.type == "text" and not each.content):
            inside.append((each.type, inner, dict(each.attrs)))
    lines = token.content.count("\n") if token.type == "fence" else 0
    return token.type, token.tag, token.info, dict(token.attrs), lines, inside


@cache
def harmless(length: int) -> Any:
    name = "x" * length
    return shape(READER.parse(made(named(name), _look(name))))


def _look(name: str) -> Look:
    return Look(title=name, client=name, author=name, confidentiality=name)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_changes_no_structure(name: str) -> None:
    tokens = READER.parse(made(named(name), _look(name)))
    assert shape(tokens) == harmless(len(twin_of(name)))
    cells = {cell for table in tables_of(tokens) for row in table for cell in row}
    shown = {re.sub("[\u200b\u200e]", "", each) for each in cells}
    assert visible(f"{name} crm").strip() in shown


def test_names_from_right_to_left_keep_their_order() -> None:
    page = made(named("שם"))
    texts = [each.content for each in READER.parse(page) if each.type == "inline"]
    texts = [each for each in texts if "שם" in each]
    ways = [each for each in texts if " → " in each]
    assert len(texts) > 50
    assert ways
    assert all("&#8206; → &#8206;" in each for each in ways)
    assert not re.search("שם[^&]*, שם", "".join(texts))
    # what browsers take the direction of a paragraph from comes first
    assert not [each for each in texts if each.lstrip("*").startswith("שם")]
    assert "\u200e" not in page  # in the source it can be seen


def test_same_book_gives_the_same_bytes() -> None:
    assert made(full_book()) == made(full_book())
    assert "&#8206;" not in made(full_book())


def test_anonymous_report_says_so() -> None:
    said = ENGLISH.word("report.anonymized")
    assert said in made(full_book(), Look(anonymous=True))


def test_tables_end_where_pages_of_a_wiki_do() -> None:
    tools = "".join(f"  t{number}: {{}}\n" for number in range(210))
    page = made(bare_book(f"stackaudit: 1\ntools:\n{tools}"))
    assert max(len(rows) for rows in tables(page)) == 201
    assert "The table goes on: 10 more rows are left to other formats." in page


def test_with_many_findings_each_has_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "(worked out)" in made(full_book()).replace("\\", "")
    monkeypatch.setattr("stackaudit.outputs.report.tables.register.LARGE", 3)
    page = made(full_book())
    assert "There are too many findings to show the proof of each here" in page
    assert "(worked out)" not in page.replace("\\", "")


def test_what_drives_a_planned_step_is_called_so() -> None:
    assert "| Driver: growth |" in made(full_book())
