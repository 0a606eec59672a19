"""The figures in words: as value, as headline, and with how they are counted."""

from __future__ import annotations

from stackaudit.figures.report.book import Book
from stackaudit.figures.report.kpis import Kpi, KpiId, Part
from stackaudit.findings.money import Total
from stackaudit.outputs.report.language import Language


def figure_value(book: Book, language: Language, kpi: Kpi) -> str:
    """A figure as it is written everywhere: an amount, or a number; unknown if it is."""
    if kpi.value is None:
        return language.word("unknown")
    if kpi.unit == "money":
        return language.total(Total(kpi.value, kpi.at_least), book.currency)
    number = language.number(kpi.value)
    return language.word("at_least", value=number) if kpi.at_least else number


def figure_whole(book: Book, language: Language, kpi: Kpi) -> str:
    """The whole that a figure is a part of; empty if there is none to name."""
    if kpi.of is None:
        return ""
    money = kpi.unit == "money"
    whole = language.money(kpi.of, book.currency) if money else language.number(kpi.of)
    return language.word("slides.of_whole", whole=whole)


def figure_headline(book: Book, language: Language, id_: KpiId) -> str:
    """A figure as a sentence: what it says, that all is well, or that nobody knows."""
    return begun(figure_clause(book, language, id_))


def begun(sentence: str) -> str:
    """A sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def figure_clause(book: Book, language: Language, id_: KpiId) -> str:
    """The same, to go on with inside a sentence."""
    kpi = book.kpis.figure(id_)
    if kpi.empty is not None:
        return language.word(f"slides.headline.{id_}.unknown", why=language.reason(kpi.empty))
    if not kpi.value:
        key = "none_sure" if not kpi.at_least else "none_known"
        return language.word(f"slides.headline.{id_}.{key}")
    values = {"value": figure_value(book, language, kpi)}
    whole = language.number(kpi.of) if kpi.of is not None else ""
    key = "least" if kpi.at_least else "some"  # what is not known is in no whole
    return language.count(f"slides.headline.{id_}.{key}", kpi.value, whole=whole, **values)


def figure_notes(book: Book, language: Language, id_: KpiId) -> list[str]:
    """How a figure was made: its value, how it is counted, and what it is counted from."""
    kpi = book.kpis.figure(id_)
    value = " ".join(
        each for each in (figure_value(book, language, kpi), figure_whole(book, language, kpi))
        if each
    )  # fmt: skip
    found = [f"{language.kpi(id_)}: {value}", language.how(id_)]
    if kpi.empty is not None:
        found.append(language.reason(kpi.empty))
    found += [_part(book, language, kpi, each) for each in kpi.parts[:_MOST]]
    if len(kpi.parts) > _MOST:
        found.append(f"– {language.count('more', len(kpi.parts) - _MOST)}")
    return found


_MOST = 12


def _part(book: Book, language: Language, kpi: Kpi, part: Part) -> str:
    name = part.name if part.name is not None else language.kpi_part(kpi.id, part.key)
    money = part.unit == "money"
    value = language.money(part.value, book.currency) if money else language.number(part.value)
    return f"– {name}: {value}"
