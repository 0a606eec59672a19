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
    NOBODY,
    SAYS_NOTHING,
    YES,
    Cell,
    Habits,
    doubtful,
    plain,
    read_date,
    read_number,
    says_nothing,
)

Reader = Callable[[str, Habits], Cell]


def _text(text: str, habit: Habits) -> Cell:
    return Cell(text)


def _people(text: str, habit: Habits) -> Cell:
    """One name, or several as they stand: who of them answers for the tool is a question."""
    if text.casefold() in NOBODY:
        return Cell("none")
    names = [name.strip() for name in re.split(r"\s*(?:[;,/&]|\bund\b|\band\b)\s*", text) if name.strip()]
    if len(names) > 1:
        return Cell(", ".join(names), "names more than one", "say who of them answers for it")
    return Cell(text)


def _count(text: str, habit: Habits) -> Cell:
    number = read_number(text, habit)
    if number is None or number != int(number) or len(re.findall(r"\d[\d.,']*", text)) > 1:
        return doubtful("not a whole number")
    return Cell(str(int(number)))


def _date(text: str, habit: Habits) -> Cell:
    day = read_date(text, habit)
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


def _duration(text: str, habit: Habits) -> Cell:
    match = re.fullmatch(r"(\d{1,4})\s*([a-zäöü]+)\.?", text.casefold())
    if match:
        for unit, words in _UNITS:
            if re.fullmatch(words, match[2]):
                return Cell(f"{int(match[1])}{unit}")
    return doubtful("not a length of time", "write it as 60d or 3mo")


def _flag(text: str, habit: Habits) -> Cell:
    word = text.casefold()
    if word in YES:
        return Cell("true")
    return Cell("false") if word in NO else doubtful("neither yes nor no")


def _words(words: Mapping[str, str], what: str) -> Reader:
    def read(text: str, habit: Habits) -> Cell:
        found = words.get(text.casefold())
        return Cell(found) if found else doubtful(f"not {what}")

    return read


def _level(text: str, habit: Habits) -> Cell:
    """Sign-in: `yes` says that there is one, not that it is enforced."""
    word = text.casefold()
    if word in ("enforced", "required", "mandatory", "erzwungen", "verpflichtend", "pflicht"):
        return Cell("enforced")
    if word in ("optional", "available", "möglich", "verfügbar"):
        return Cell("optional")
    if word in NO:
        return Cell("none")
    if word in YES:
        return doubtful("says that there is one, not whether it is enforced",
                        "write enforced or optional")  # fmt: skip
    return doubtful("not a way to sign in that is known", "write none, optional or enforced")


def _capabilities(text: str, habit: Habits) -> Cell:
    names = by_alias()
    parts = [text] if _capability(text, names) else re.split(r"\s*[;,/|]\s*", text)
    found = [_capability(part, names) for part in parts if part.strip()]
    known = tuple(dict.fromkeys(each for each in found if each))
    if not known:
        return doubtful("not a capability that the taxonomy knows", "see `stackaudit catalog capabilities`")
    return Cell(known) if len(known) == len(found) else Cell(known, "not all of it is known")


def _capability(text: str, names: Mapping[str, str]) -> str | None:
    folded = " ".join(text.casefold().split())
    for form in (folded, re.sub(r"\s*\([^)]*\)", "", folded).strip(), folded.replace(" ", "-"),
                 folded.replace("-", " ")):  # fmt: skip
        if form in names:
            return names[form]
    return None


CLASSIFIED: Final = {
    "public": "public", "öffentlich": "public", "oeffentlich": "public", "green": "public", "grün": "public",
    "internal": "internal", "intern": "internal", "yellow": "internal", "gelb": "internal",
    "confidential": "confidential", "vertraulich": "confidential", "orange": "confidential",
    "restricted": "restricted", "streng vertraulich": "restricted", "geheim": "restricted",
    "secret": "restricted", "red": "restricted", "rot": "restricted", "highly confidential": "restricted",
}  # fmt: skip
CRITICALITY: Final = {
    "low": "low", "niedrig": "low", "gering": "low", "medium": "medium", "mittel": "medium",
    "high": "high", "hoch": "high", "critical": "critical", "kritisch": "critical",
    "sehr hoch": "critical",
}  # fmt: skip
DPA: Final = {
    **dict.fromkeys(YES | {"signed", "unterschrieben", "abgeschlossen", "vorhanden"}, "signed"),
    **dict.fromkeys(NO | {"missing", "fehlt"}, "none"),
    "pending": "pending", "in progress": "pending", "in arbeit": "pending", "angefragt": "pending",
    "not needed": "not_needed", "nicht nötig": "not_needed", "nicht erforderlich": "not_needed",
}  # fmt: skip
LIFECYCLE: Final = {
    "active": "active", "aktiv": "active", "in use": "active", "in benutzung": "active", "live": "active",
    "in betrieb": "active", "planned": "planned", "geplant": "planned", "pilot": "pilot", "test": "pilot",
    "trial": "pilot", "testphase": "pilot", "retiring": "retiring", "phasing out": "retiring",
    "läuft aus": "retiring", "auslaufend": "retiring", "retired": "retired", "inactive": "retired",
    "inaktiv": "retired", "decommissioned": "retired", "abgeschaltet": "retired",
    "deprecated": "retiring", "rejected": "rejected", "abgelehnt": "rejected",
}  # fmt: skip
REGIONS: Final = {
    "eu": "eu", "europe": "eu", "europa": "eu", "eea": "eu", "ewr": "eu", "germany": "eu",
    "deutschland": "eu", "de": "eu", "ireland": "eu", "irland": "eu", "frankfurt": "eu", "us": "us",
    "usa": "us", "united states": "us", "uk": "uk", "gb": "uk", "united kingdom": "uk",
    "großbritannien": "uk", "ch": "ch", "switzerland": "ch", "schweiz": "ch",
}  # fmt: skip

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "name": _text,
        "vendor": _text,
        "domain": _text,
        "text": _text,
        "people": _people,
        "count": _count,
        "date": _date,
        "past": _past,
        "duration": _duration,
        "flag": _flag,
        "level": _level,
        "capabilities": _capabilities,
        "classified": _words(CLASSIFIED, "a class of confidentiality that is known"),
        "criticality": _words(CRITICALITY, "low, medium, high or critical"),
        "dpa": _words(DPA, "signed, pending or none"),
        "lifecycle": _words(LIFECYCLE, "a stage of a tool's life that is known"),
        "region": _words(REGIONS, "a region that is known"),
    }
)


def read_cell(kind: str, text: str, habit: Habits) -> Cell:
    """What a cell of this kind of column says; money is read where the currency is known."""
    cleaned = plain(text)
    if says_nothing(cleaned) or (kind in ("count", "date", "people") and cleaned.casefold() in NEVER):
        return SAYS_NOTHING
    return READERS[kind](cleaned, habit)
