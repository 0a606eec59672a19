"""Values as YAML text: plain where that is safe, in quotes where it is not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from stackaudit.dataclass import dataclass
from stackaudit.inventory.reader import NULLS

Value: TypeAlias = "str | Mapping[str, Value] | Sequence[Value]"

WIDTH: Final = 100
"""A mapping or list that fits into so many columns stays on one line."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9_À-ɏ][A-Za-z0-9_À-ɏ .+@/()&'-]*")
_LINK: Final = re.compile(r"https?://[A-Za-z0-9._~/?=&%+-]+")


@dataclass(frozen=True, slots=True)
class Append:
    """Items to add at the end of a list."""

    items: Sequence[Value]


def scalar(text: str) -> str:
    """A text as a YAML scalar that reads back as the same text, in block and in flow style."""
    safe = (_PLAIN.fullmatch(text) or _LINK.fullmatch(text)) and not text.endswith(" ")
    if safe and text not in NULLS:
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f").translate(_ESCAPES)


_ESCAPES: Final = {
    code: f"\\u{code:04x}" for code in (*range(0x80, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
}


def inline(value: Value) -> str:
    """A value on one line: `{a: b}`, `[a, b]`."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{scalar(key)}: {inline(each)}" for key, each in value.items()) + "}"
        )
    return "[" + ", ".join(inline(each) for each in value) + "]"


def block(key: str, value: Value, indent: int, depth: int = 1) -> list[str]:
    """The lines of `key: value` at an indent; mappings are opened to `depth` levels."""
    start = f"{' ' * indent}{scalar(key)}:"
    if isinstance(value, Mapping) and value and depth > 0:
        lines = [start]
        for name, each in value.items():
            lines += block(name, each, indent + 2, depth - 1)
        return lines
    text = inline(value)
    if len(start) + 1 + len(text) <= WIDTH or isinstance(value, str) or not value:
        return [f"{start} {text}"]
    if isinstance(value, Mapping):
        return block(key, value, indent, 1)
    return [start, *(f"{' ' * (indent + 2)}- {inline(each)}" for each in value)]
