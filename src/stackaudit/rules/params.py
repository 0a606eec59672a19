"""Parameters of rules: the type of a threshold is read from how its default is written."""

from __future__ import annotations

import re
from typing import Any, Final

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
        return Constant(NUMBER, _number(value), name)
    for parse, type_, convert in (
        (parse_share, SHARE, float),
        (parse_duration, MINUTES, lambda duration: duration.minutes),
    ):
        try:
            return Constant(type_, _converted(parse, convert, value), name)
        except ValueProblem:
            continue
    return Constant(TEXT, value, name)


def _converted(parse: Any, convert: Any, value: str) -> Any:
    return convert(parse(value))


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)
