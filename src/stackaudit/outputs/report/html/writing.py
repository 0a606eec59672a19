"""How values are written on the page: the filters of the templates."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.figures.report.book import Book
from stackaudit.figures.report.inventory import FlowRow, ToolRow
from stackaudit.figures.report.kpis import Kpi
from stackaudit.figures.report.matrix import Cell, Head
from stackaudit.figures.report.parts import Cost
from stackaudit.findings.money import Total
from stackaudit.inventory.values import Duration
from stackaudit.outputs.report.html.columns import alike, own, usual
from stackaudit.outputs.report.html.proofs import proofs
from stackaudit.outputs.report.html.slim import slim
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.sanitize import visible
from stackaudit.rules.finding import Evidence

_VALUE: Final = "\x00"
_LONG, _LONGER = 6, 9
"""Letters; a longer figure is written smaller, so that five fit beside each other."""
_UNITS: Final[Mapping[str, str]] = {
    "min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year",
}  # fmt: skip
_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>`\\]+")


@dataclass(frozen=True, slots=True)
class Writing:
    """The filters for one book in one language."""

    book: Book
    language: Language
    source: str | None
    """The file that needs no name."""

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """By the name they have in templates."""
        language = self.language
        chips = {each.id: each.name for each in self.book.lanes.map.chips}
        cards = {each.fingerprint: each for each in self.book.register.cards}
        datasets = {e.dataset.id: e.dataset.name for e in self.book.inventory.datasets}
        return {
            "seen": seen,
            "link": link,
            "drawn": drawn,
            "number": language.number,
            "percent": language.share,
            "date": language.date,
            "yes": language.flag,
            "money": self.money,
            "total": self.total,
            "cost": self.cost,
            "day": self.day,
            "kpi": self.kpi,
            "kpi_amount": self.kpi_amount,
            "every": self.every,
            "place": lambda place: where(place, self.source),
            "origin": self.origin,
            "weight": weight,
            "chip": lambda name: seen(chips.get(name) or language.word("lane_map.no_capability")),
            "dataset": lambda name: seen(datasets.get(name, name)),
            "head": self.head,
            "cells": self.cells,
            "alike": alike,
            "own": own,
            "usual": usual,
            "alone": lambda text: (seen(text),),
            "flow_cells": self.flow_cells,
            "card": lambda fingerprint: cards[fingerprint],
            "finding_number": lambda fingerprint: cards[fingerprint].number,
            "proofs": proofs,
        }

    def money(self, amount: float) -> str:
        """An amount in the stack's currency."""
        return self.language.money(amount, self.book.currency)

    def total(self, total: Total) -> str:
        """A sum, at least where something is unknown."""
        return self.language.total(total, self.book.currency)

    def cost(self, cost: Cost) -> str:
        """A cost, as far as it is known."""
        return self.language.cost(cost, self.book.currency)

    def day(self, day: dt.date | Literal["never"] | None) -> str:
        """A day in a table."""
        if day is None:
            return "?"
        return self.language.word("never") if day == "never" else self.language.short_date(day)

    def kpi_amount(self, value: float, unit: str, case: str = "unit") -> str:
        """A figure with its unit; `unit_of` is the unit as it stands behind `of`."""
        if unit == "money":
            return self.money(value)
        return f"{self.language.number(value)} {self.language.count(f'{case}.{unit}', value)}"

    def kpi(self, kpi: Kpi) -> str:
        """A figure and the whole it is a part of, the figure large."""
        from markupsafe import Markup, escape

        value = self.money(kpi.value or 0) if kpi.unit == "money" else self.language.number(
            kpi.value or 0
        )  # fmt: skip
        shown = self.language.word("at_least", value=_VALUE) if kpi.at_least else _VALUE
        if kpi.of is not None:
            whole = self.kpi_amount(kpi.of, kpi.unit, "unit_of")
            shown = self.language.word("of", value=shown, whole=whole)
        elif kpi.unit != "money":
            shown = f"{shown} {self.language.count(f'unit.{kpi.unit}', kpi.value or 0)}"
        big = Markup('<span class="value{}" data-kpi="{}">{}</span>').format(
            _size(value), kpi.id, value
        )
        whole_text = str(escape(shown)).replace(_VALUE, str(big))
        return Markup(whole_text)  # noqa: S704 - both are escaped

    def every(self, every: Duration | Literal["event"] | None) -> str:
        """How often a flow runs."""
        if every is None:
            return "?"
        if every == "event":
            return self.language.word("every.event")
        from babel.units import format_unit

        unit = f"duration-{_UNITS[every.unit]}"
        return str(format_unit(every.amount, unit, locale=self.language.locale))

    def flow_cells(self, row: FlowRow) -> tuple[str, str, str, str]:
        """How often a flow runs, its status, what protects its data, who answers for it."""
        word = self.language.word
        nobody = "–" if row.owner == "none" else "?"
        return (
            self.every(row.every),
            word(f"flow_status.{row.status}"),
            word(f"protect.{row.protect}") if row.protect else "?",
            nobody if row.owner in (None, "none") else seen(row.owner),
        )

    def orders(self) -> Mapping[str, int]:
        """What is written of how often flows run and of days: the number it is sorted by.

        Of how often the minutes between, of a day its place in the calendar.
        """
        flows = {each.every for each in self.book.inventory.flows}
        found = {self.every(each): minutes(each) for each in sorted(flows, key=minutes)}
        days = {
            each for row in self.book.inventory.contracts for each in (row.renews, row.deadline)
        }
        return found | {self.day(each): nth(each) for each in sorted(days, key=nth)}

    def origin(self, evidence: Evidence, places: Sequence[Place]) -> str:
        """Where a fact is from: the place that states it, if that says more than the finding's."""
        if evidence.place is None or evidence.place in places:
            return self.language.word(f"origin.{evidence.origin}")
        place = where(evidence.place, self.source)
        if evidence.origin == "stated":
            return place
        return f"{self.language.word(f'origin.{evidence.origin}')}, {place}"

    def cells(self, row: int) -> Iterator[Cell | int]:
        """A row of the matrix: its cells, and between them how many are blank."""
        here = sorted((e for e in self.book.matrix.cells if e.row == row), key=lambda e: e.column)
        last = -1
        for each in here:
            if each.column > last + 1:
                yield each.column - last - 1
            yield each
            last = each.column
        if (rest := len(self.book.matrix.heads) - last - 1) > 0:
            yield rest

    def head(self, head: Head) -> str:
        """What a row of the matrix stands for."""
        return seen(head.name or self.language.word("lane_map.no_capability"))


