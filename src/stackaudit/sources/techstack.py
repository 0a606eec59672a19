"""A company's tech stack as a YAML list, in the style of GitLab's handbook.

Its `integration_method` is the way people sign in, not how data flows; its four colors are
classes of confidentiality. The values are what many hands wrote in many years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from stackaudit.inventory.files import read_bytes, shown_name
from stackaudit.inventory.nodes import Map, Seq, unpack
from stackaudit.inventory.reader import Document, read_document
from stackaudit.sources.observation import Doubt, Observation, Seen, ToolSeen
from stackaudit.sources.options import Options
from stackaudit.sources.tables.cells import Cell, Habits, doubtful, host, plain, says_nothing
from stackaudit.sources.tables.read_lists import list_in, text_of
from stackaudit.sources.tables.readers import read_cell
from stackaudit.sources.tables.table import problem
from stackaudit.sources.tables.words import means, words

NAME: Final = "tech-stack"

_OWN: Final = (b"data_classification:", b"integration_method:", b"critical_systems_tier:",
               b"group_owner:", b"deprovisioner:")  # fmt: skip

PEOPLE: Final[Mapping[str, str]] = {
    "business_owner": "owner.business",
    "technical_owner": "owner.technical",
}
TEXTS: Final[Mapping[str, str]] = {
    "provisioner": "x-provisioner",
    "deprovisioner": "x-deprovisioner",
    "subprocessor": "x-subprocessor",
    "collected_data": "x-collected-data",
    "employee_or_customer_facing_app": "x-facing",
    "critical_systems_tier": "x-tier",
}
"""What no rule reads; kept as it stands."""
_COLORS: Final = (
    ("red", "restricted"), ("orange", "confidential"), ("yellow", "internal"), ("green", "public"),
)  # fmt: skip
_ENFORCED: Final = frozenset({"okta", "saml", "sso", "okta saml", "saml sso", "okta sso"})
_OPTIONAL: Final = frozenset({"google oauth", "google", "google sso", "google workspace", "oauth"})
_NO_SSO: Final = frozenset(
    {"login", "username and password", "username/password", "password", "email and password",
     "manual", "local", "local account"}
)  # fmt: skip
_TIERS: Final = (
    (r"\btier 1\b|mission critical", "critical"), (r"\btier 2\b|business critical", "high"),
    (r"\btier 3\b|business operational", "medium"), (r"\btier 4\b|administrative", "low"),
)  # fmt: skip


def recognizes(path: Path, head: bytes) -> bool:
    """Whether a file is such a list: entries with a title, and two keys that only it has."""
    named = path.suffix.lower() in (".yml", ".yaml") and b"title:" in head
    return named and sum(key in head for key in _OWN) > 1


def read(path: Path, options: Options) -> Iterator[Observation]:  # noqa: ARG001
    """Every entry as a tool seen; raises TableError for what is not YAML."""
    file = shown_name(path)
    document = read_document(read_bytes(path, file), file, foreign=True)
    entries = list_in(document.root)
    if not entries:
        first = next(iter(document.problems), None)
        line = first.place.line if first and first.place else 1
        message = first.message if first else "no list of entries is found"
        raise problem(file, line, message, "it needs a list of entries with a title each")
    yield from _problems(document)
    for number, entry in enumerate(entries):
        row = unpack(entries.item_position(number))[0] if isinstance(entries, Seq) else number + 1
        yield from _entry(entry, Seen(NAME, file, row))


def _problems(document: Document) -> Iterator[Doubt]:
    """What an inventory may not have, and other people's files do: reported, not refused."""
    for each in document.problems:
        seen = Seen(NAME, document.file, each.place.line if each.place else None)
        yield Doubt(seen, None, each.message, each.hint)


def _entry(entry: Any, seen: Seen) -> Iterator[Observation]:
    title = plain(text_of(entry.get("title"))) if isinstance(entry, Map) else ""
    if says_nothing(title):
        yield Doubt(seen, "title", "no title says which tool this is; the entry was not read")
        return
    facts: dict[str, Any] = {}
    doubts: list[Doubt] = []
    remark = _REMARK.fullmatch(title)  # as in `Allocadia (deprecated)`
    if remark and (stage := words()["lifecycle"].get(remark[2].casefold())):
        title, facts["lifecycle"] = remark[1], stage
    for key, place, cell in _cells(entry):
        if cell.value is not None:
            facts.setdefault(place, cell.value)
        if cell.doubt:
            doubts.append(Doubt(seen, key, cell.doubt, cell.hint, place))
    domain = host(text_of(entry.get("domain"))) if entry.get("domain") else None
    vendor = plain(text_of(entry.get("vendor"))) or None
    if vendor and means("in_house", vendor):
        vendor, facts["product"] = None, "none"
    yield ToolSeen(title, seen, facts, vendor, domain)
    yield from doubts


_REMARK: Final = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]")


def _cells(entry: Map) -> Iterator[tuple[str, str, Cell]]:
    """Key of the entry, key of the inventory, what it says."""
    for key, place in PEOPLE.items():
        yield key, place, read_cell("people", text_of(entry.get(key)), Habits())
    if says_nothing(plain(text_of(entry.get("business_owner")))):
        text = text_of(entry.get("group_owner"))
        yield "group_owner", "owner.business", read_cell("people", text, Habits())
    yield "data_classification", "classified", _color(_text(entry, "data_classification"))
    yield "integration_method", "access.sso", _sign_in(_text(entry, "integration_method"))
    yield "critical_systems_tier", "criticality", _tier(_text(entry, "critical_systems_tier"))
    yield "description", "notes", read_cell("text", text_of(entry.get("description")), Habits())
    for key, place in TEXTS.items():
        yield key, place, read_cell("text", text_of(entry.get(key)), Habits())


def _text(entry: Map, key: str) -> str:
    return plain(text_of(entry.get(key))).casefold()


def _color(text: str) -> Cell:
    """One color; of two, the stricter is not known to be meant."""
    if says_nothing(text):
        return Cell()
    found = {level for color, level in _COLORS if re.search(rf"\b{color}\b", text)}
    if len(found) == 1:
        return Cell(found.pop())
    return (
        doubtful("not one of Red, Orange, Yellow, Green")
        if not found
        else doubtful("more than one class")
    )


def _sign_in(text: str) -> Cell:
    """Okta or SAML is the way in; a Google account is one of several."""
    if says_nothing(text):
        return Cell()
    for spellings, level in ((_ENFORCED, "enforced"), (_OPTIONAL, "optional"), (_NO_SSO, "none")):
        if text in spellings:
            return Cell(level)
    return doubtful("not a way to sign in that is known", "write none, optional or enforced")


def _tier(text: str) -> Cell:
    if says_nothing(text):
        return Cell()
    found = {level for pattern, level in _TIERS if re.search(pattern, text)}
    return Cell(found.pop()) if len(found) == 1 else doubtful("not a tier that is known")
