"""How other languages write values in the texts of rules: one file of words for each language.

`wordings/<language>.yaml` has the words for values, those of the lists of words that facts take
their values from, and the phrases that facts write. Numbers and days are written as the country
of the report does.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from stackaudit.dataclass import dataclass
from stackaudit.inventory.reader import read_document
from stackaudit.phrase import Phrase
from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.show import ENGLISH, MAX_NAMES, Wording, in_letters, in_unit, shown
from stackaudit.rules.subjects import Subject

if TYPE_CHECKING:
    from stackaudit.rules.types import Type

Text: TypeAlias = "str | Mapping[str, str]"
"""A text, or its forms by the number `{n}` in it: one, other, and what else the language has."""

_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_CENTS: Final = re.compile(r"\.0+")
_LETTERS: Final = re.compile(r"(?<=[A-Za-z])(?=\d)")
"""Between a currency in letters and its amount: CHF 100."""
_NARROW: Final = "~"
"""Stands for a space at which no line ends."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a language has for values."""

    values: Mapping[str, Text]
    groups: Mapping[frozenset[str], Mapping[str, str]]
    """The words that facts take their values from, by all of a list."""
    phrases: Mapping[str, Text]
    """By the English pattern; a single word of a list by list and word, `lifecycle:retired`."""


def wording(code: str, locale: str | None = None) -> Wording:
    """The writing of a language, in that of a country (`de_CH`) if one is named.

    English where a language has no words of its own for values.
    """
    if code in wordings():
        return LocalWording(code, locale or code)
    return LocalEnglish(locale) if code == ENGLISH.code and locale else ENGLISH


def money(amount: float, currency: str, locale: str) -> str:
    """An amount in whole units of its currency as a country writes it: €48,000, CHF 48'000."""
    return _money(round(amount), currency, locale)


@lru_cache(maxsize=4096)
def _money(amount: int, currency: str, locale: str) -> str:
    from babel import Locale
    from babel.numbers import format_currency

    pattern = _CENTS.sub("", Locale.parse(locale).currency_formats["standard"].pattern)
    text = format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
    return _LETTERS.sub("\N{NO-BREAK SPACE}", text)


@cache
def wordings() -> tuple[str, ...]:
    """The languages, besides English, that have words for values."""
    names = (each.name for each in files("stackaudit.rules").joinpath("wordings").iterdir())
    return tuple(sorted(each.removesuffix(".yaml") for each in names if each.endswith(".yaml")))


@cache
def words_of(code: str) -> Words:
    """The words of a language, as its file has them."""
    name = f"{code}.yaml"
    data = files("stackaudit.rules").joinpath("wordings").joinpath(name).read_bytes()
    document = read_document(data, name)
    assert not document.problems, document.problems
    root: Any = document.root
    listed = {f"{group}:{word}": text for group, words in root["words"].items()
              for word, text in words.items()}  # fmt: skip
    return Words(
        values={key: _spaced(text) for key, text in root["values"].items()},
        groups={frozenset(words): words for words in root["words"].values()},
        phrases={key: _spaced(text) for key, text in (*root["phrases"].items(), *listed.items())},
    )


def _spaced(text: Text) -> Text:
    if isinstance(text, str):
        return text.replace(_NARROW, "\N{NO-BREAK SPACE}")
    return {form: each.replace(_NARROW, "\N{NO-BREAK SPACE}") for form, each in text.items()}


def answers_in(code: str, words: Sequence[str]) -> tuple[str, ...]:
    """Words of an inventory, `yes` and `no` among them, as a language writes them."""
    known = words_of(code)
    if set(words) <= {"yes", "no"}:
        return tuple(str(known.values[each]) for each in words)
    fitting = (known.groups.get(frozenset(words)), *known.groups.values())
    found = next((each for each in fitting if each is not None and set(words) <= set(each)), {})
    return tuple(found.get(each, each) for each in words)


def meant(text: str, words: Sequence[str]) -> str | None:
    """Which of the words of an inventory somebody meant, in whatever language."""
    for code in wordings():
        for word, said in zip(words, answers_in(code, words), strict=True):
            if text.casefold() == said.casefold():
                return word
    return None


class LocalEnglish(Wording):
    """English, with money as one country writes it."""

    def __init__(self, locale: str) -> None:
        super().__init__()
        self.locale = locale

    def shown(
        self,
        value: Any,
        style: str | None = None,
        currency: str | None = None,
        type_: Type | None = None,  # noqa: ARG002 - as in English
    ) -> str:
        return shown(value, style, currency, self._amount)

    def _amount(self, amount: float, currency: str | None) -> str:
        return money(amount, currency, self.locale) if currency else in_letters(amount, None)