def _size(value: str) -> str:
    return " longer" if len(value) > _LONGER else " long" if len(value) > _LONG else ""


def seen(text: object) -> str:
    """A text from a file, on one line and with nothing hidden in it; escaping comes after."""
    return visible(str(text))


def drawn(svg: str, brief: bool, listed: bool) -> str:
    """A picture that we drew ourselves, element by element: markup as it is."""
    from markupsafe import Markup

    return Markup(slim(svg, brief=brief, listed=listed))  # noqa: S704 - made by an XML library, which escapes all texts


def main_file(book: Book) -> str | None:
    """The file that most places of the register are in."""
    files = Counter(place.file for card in book.register.cards for place in card.places)
    return min(files, key=lambda name: (-files[name], name), default=None)


def where(place: Place, usual: str | None) -> str:
    """A place; the file that most are in is not named again."""
    return seen(f"{place.line}:{place.column}" if place.file == usual else place)


def link(text: str) -> str:
    """An address of the web as a link, everything else as text."""
    from markupsafe import Markup, escape

    if not _ADDRESS.fullmatch(text) or not _host(text):
        return escape(seen(text))
    return Markup('<a href="{}">{}</a>').format(text, seen(text.partition("://")[2]))


def _host(text: str) -> bool:
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def minutes(every: Duration | Literal["event"] | None) -> int:
    """For sorting by how often."""
    if every is None:
        return -1
    return 0 if every == "event" else every.minutes


def nth(day: dt.date | Literal["never"] | None) -> int:
    """For sorting by day: what is not stated is first, and what never comes last."""
    if day is None:
        return -1
    return dt.date.max.toordinal() if day == "never" else day.toordinal()


def weight(row: ToolRow) -> int:
    """For sorting tools by findings: one of a severity outweighs any number of a lower one."""
    return sum(min(number, 99) * 100 ** (int(level) - 1) for level, number in row.findings.items())
