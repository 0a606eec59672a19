"""Mapping files: what the columns of a table mean, kept for the next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Final, cast

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place, Problem, did_you_mean
from stackaudit.inventory.edit.render import scalar
from stackaudit.inventory.files import read_bytes, shown_name
from stackaudit.inventory.nodes import Map, unpack
from stackaudit.inventory.reader import read_document
from stackaudit.sources.tables.columns import IGNORED, Column, fields
from stackaudit.sources.tables.numbers import Decimals
from stackaudit.sources.tables.table import TableError

_KEYS: Final = ("columns", "currency", "decimal")


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a mapping file says."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Column → field, or `ignore`."""
    currency: str | None = None
    """The currency of amounts that do not name one."""
    decimals: Decimals | None = None
    """The decimal sign of all columns."""


def read_mapping(path: Path) -> Mapped:
    """Read a mapping file; raises TableError with the lines of all that is wrong."""
    file = shown_name(path)
    document = read_document(read_bytes(path, file), file)
    problems = list(document.problems)
    root = document.root
    if not isinstance(root, Map):
        hint = "write columns: {Annual spend: cost_year}"
        raise TableError(problems or [_bad(file, "a mapping file has `columns:`", hint)])
    for key in root:
        if key not in _KEYS:
            place = Place(file, *unpack(root.key_position(key)))
            near = did_you_mean(key, _KEYS, f"it may have {', '.join(_KEYS)}")
            problems.append(Problem("unknown-key", "a mapping file has no such key", place, near))
    columns = _columns(root.get("columns"), file, problems)
    currency, decimals = root.get("currency"), root.get("decimal")
    if currency is not None and not _is_code(currency):
        problems.append(_bad(file, "`currency:` is not a currency", "write its code, as in EUR"))
    if decimals not in (None, ".", ","):
        problems.append(_bad(file, "`decimal:` is neither . nor ,", 'write decimal: ","'))
    if problems:
        raise TableError(problems)
    return Mapped(columns, currency, cast("Decimals | None", decimals))


def _columns(node: object, file: str, problems: list[Problem]) -> dict[str, str]:
    if not isinstance(node, Map):
        if node is not None:
            hint = "write columns: {Annual spend: cost_year}"
            problems.append(_bad(file, "`columns:` is not a mapping", hint))
        return {}
    found: dict[str, str] = {}
    for column, meaning in node.items():
        name = _by_key().get(str(meaning), str(meaning))
        if name not in fields() and name != IGNORED:
            place = Place(file, *unpack(node.value_position(column)))
            known = [*fields(), IGNORED]
            near = did_you_mean(name, known, f"one of {', '.join(known)}")
            problems.append(Problem("unknown-field", "a column cannot mean this", place, near))
        found[column] = name
    return found


def _by_key() -> Mapping[str, str]:
    """The keys of an inventory as other names of the fields: contract.cost/year, owner.business."""
    return {
        f"{each.key}/{each.period}" if each.period else each.key: each.name
        for each in fields().values()
        if each.key
    }


def _is_code(text: object) -> bool:
    return isinstance(text, str) and len(text) == 3 and text.isascii() and text.isupper()


def _bad(file: str, message: str, hint: str) -> Problem:
    return Problem("bad-mapping", message, Place(file, 1, 1), hint)


def mapping_text(columns: Sequence[Column]) -> str:
    """A mapping file that says what was recognized, to keep and to change."""
    lines = ["# Which column means what; `ignore` leaves one out.", "columns:"]
    lines += [
        f"  {scalar(each.name)}: {each.field.name if each.field else IGNORED}"
        for each in columns
        if each.name
    ]
    return "\n".join(lines) + "\n"
