"""One row of a table: the tool it is about, and what of it was not understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.sources.observation import Doubt, Observation, Remark, Seen, ToolSeen
from stackaudit.sources.options import Options
from stackaudit.sources.tables.cells import NOBODY, Cell, host, link, plain, says_nothing
from stackaudit.sources.tables.columns import Column, folded
from stackaudit.sources.tables.dates import read_date
from stackaudit.sources.tables.ledger import Payment, unsigned
from stackaudit.sources.tables.money import Prices, read_price
from stackaudit.sources.tables.numbers import currency_in, read_money
from stackaudit.sources.tables.readers import read_cell
from stackaudit.sources.tables.survey import NAME, Survey
from stackaudit.sources.tables.table import Row
from stackaudit.sources.tables.words import means

LONGEST_NAME: Final = 200
_OF_A_PAYMENT: Final = frozenset({"cost", "notes", "paid_on", "currency"})
"""What a row of a ledger says of one payment and not of the tool."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row, read."""

    survey: Survey
    options: Options
    row: Row

    @property
    def seen(self) -> Seen:
        """Where the row stands."""
        return Seen(NAME, self.survey.table.file, self.row.number)

    def observations(self) -> Iterator[Observation]:
        """The tool of the row, and what of it was not understood."""
        name, raw = self._name()
        if not name or len(name) > LONGEST_NAME:
            message = "no name says which tool this is" if not name else "too long for a name"
            title = self._title("name") or self._title("vendor")
            yield Doubt(self.seen, title, f"{message}; the row was not read")
            return
        vendor = self._plain("vendor")
        if means("totals", name.strip(" :=∑Σ")) and vendor in (None, name):
            yield Remark(self.seen, "a row of totals is not a tool, and was left out")
            return
        facts: dict[str, Any] = {}
        doubts = list(self._read_into(facts))
        if vendor and means("in_house", vendor):
            vendor, facts["product"] = None, "none"
        domain = host(self.cell("domain")) or (host(raw) if link(raw) else None)
        yield ToolSeen(name, self.seen, _ordered(facts), vendor, domain)
        yield from doubts

    def _name(self) -> tuple[str, str]:
        """What the row says it is about; in a ledger that is who was paid."""
        for field in ("name", "vendor"):
            raw = self.cell(field)
            name = plain(raw)
            if not says_nothing(name) and name.casefold() not in NOBODY:
                return name, raw
        return "", ""

    def _read_into(self, facts: dict[str, Any]) -> Iterator[Doubt]:
        payments = self.survey.is_ledger
        for column in self.survey.columns:
            text = self.row.cells[column.number] if column.number < len(self.row.cells) else ""
            if column.field is None:
                self._keep(column, plain(text), facts)
            elif payments and column.field.name in _OF_A_PAYMENT:
                continue
            elif column.field.key is not None and text.strip():
                cell = self._read(column, text)
                if cell.value is not None:
                    facts[column.field.key] = cell.value
                elif cell.doubt and column.field.kind == "money":
                    facts["x-cost"] = plain(text)
                if cell.doubt:
                    yield Doubt(self.seen, column.name, cell.doubt, cell.hint, column.field.key)
        if "contract.used" in facts and "contract.seats" not in facts:
            facts.setdefault("users", facts.pop("contract.used"))  # used of what? people who work

    def _read(self, column: Column, text: str) -> Cell:
        assert column.field is not None
        if column.field.kind == "money" and not text.startswith("\x00"):
            return read_price(
                self._with_currency(text), self.survey.prices[column.number], self.options
            )
        kind = "text" if column.field.kind == "money" else column.field.kind
        return read_cell(kind, text, self.survey.habits[column.number])

    def _with_currency(self, text: str) -> str:
        """The amount with the currency that a column of its own states."""
        code = currency_in(self.cell("currency"))
        return f"{text} {code}" if code and text.strip() and not currency_in(text) else text

    def payment(self, prices: Prices) -> Payment | None:
        """What was paid and when; None if either is not understood."""
        column = self.survey.column("paid_on")
        assert column is not None
        day = read_date(plain(self.cell("paid_on")), self.survey.habits[column.number].dates)
        bare, negative = unsigned(plain(self.cell("cost")))
        amount = read_money(self._with_currency(bare), prices.decimals)
        if day is None or isinstance(amount, str):
            return None
        number = -amount.number if negative else amount.number
        return Payment(day, number, amount.currency or prices.currency)

    def _keep(self, column: Column, text: str, facts: dict[str, Any]) -> None:
        key = folded(column.name).replace(" ", "-")
        if self.options.keep_unknown and not column.ignored and key and not says_nothing(text):
            facts[f"x-{key}"] = text

    def cell(self, field: str) -> str:
        """The text of the column that means this; empty if there is none."""
        column = self.survey.column(field)
        if column is None or column.number >= len(self.row.cells):
            return ""
        return self.row.cells[column.number]

    def _plain(self, field: str) -> str | None:
        text = plain(self.cell(field))
        return None if says_nothing(text) else text

    def _title(self, field: str) -> str | None:
        column = self.survey.column(field)
        return None if column is None else column.name


_ORDER: Final = (
    "product", "lifecycle", "capabilities", "owner", "operated_by", "bought", "contract",
    "last_used", "users", "access", "classified", "criticality", "region", "dpa", "links", "notes",
)  # fmt: skip
_PLACE: Final = {name: number for number, name in enumerate(_ORDER)}


def _ordered(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts in the order in which an inventory is best read, one's own keys last."""
    return dict(sorted(facts.items(), key=lambda pair: _PLACE.get(pair[0].split(".")[0], 99)))