class LocalWording(Wording):
    """The writing of one language in one country."""

    def __init__(self, code: str, locale: str) -> None:
        super().__init__(code)
        self.locale = locale
        self.missing: set[str] = set()
        """The phrases that the language turned out not to have; they stay English."""

    def shown(
        self,
        value: Any,
        style: str | None = None,
        currency: str | None = None,
        type_: Type | None = None,
    ) -> str:
        if isinstance(value, str):
            return self._text(value, type_)
        if isinstance(value, Subject):
            return self._text(value.label(), None)
        if value is None:
            return self._value("unknown")
        if isinstance(value, bool):
            return self._value("yes" if value else "no")
        if isinstance(value, Interval):
            return self._range(value, style, currency)
        if isinstance(value, int | float):
            return self._number(float(value), style, currency)
        if isinstance(value, dt.date):
            return self._day(value)
        return self._many(value, type_)

    def _many(self, value: Any, type_: Type | None) -> str:
        of = type_.of if type_ is not None else None
        if isinstance(value, Some):
            if not value.items:
                return self._value("unknown")
            return self._value("perhaps_more", names=self._names(value.items, of))
        return self._names(value, of) if isinstance(value, tuple) else str(value)

    def _names(self, items: Iterable[Any], of: Type | None) -> str:
        names = [self.shown(each, type_=of) for each in items]
        if not names:
            return self._value("none")
        if len(names) > MAX_NAMES:
            values = {"names": ", ".join(names[:MAX_NAMES]), "n": len(names) - MAX_NAMES}
            return self._phrase("{names} and {n} more", values)
        *before, last = names
        if not before:
            return last
        return self._phrase("{first} and {last}", {"first": ", ".join(before), "last": last})

    # Texts

    def _text(self, text: str, type_: Type | None) -> str:
        if type(text) is Phrase:
            return self._phrase(text.pattern, text.values, text)
        if type_ is not None and type_.base == "word":
            return self._words.groups.get(frozenset(type_.words), {}).get(text, text)
        return str(text)

    def _phrase(self, pattern: str, values: Mapping[str, Any], otherwise: str = "") -> str:
        found = self._words.phrases.get(pattern)
        if found is None:
            self.missing.add(pattern)
            return str(otherwise)
        return self._filled(found, values)

    def _value(self, key: str, **values: Any) -> str:
        return self._filled(self._words.values[key], values)

    def _filled(self, text: Text, values: Mapping[str, Any]) -> str:
        """The text, or that of its forms which fits `n`, with the values in their places."""
        form = self._form(text, values.get("n", 0))
        return _PLACE.sub(lambda match: self.shown(values[match[1]]), form)

    def _form(self, text: Text, number: float) -> str:
        if isinstance(text, str):
            return text
        return text.get(self.form(number), text["other"])

    def form(self, number: float) -> str:
        return str(self._babel.plural_form(number))

    # Numbers and days

    def _range(self, value: Interval, style: str | None, currency: str | None) -> str:
        if math.isinf(value.high):
            return self._value("at_least", value=self._number(value.low, style, currency))
        if math.isinf(value.low):
            return self._value("at_most", value=self._number(value.high, style, currency))
        low, high = (self._number(each, style, currency) for each in (value.low, value.high))
        return self._value("from_to", low=low, high=high)

    def _number(self, value: float, style: str | None, currency: str | None) -> str:
        if math.isinf(value):
            return self._value("unlimited" if style == "duration" else "endless")
        if style == "duration":
            return self._duration(value)
        if style == "percent":
            return self._value("percent", value=self._digits(round(value * 100)))
        if style == "days":
            return self._value("days", n=round(value))
        if style == "money" and currency:
            return money(value, currency, self.locale)
        return self._digits(round(value) if style in ("money", "count") else value)

    def _duration(self, minutes: float) -> str:
        if minutes < 1:
            return self._value("at_once")
        amount, unit = in_unit(minutes)
        form = self._form(self._words.values[unit], amount)
        return self._filled(form, {"n": self._digits(amount, places=1)})

    def _digits(self, value: float, places: int = 2) -> str:
        """Grouped; with its hundredths where it is no whole number."""
        text = f"{value:,.0f}" if value == int(value) else f"{value:,.{places}f}"
        return text.translate(self._marks)

    @cached_property
    def _marks(self) -> dict[int, str]:
        symbols = self._babel.number_symbols["latn"]
        return {ord(","): symbols["group"], ord("."): symbols["decimal"]}

    def _day(self, day: dt.date) -> str:
        if day in (dt.date.min, dt.date.max):
            return self._value("never")
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMdd", day, locale=self.locale))

    @property
    def _words(self) -> Words:
        return words_of(self.code)

    @cached_property
    def _babel(self) -> Any:
        from babel import Locale

        return Locale.parse(self.locale)
