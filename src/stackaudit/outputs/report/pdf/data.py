"""What the template of the PDF is given: plain data, every text of it encoded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.decisions import Decision
from stackaudit.figures.report.kpis import Kpi
from stackaudit.figures.report.parts import ChapterId
from stackaudit.outputs.encode import typst_text
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.report.pdf import arranged
from stackaudit.outputs.report.pdf.pictures import Drawn, Undrawn
from stackaudit.outputs.report.reading_order import kept_in_order
from stackaudit.outputs.report.tables.blocks import (
    Block,
    Bullets,
    Chapter,
    Grid,
    Heading,
    Picture,
    Text,
)
from stackaudit.outputs.report.tables.chapters import chapters
from stackaudit.outputs.report.tables.model import Cell, Column, Pages, Table
from stackaudit.outputs.report.tables.summary import kpi_cell
from stackaudit.outputs.report.tables.written import written
from stackaudit.rules.severity import Severity

_WIDE: Final[frozenset[ChapterId]] = frozenset(
    (
        "lanes", "matrix", "lineage", "overlap", "spend", "quadrant", "renewals", "exposure",
        "roadmap", "register", "questions", "inventory",
    )
)  # fmt: skip
"""Chapters on landscape pages: their pictures and tables are wide."""
_NAMED_LAST: Final[frozenset[ChapterId]] = frozenset(("overlap", "spend", "quadrant", "renewals"))
"""Chapters where a few names stand below a table: above it they are never alone on a page."""
_NARROW: Final = ("severities", "changes")
"""Tables with little in them."""
_NARROW_COLUMN: Final = 14
"""Signs."""
_DENSE: Final = 10
"""With more columns a table has small letters, and no column more room than its words ask for."""
_RIGHT: Final = ("number", "money", "share", "day")
_ALL_DRAWN: Final = Undrawn()
_TITLE: Final = 160
_LISTED: Final = 60_000
"""Signs of a text: enough for the names of all tools of a large stack."""
_HEAD: Final = 120
_IN_MARGIN: Final = 46
_NAME: Final = 80
"""Of a name before what a card is about, which is not cut."""
_FACTS: Final = 62.0
"""The width of columns of facts, in signs: what is to be done stands beside them."""
_NUMBERS: Final = 40.0
"""Signs of a column of many numbers, that would make a row higher than all that is said in it."""
_ON_A_CARD: Final = 360
"""Signs; the chapter on decisions has all of them."""
_MOST: Final[Mapping[str, int]] = {
    "questions": 120, "matrix": 80, "missing": 80, "lineage": 36, "rule": 60, "spend": 114,
    "quadrant": 114, "renewals": 114, "roadmap": 114, "tools": 500, "flows": 300,
    "contracts": 500, "changes": 120,
}  # fmt: skip
"""Rows of tables, by the first word of their id; other formats have all."""
_FEW_MORE: Final = 8
"""So few more rows are shown as well: less than it takes to say that they are not."""


def data(pages: Pages, look: Look, undrawn: Undrawn = _ALL_DRAWN) -> dict[str, Any]:
    """Everything that the template shows, without the signs that no font has."""
    pictures = Drawn(pages.book, pages.language, undrawn.pictures)
    return _Encoder(pages, look, undrawn.texts, pictures).document()


@dataclass(frozen=True, slots=True)
class _Encoder:
    pages: Pages
    look: Look
    undrawn: frozenset[str]
    pictures: Drawn

    def text(self, content: str, length: int = _LISTED) -> str:
        return kept_in_order(typst_text.text(content, self.undrawn, length))

    def word(self, key: str) -> str:
        return self.text(self.pages.word(key))

    def maybe(self, content: str | None) -> str | None:
        return None if content is None else self.text(content)

    # -- the whole

    def document(self) -> dict[str, Any]:
        book, language, look = self.pages.book, self.pages.language, self.look
        client = look.client or book.organization or language.word("report.no_organization")
        _, _, region = language.locale.partition("_")
        verdict = book.kpis.verdict
        return {
            "lang": language.code,
            "region": region or None,
            "accent": look.accent,
            "logo": list(look.logo.data) if look.logo else None,
            "title": self.text(look.title or language.word("report.title"), _TITLE),
            "client": self.text(client, _TITLE),
            "margin": [
                self.text(look.confidentiality or "", _IN_MARGIN),
                self.text(client, _IN_MARGIN),
            ],
            "date": self.text(language.date(book.as_of)),
            "author": None if look.author is None else self.text(look.author, _TITLE),
            "confidentiality": self.maybe(look.confidentiality),
            "verdict": self.text(language.outcome(verdict.outcome, verdict.gating)),
            "decided": self.text(self._decided()),
            "amounts": self.text(self._amounts()),
            "anonymous": self.word("report.anonymized") if look.anonymous else None,
            "rule_language": self.maybe(language.untranslated(book.limits.untranslated)),
            "words": self._words(),
            "sections": arranged.sections([self._chapter(each) for each in chapters(self.pages)]),
            "cards": [card for each in book.decisions.first for card in self._cards(each)],
        }

    def _words(self) -> dict[str, str]:
        language = self.pages.language
        keys = {
            "contents": "report.contents", "as_of": "report.as_of",
            "prepared_for": "report.prepared_for", "prepared_by": "report.prepared_by",
            "we_decide": "decision.we_decide", "responsible": "decision.responsible",
            "until": "decision.until", "cards": "pdf.cards",
        }  # fmt: skip
        as_of = self.text(language.word("report.as_of", date=language.date(self.pages.book.as_of)))
        made = language.word("report.made_with", version=self.pages.book.limits.version)
        page = language.word("report.page", page="<page>", pages="<pages>")
        plain = {key: self.word(word) for key, word in keys.items() if key != "as_of"}
        return {**plain, "as_of": as_of, "made_with": self.text(made), "page": page}

    def _decided(self) -> str:
        language, verdict = self.pages.language, self.pages.book.kpis.verdict
        share, checks = language.share(verdict.decided_share), language.number(verdict.checks)
        return language.word("verdict.decided", share=share, checks=checks)

    def _amounts(self) -> str:
        language, currency = self.pages.language, self.pages.book.currency
        if currency is None:
            return language.word("report.amounts_without_currency")
        return language.word("report.all_amounts", currency=currency)

    # -- chapters

    def _chapter(self, chapter: Chapter) -> dict[str, Any]:
        blocks = list(self._blocks(chapter))
        if chapter.id == "decisions":
            blocks = arranged.kept(blocks)
        if chapter.id == "lanes":
            blocks = arranged.joined(blocks)
        if chapter.id == "lineage":
            blocks = arranged.pictured(blocks)
        if chapter.id in _NAMED_LAST:
            blocks.sort(key=lambda each: each["kind"] == "table")
        if chapter.id == "register":  # lines across a whole wide page are too long to read
            blocks = [arranged.beside(e) if e["kind"] == "bullets" else e for e in blocks]
        return {
            "id": chapter.id,
            "title": self.text(chapter.title),
            "about": self.text(chapter.about),
            "wide": chapter.id in _WIDE and not self._is_upright(chapter),
            "empty": self.maybe(chapter.empty),
            "blocks": blocks,
        }

    def _is_upright(self, chapter: Chapter) -> bool:
        """Whether a picture of a chapter needs the height of an upright page."""
        drawn = [each for each in chapter.blocks if isinstance(each, Picture)]
        return any(self.pictures.is_upright(each.key) for each in drawn)

    def _blocks(self, chapter: Chapter) -> Iterator[dict[str, Any]]:
        if chapter.id == "kpis":
            figures = [self._figure(each) for each in self.pages.book.kpis.figures]
            yield {"kind": "figures", "figures": figures}
        for block in chapter.blocks:
            if not (isinstance(block, Grid) and block.table.id == "figures"):
                yield from self._block(block)
            said = self.pictures.undrawn_gaps() if isinstance(block, Heading) else ""
            if said and chapter.id == "lanes":
                yield from self._block(Text(said))

    def _figure(self, kpi: Kpi) -> dict[str, Any]:
        language, book = self.pages.language, self.pages.book
        shown = written(kpi_cell(kpi, kpi.value, self.pages), self.pages)[0]
        if kpi.at_least and kpi.unit != "money":
            shown = language.word("at_least", value=shown)
        whole = None
        if kpi.of is not None:
            amount = language.money(kpi.of, book.currency)
            whole = amount if kpi.unit == "money" else language.number(kpi.of)
        why = None if kpi.empty is None else language.reason(kpi.empty)
        return {
            "title": self.text(language.kpi(kpi.id)),
            "value": self.text(shown),
            "of": None if whole is None else self.text(language.word("of", value="", whole=whole)),
            "how": self.text(language.how(kpi.id)),
            "empty": self.maybe(why),
        }

    def _block(self, block: Block) -> Iterator[dict[str, Any]]:
        if isinstance(block, Heading):
            yield {"kind": "heading", "text": self.text(block.text)}
        elif isinstance(block, Text):
            yield {"kind": "text", **self._labelled(block)}
        elif isinstance(block, Bullets):
            yield {"kind": "bullets", "entries": [self._labelled(each) for each in block.entries]}
        elif isinstance(block, Picture):
            yield from self._picture(block)
        else:
            yield from self._grid(block.table)

    def _labelled(self, block: Text) -> dict[str, str]:
        return {"label": self.text(block.label), "text": self.text(block.text)}

    def _picture(self, block: Picture) -> Iterator[dict[str, Any]]:
        parts = self.pictures.parts(block.key)
        alt = self.text(self.pages.language.word("pdf.picture", title=block.title))
        for number, (svg, width, height) in enumerate(parts, 1):
            which = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
            yield {"kind": "picture", "svg": svg, "alt": f"{alt}{which}", "width": width,
                   "height": height}  # fmt: skip

    # -- tables

    def _grid(self, table: Table) -> Iterator[dict[str, Any]]:
        """A table, or as much of it as people read on paper."""
        most = _MOST.get(table.id.partition("/")[0], len(table.rows))
        if len(table.rows) - most <= _FEW_MORE:
            most = len(table.rows)
        more = len(table.rows) - most
        if table.rows:
            rest = self.pages.language.count("pdf.rest", more) if more > 0 else None
            yield self._table(table.first(most).filled(), rest)
        elif table.empty:
            yield {"kind": "text", "label": "", "text": self.text(table.empty)}

    def _table(self, table: Table, rest: str | None) -> dict[str, Any]:
        rows = [[self._cell(each) for each in row] for row in table.rows]
        columns = [self._column(each, table) for each in table.columns]
        if table.id == "roadmap":
            columns = arranged.dense(columns, rows, narrow=False)
        elif len(columns) > _DENSE or table.id == "matrix":
            columns = arranged.dense(columns, rows)
        return {
            "kind": "table",
            "columns": columns,
            "rows": rows,
            "long": arranged.long_rows(rows, [each.width for each in table.columns]),
            "rest": self.maybe(rest),
        }

    def _column(self, column: Column, table: Table) -> dict[str, Any]:
        """Narrow columns are as wide as what is in them, wide ones share the rest."""
        digest = column.key == "digest"
        wide = _NUMBERS if (table.id, column.key) == ("roadmap", "findings") else column.width
        width = 0.0 if wide <= _NARROW_COLUMN else min(wide, _FACTS)
        small = digest or column.kind == "facts" or table.id == "matrix"
        return {
            "title": self.text(column.title),
            "right": column.kind in _RIGHT,
            "width": 0 if table.id in _NARROW or digest else width,
            "small": small or len(table.columns) > _DENSE,
        }

    def _cell(self, cell: Cell) -> dict[str, Any] | list[str]:
        lines = [self.text(each) for each in written(cell, self.pages)]
        if isinstance(cell, Severity):
            return {"severity": cell.word, "text": lines[0]}
        return lines

    # -- discussion cards

    def _cards(self, decision: Decision) -> Iterator[dict[str, Any]]:
        """One for each side: the same decision, their question."""
        language = self.pages.language
        title = decision.title
        about = "" if decision.about == "rule" else self.text(decision.subject.name, _NAME) + ": "
        for side, question, owners in (
            ("it", decision.ask_it, decision.owners.technical),
            ("marketing", decision.ask_marketing, decision.owners.business),
        ):
            yield {
                "side": side,
                "head": self.word(f"decision.card_{side}"),
                "number": decision.number,
                "severity": {
                    "severity": decision.severity.word,
                    "text": self.text(language.severity(decision.severity)),
                },
                "title": about + self.text(title, _HEAD),
                "message": self.text(decision.message, _ON_A_CARD),
                "question": self.text(question, _ON_A_CARD),
                "owners": self.text(language.listed(owners), _HEAD) if owners else "",
                "settles": self.text(language.count("decision.settles", len(decision.findings))),
            }
