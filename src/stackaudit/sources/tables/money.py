"""A price for an entry: with its period, in the stack's currency or with a rate, or a doubt."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from stackaudit.dataclass import dataclass
from stackaudit.sources.options import Options
from stackaudit.sources.tables.cells import SAYS_NOTHING, Cell, doubtful, plain, says_nothing
from stackaudit.sources.tables.numbers import Amount, Decimals, currency_in, read_money, written


@dataclass(frozen=True, slots=True)
class Prices:
    """What a column shows about the money in it."""

    period: str | None
    currency: str | None
    """The currency of amounts that name none; None where nobody can tell."""
    mixed: bool
    """Whether its cells name several currencies."""
    decimals: Decimals | None


def default_currency(
    stated: str | None, texts: list[str], options: Options
) -> tuple[str | None, bool]:
    """The currency of a column's amounts that name none, and whether its cells name several.

    A mapping file decides, then the column's name, then the one currency that its cells name,
    then the stack.
    """
    named = {code for text in texts if (code := currency_in(text))}
    alone = next(iter(named)) if len(named) == 1 else None
    found = options.mapped.currency or stated or alone
    mixed = len(named) > 1 and found is None
    return (found or (None if mixed else options.currency)), mixed


def read_price(text: str, column: Prices, options: Options) -> Cell:
    """The value of `contract.cost`, as an inventory writes it."""
    cleaned = plain(text)
    if says_nothing(cleaned):
        return SAYS_NOTHING
    amount = read_money(cleaned, column.decimals)
    if isinstance(amount, str):
        return doubtful(amount, "write the amount for a year, as in 48000/year")
    if not amount.number:
        return Cell("0")
    period = amount.period or column.period
    if period is None:
        hint = "name the column's meaning in a mapping file: cost_year or cost_month"
        return doubtful("an amount without a period", hint)
    return in_currency(amount, period, column, options)


def in_currency(amount: Amount, period: str, column: Prices, options: Options) -> Cell:
    """The price of a period as an inventory writes it, or why its currency is in doubt."""
    currency = amount.currency or column.currency
    if currency is None and column.mixed:
        hint = "write the currency, as in 12000 EUR"
        return doubtful("an amount without a currency, in a column that has several", hint)
    if currency in (None, options.currency):
        return Cell(f"{written(amount.number)}/{period}")
    if currency in options.rates:
        return Cell(_with_currency(amount.number, str(currency), period))
    if options.currency is None:
        hint = f"write `currency: {currency}` if that is the currency of the stack"
        return doubtful(f"an amount in {currency}, and the stack states no currency", hint)
    hint = f"give its worth, as in --rate {currency}=0.92"
    return doubtful(f"an amount in {currency}, and no rate is known", hint)


def _with_currency(number: Decimal, currency: str, period: str) -> dict[str, Any]:
    return {"amount": written(number), "currency": currency, "period": period}
