"""The report as one page of Markdown, for wikis and repositories: the same chapters as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from stackaudit.outputs.encode.markdown import text
from stackaudit.outputs.graph import mermaid
from stackaudit.outputs.report.reading_order import kept_in_order
from stackaudit.outputs.report.tables.blocks import (
    Block,
    Bullets,
    Chapter,
    Grid,
    Heading,
    Text,
)
from stackaudit.outputs.report.tables.chapters import chapters
from stackaudit.outputs.report.tables.model import Cell, Column, Pages, Table
from stackaudit.outputs.report.tables.written import written
from stackaudit.rules.severity import Severity

if TYPE_CHECKING:
    from stackaudit.figures.report.book import Book
    from stackaudit.outputs.report.language import Language
    from stackaudit.outputs.report.look import Look

LONGEST: Final = 2_000
"""Signs in a paragraph, a cell or a name."""
_NUMBERS: Final = 40
"""Of findings, where they are listed, and of names; the register and the inventory have all."""
_LINES: Final = 500
"""Of a picture: with more of them Mermaid shows an error (its maxEdges)."""
_SIGNS: Final = 50_000
"""Of the text of a picture: the same (its maxTextSize)."""
_RIGHT: Final = ("number", "money", "share", "day")
_MOST: Final = 200
"""Rows of a table: pages of a wiki are shown only up to some size; the workbook has all."""


def render(book: Book, language: Language, look: Look) -> bytes:
    """The page in UTF-8."""
    pages = Pages.of(book, language, _NUMBERS, short=True)
    lines = [*_head(pages, look)]
    for number, chapter in enumerate(chapters(pages), 1):
        lines += _chapter(number, chapter, pages)
    made = pages.language.word("report.made_with", version=book.limits.version)
    lines += ["", "---", "", _text(made)]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _text(content: str) -> str:
    return text(content, LONGEST, kept_in_order)


# -- the head


def _head(pages: Pages, look: Look) -> Iterator[str]:
    book, language = pages.book, pages.language
    client = look.client or book.organization or language.word("report.no_organization")
    date = language.date(book.as_of)
    yield f"# {_text(look.title or language.word('report.title'))}"
    yield ""
    yield f"**{_text(language.word('report.subtitle', organization=client, date=date))}**  "
    if look.author:
        yield f"{_text(language.word('report.prepared_by'))}: {_text(look.author)}  "
    if look.confidentiality:
        yield f"**{_text(look.confidentiality)}**  "
    if look.anonymous:
        yield f"{_text(language.word('report.anonymized'))}  "
    verdict = book.kpis.verdict
    yield ""
    yield f"> **{_text(language.outcome(verdict.outcome, verdict.gating))}**  "
    yield f"> {_text(_decided(pages))}"
    if (foreign := language.untranslated(book.limits.untranslated)) is not None:
        yield ">"
        yield f"> {_text(foreign)}"


def _decided(pages: Pages) -> str:
    book, language = pages.book, pages.language
    verdict = book.kpis.verdict
    share, checks = language.share(verdict.decided_share), language.number(verdict.checks)
    decided = language.word("verdict.decided", share=share, checks=checks)
    if book.currency is None:
        return f"{decided} {language.word('report.amounts_without_currency')}"
    return f"{decided} {language.word('report.all_amounts', currency=book.currency)}"


# -- chapters


def _chapter(number: int, chapter: Chapter, pages: Pages) -> Iterator[str]:
    yield ""
    yield f"## {number}. {_text(chapter.title)}"
    yield ""
    yield f"_{_text(chapter.about)}_"
    if chapter.empty is not None:
        yield ""
        yield f"**{_text(chapter.empty)}**"
    for block in chapter.blocks:
        lines = list(_block(block, pages))
        if lines:
            yield ""
            yield from lines


def _block(block: Block, pages: Pages) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"### {_text(block.text)}"
    elif isinstance(block, Text):
        yield _labelled(block)
    elif isinstance(block, Bullets):
        yield from (f"- {_labelled(each)}" for each in block.entries)
    elif isinstance(block, Grid):
        yield from _table(block.table, pages)
    elif block.key == "lanes":  # what the other pictures show stands in tables
        yield from _map(pages)


def _map(pages: Pages) -> Iterator[str]:
    found, language = pages.book.lanes.map, pages.language
    missing = pages.word("matrix.missing")
    drawn = mermaid.render(found, lanes=language.lane_words().lanes, missing=missing).decode()
    if len(found.links) + len(found.gaps) >= _LINES or len(drawn) >= _SIGNS:
        yield _text(pages.word("lane_map.too_large"))
        return
    yield "```mermaid"
    yield drawn.rstrip("\n")
    yield "```"


def _labelled(block: Text) -> str:
    return f"**{_text(block.label)}:** {_text(block.text)}" if block.label else _text(block.text)


# -- tables


def _table(table: Table, pages: Pages) -> Iterator[str]:
    if not table.rows:
        if table.empty:
            yield _text(table.empty)
        return
    yield _row(_text(each.title) for each in table.columns)
    yield _row("---:" if _is_right(each) else "---" for each in table.columns)
    for row in table.rows[:_MOST]:
        yield _row(_cell(each, pages) for each in row)
    if len(table.rows) > _MOST:
        yield ""
        yield _text(pages.language.count("pdf.rest", len(table.rows) - _MOST))


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _is_right(column: Column) -> bool:
    return column.kind in _RIGHT


def _cell(cell: Cell, pages: Pages) -> str:
    shown = "<br>".join(_text(each) for each in written(cell, pages))
    return f"**{shown}**" if isinstance(cell, Severity) else shown
