"""Ledgers: a row is a payment, not a tool. What was paid to one payee is added up to a year's cost.

Nothing is extrapolated: a cost is only known where the ledger reaches over twelve months.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from stackaudit.dataclass import dataclass
from stackaudit.sources.observation import Doubt, Observation, Remark, Seen, ToolSeen
from stackaudit.sources.options import Options
from stackaudit.sources.tables.cells import Cell
from stackaudit.sources.tables.money import Prices, in_currency
from stackaudit.sources.tables.numbers import Amount, written

MONTHS: Final = 12

_MINUS: Final = re.compile(r"^\s*[-–−]\s*|\s*[-–−]\s*$")
_BRACKETS: Final = re.compile(r"^\s*\((.*)\)\s*$")


class Month(NamedTuple):
    """A month of the calendar."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def number(self) -> int:
        """Months since the year 0."""
        return self.year * 12 + self.month - 1


@dataclass(frozen=True, slots=True)
class Payment:
    """One row: when, and what; credits are negative."""

    on: dt.date
    amount: Decimal
    currency: str | None


def unsigned(text: str) -> tuple[str, bool]:
    """An amount without its sign, and whether it was negative: `-12.00`, `12.00-`, `(12.00)`."""
    if inside := _BRACKETS.fullmatch(text):
        return inside[1], True
    bare, minus = _MINUS.subn("", text)
    return bare, minus > 0


@dataclass(slots=True)
class _Payee:
    name: str
    seen: Seen
    vendor: str | None
    domain: str | None
    facts: dict[str, Any]
    doubts: list[Doubt]
    paid: dict[tuple[str | None, Month], Decimal] = field(default_factory=dict)
    payments: int = 0
    unread: int = 0
    """Rows whose date or amount was not understood."""


@dataclass(slots=True)
class Ledger:
    """What the rows of a ledger add up to, a payee at a time; as large as there are payees."""

    file: str
    source: str
    column: Prices
    options: Options
    title: str
    """The name of the column with the amounts."""
    payees: dict[str, _Payee] = field(default_factory=dict)
    first: Month | None = None
    last: Month | None = None
    negative: int = 0
    payments: int = 0

    def add(
        self, tool: ToolSeen, doubts: Iterable[Doubt], payment: Payment | None, key: str
    ) -> None:
        """One row of the ledger; `payment` is None where it was not understood."""
        payee = self.payees.get(key)
        if payee is None:
            payee = _Payee(
                tool.name, tool.seen, tool.vendor, tool.domain, dict(tool.facts), list(doubts)
            )
            self.payees[key] = payee
        for name, value in tool.facts.items():
            payee.facts.setdefault(name, value)
        if payment is None:
            payee.unread += 1
        else:
            self._pay(payee, payment)

    def _pay(self, payee: _Payee, payment: Payment) -> None:
        month = Month(payment.on.year, payment.on.month)
        self.first = min(self.first or month, month)
        self.last = max(self.last or month, month)
        self.payments += 1
        self.negative += payment.amount < 0
        payee.payments += 1
        where = (payment.currency, month)
        payee.paid[where] = payee.paid.get(where, Decimal(0)) + payment.amount

    def observations(self) -> Iterator[Observation]:
        """Every payee as a tool, with a year's cost where it is known."""
        if self.first is not None and self.last is not None and self._covers_a_year():
            message = (
                f"a row is a payment; what was paid from {self._since()} to {self.last} is the "
                "cost of a year"
            )
            yield Remark(Seen(self.source, self.file), message)
        for payee in self.payees.values():
            cost, paid = self._cost(payee)
            facts = payee.facts
            if cost.value is not None:
                facts["contract.cost"] = cost.value
            elif paid:
                facts["x-paid"] = paid
            yield ToolSeen(payee.name, payee.seen, facts, payee.vendor, payee.domain)
            yield from payee.doubts
            if cost.doubt:
                yield Doubt(payee.seen, self.title, cost.doubt, cost.hint, "contract.cost")

    def _covers_a_year(self) -> bool:
        assert self.first is not None
        assert self.last is not None
        return self.last.number - self.first.number + 1 >= MONTHS

    def _since(self) -> Month:
        assert self.last is not None
        start = self.last.number - MONTHS + 1
        return Month(start // 12, start % 12 + 1)

    def _cost(self, payee: _Payee) -> tuple[Cell, str | None]:
        """The value of `contract.cost` or why there is none, and what was paid, in words."""
        hint = "write the amount for a year, as in 48000/year"
        if payee.unread:
            rows = "a payment" if payee.unread == 1 else f"{payee.unread} payments"
            return Cell(
                None, f"{rows} of this payee not understood; no cost was added up", hint
            ), None
        sums = self._sums(payee)
        paid = " and ".join(f"{written(n)}{f' {c}' if c else ''}" for c, n in sums.items())
        span = f"{self.first} to {self.last}" if self.first != self.last else f"{self.first}"
        words = f"{paid} from {span}"
        if not self._covers_a_year():
            message = "the ledger does not reach over a year; what was paid is kept as x-paid"
            return Cell(None, message, hint), words
        if len(sums) > 1:
            return Cell(None, "was paid in more than one currency", hint), words
        currency, number = next(iter(sums.items()), (None, Decimal(0)))
        if number <= 0:
            message = f"the payments since {self._since()} add up to nothing"
            return Cell(None, message, "is it still in use?"), None
        return in_currency(
            Amount(number, "year", currency), "year", self.column, self.options
        ), words

    def _sums(self, payee: _Payee) -> dict[str | None, Decimal]:
        """By currency; of the last twelve months, if the ledger reaches that far."""
        sign = -1 if self.negative * 2 > self.payments else 1  # money that went out may be negative
        since = self._since().number if self._covers_a_year() else 0
        sums: dict[str | None, Decimal] = {}
        for (currency, month), amount in payee.paid.items():
            if month.number >= since:
                sums[currency] = sums.get(currency, Decimal(0)) + sign * amount
        return dict(sorted(sums.items(), key=lambda pair: pair[0] or ""))
