"""How a country writes money, days, numbers and lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from stackaudit.dataclass import dataclass
from stackaudit.rules.show import in_unit
from stackaudit.rules.wording import money


@dataclass(frozen=True, slots=True)
class Writing:
    """The writing of one language in one country."""

    locale: str
    """en_GB, de_AT: whose money and days it writes."""

    def plural(self, number: float) -> str:
        """The form of words for so many: one, other …"""
        return str(self._babel().plural_form(number))

    def money(self, amount: float, currency: str | None) -> str:
        """An amount in whole units of its currency."""
        return (
            self.number(round(amount)) if currency is None else money(amount, currency, self.locale)
        )

    def number(self, value: float) -> str:
        """A number, grouped; with one decimal at most."""
        from babel.numbers import format_decimal

        shown = value if isinstance(value, int) or value.is_integer() else round(value, 1)
        return format_decimal(shown, locale=self.locale)

    def share(self, value: float) -> str:
        """A share of one as per cent, rounded down: only all is 100 %."""
        from babel.numbers import format_percent

        whole = int(value * 100 + 1e-9) / 100
        return format_percent(whole, format="#,##0\N{NO-BREAK SPACE}%", locale=self.locale)

    def date(self, day: dt.date) -> str:
        """A day in words: 2 November 2026."""
        from babel.dates import format_date

        return format_date(day, format="long", locale=self.locale)

    def short_date(self, day: dt.date) -> str:
        """A day for a table: 02/11/2026."""
        return _short_date(day, self.locale)

    def month(self, day: dt.date) -> str:
        """A month for a time line: Nov 2026."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMM", day, locale=self.locale)

    def length(self, minutes: float) -> str:
        """A length of time in the unit that suits it: 4 hours."""
        from babel.units import format_unit

        amount, unit = in_unit(minutes)
        whole = int(amount) if float(amount).is_integer() else amount
        return str(format_unit(whole, f"duration-{unit[:-1]}", locale=self.locale))

    def listed(self, names: Iterable[str]) -> str:
        """Names as a sentence lists them: a, b and c."""
        from babel.lists import format_list

        return format_list(list(names), locale=self.locale)

    def _babel(self) -> Any:
        from babel import Locale

        return Locale.parse(self.locale)


@lru_cache(maxsize=4096)
def _short_date(day: dt.date, locale: str) -> str:
    """Days come again in every table, and finding the pattern for one takes long."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMdd", day, locale=locale)
