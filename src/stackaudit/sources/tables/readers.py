"""One reader for each kind of column: from the text of a cell to a value of an inventory."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.sources.tables.cells import (
    NEVER,
    NO,
    NO_VALUE,
    NOBODY,
    SAYS_NOTHING,
    YES,
    Cell,
    Habits,
    doubtful,
    link,
    plain,
    says_nothing,
)
from stackaudit.sources.tables.dates import read_date
from stackaudit.sources.tables.words import words

Reader = Callable[[str, Habits], Cell]


LONGEST: Final = 10_000
"""Characters of a text that an inventory still has room for."""


def _text(text: str, _habit: Habits) -> Cell:
    return Cell(text) if len(text) <= LONGEST else doubtful("longer than any text of an inventory")


def _people(text: str, habit: Habits) -> Cell:
    """One name, or several as they stand: who of them answers for the tool is a question."""
    if text.casefold() in NOBODY:
        return Cell("none")
    if re.search(r"[;,/&+]|\b(?:und|and)\b", text):
        return Cell(text, "may name more than one", "say who answers for the tool")
    return _text(text, habit)


def _count(text: str, _habit: Habits) -> Cell:
    """A whole number; whatever groups its digits in threes, since there are no halves."""
    match = _COUNT.fullmatch(text.casefold())
    digits = re.sub(r"\D", "", match[1]) if match else ""
    if not digits or len(digits) > 12:
        return doubtful("not a whole number")
    return Cell(str(int(digits)))


_COUNT: Final = re.compile(
    r"(\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+)(?:[.,]0{1,2})?"
    r"\s*(?:users?|seats?|licen[cs]es?|lizenzen|nutzer|benutzer|anwender|pl(?:ä|ae)tze|st(?:ü|ue)ck)?"
)


def _date(text: str, habit: Habits) -> Cell:
    day = read_date(text, habit.dates)
    if day is None:
        return doubtful("not a day, or one that can be read in two ways", "write it as 2027-01-31")
    return Cell(day.isoformat())


def _past(text: str, habit: Habits) -> Cell:
    return Cell("never") if text.casefold() in NEVER else _date(text, habit)


_UNITS: Final = (
    ("d", r"d|days?|tage?n?"),
    ("w", r"w|weeks?|wochen?"),
    ("mo", r"mo|months?|monate?n?"),
    ("y", r"y|years?|jahre?n?"),
)


def _duration(text: str, _habit: Habits) -> Cell:
    match = re.fullmatch(r"(\d{1,4})\s*([a-zäöü]+)\.?", text.casefold())
    if match:
        for unit, words in _UNITS:
            if re.fullmatch(words, match[2]):
                return Cell(f"{int(match[1])}{unit}")
    return doubtful("not a length of time", "write it as 60d or 3mo")


def _flag(text: str, _habit: Habits) -> Cell:
    word = text.casefold()
    if word in YES:
        return Cell("true")
    return Cell("false") if word in NO else doubtful("neither yes nor no")


def _one_of(field: str, what: str) -> Reader:
    """A reader of the words that words.yaml lists for a field."""

    def read(text: str, _habit: Habits) -> Cell:
        found = words()[field].get(text.casefold())
        return Cell(found) if found else doubtful(f"not {what}")

    return read


def _dpa(text: str, habit: Habits) -> Cell:
    word = text.casefold()
    if word in YES:
        return Cell("signed")
    return Cell("none") if word in NO else _one_of("dpa", "signed, pending or none")(text, habit)


def _level(text: str, _habit: Habits) -> Cell:
    """Sign-in: `yes` says that there is one, not that it is enforced."""
    word = text.casefold()
    if word in YES:
        return doubtful(
            "says that there is one, not whether it is enforced", "write enforced or optional"
        )
    if word in NO:
        return Cell("none")
    found = words()["level"].get(word)
    return (
        Cell(found)
        if found
        else doubtful("not a way to sign in that is known", "write none, optional or enforced")
    )


def _capabilities(text: str, _habit: Habits) -> Cell:
    """The whole text as one capability, or each of its parts."""
    whole = _capability(text)
    if whole:
        return Cell((whole,))
    parts = [part for part in re.split(r"\s*[;,/|&]\s*|\s+(?:und|and)\s+", text) if part]
    found = [_capability(part) for part in parts]
    known = tuple(dict.fromkeys(each for each in found if each))
    hint = "see `stackaudit catalog capabilities`"
    if not known:
        return doubtful("not a capability that the taxonomy knows", hint)
    return Cell(known) if all(found) else Cell(known, "not all of it is known", hint)


def _capability(text: str) -> str | None:
    folded = " ".join(text.casefold().split())
    inside = re.search(r"\(([^)]*)\)", folded)
    forms = [folded, re.sub(r"\s*\([^)]*\)", "", folded).strip(), inside[1] if inside else ""]
    for form in forms:
        for written in (form, form.replace(" ", "-"), form.replace("-", " ")):
            found = by_alias().get(written) or words()["capabilities"].get(written)
            if found:
                return found
    return None


def _link(text: str, _habit: Habits) -> Cell:
    """An address; a bare domain says which product it is, and is no link."""
    return Cell(link(text))


READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "name": _text,
        "vendor": _text,
        "domain": _link,
        "text": _text,
        "people": _people,
        "count": _count,
        "date": _date,
        "past": _past,
        "duration": _duration,
        "flag": _flag,
        "level": _level,
        "capabilities": _capabilities,
        "currency": _text,
        "paid": _date,
        "classified": _one_of("classified", "a class of confidentiality that is known"),
        "criticality": _one_of("criticality", "low, medium, high or critical"),
        "dpa": _dpa,
        "lifecycle": _one_of("lifecycle", "a stage of a tool's life that is known"),
        "region": _one_of("region", "a region that is known"),
    }
)


def read_cell(kind: str, text: str, habit: Habits) -> Cell:
    """What a cell of this kind of column says; money has a reader of its own."""
    if text == NO_VALUE:
        return doubtful("a formula without a value", "open the file, save it and import it again")
    if kind == "people":  # one to a line
        text = "; ".join(line.strip(" ;,") for line in text.splitlines() if line.strip())
    cleaned = text if kind == "domain" else plain(text)
    unknown = cleaned.casefold() in NEVER and kind in ("count", "date", "people")
    return SAYS_NOTHING if unknown or says_nothing(cleaned) else READERS[kind](cleaned, habit)
