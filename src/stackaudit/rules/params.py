"""Parameters of rules: the type of a threshold is read from how its default is written."""

from __future__ import annotations

import re
from typing import Final

from stackaudit.inventory.values import NUMBER as NUMBER_PATTERN
from stackaudit.inventory.values import ValueProblem, parse_duration, parse_share
from stackaudit.rules.expressions.tree import Constant
from stackaudit.rules.types import FLAG, MINUTES, NUMBER, SHARE, TEXT, TEXTS

_PLAIN_NUMBER: Final = re.compile(NUMBER_PATTERN)


def read_param(name: str, value: str | tuple[str, ...]) -> Constant:
    """`40%` is a share, `4h` a duration, `25000` a number, `[a, b]` texts; else a text."""
    if isinstance(value, tuple):
        return Constant(TEXTS, value, name)
    if value in ("true", "false"):
        return Constant(FLAG, value == "true", name)
    if _PLAIN_NUMBER.fullmatch(value):
        return Constant(NUMBER, float(value) if "." in value else int(value), name)
    return _share(name, value) or _duration(name, value) or Constant(TEXT, value, name)


def _share(name: str, value: str) -> Constant | None:
    try:
        return Constant(SHARE, parse_share(value), name)
    except ValueProblem:
        return None


def _duration(name: str, value: str) -> Constant | None:
    try:
        return Constant(MINUTES, parse_duration(value).minutes, name)
    except ValueProblem:
        return None
