"""Lengths and paths of pictures in whole units, and paths from point to point."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_DECIMAL: Final = re.compile(r"(?<![\d.])-?\d+\.\d+")
_STEP: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER: Final = re.compile(r"-?\d*\.?\d+")
_POINTS: Final = {"M": 2, "L": 2, "C": 6}
"""How many numbers a step of points has."""
_Point = tuple[int, int]


def whole(text: str) -> str:
    """The same with whole numbers."""
    return _DECIMAL.sub(lambda match: str(_rounded(float(match[0]))), text)


def _rounded(value: float) -> int:
    return int(value + 0.5) if value >= 0 else -int(-value + 0.5)


def whole_path(path: str) -> str:
    """The path with whole numbers, each step counted from where the last one ended.

    Only where it begins anew, it may say where, if that is shorter.

    Points are rounded before they are counted from, so that errors do not add up. Raises
    ValueError for a step that no picture of ours has.
    """
    at, begun = (0, 0), (0, 0)
    parts: list[str] = []
    for letter, rest in _STEP.findall(path):
        step, at = _step(letter, [float(each) for each in _NUMBER.findall(rest)], at)
        at = begun if step == "z" else at
        begun = at if step[0] in "Mm" else begun
        moved = f"M{_joined(at)}" if step[0] == "m" else step
        parts.append(step if parts and len(step) <= len(moved) else moved)
    return "".join(parts)


def _step(letter: str, values: list[float], at: _Point) -> tuple[str, _Point]:
    """A step as text, and where it ends."""
    x, y = (0, 0) if letter.isupper() else at
    numbers = [_rounded(value) for value in values]
    if letter in "zZ":
        return "z", at
    if letter in "Hh":
        return f"h{numbers[0] + x - at[0]}", (numbers[0] + x, at[1])
    if letter in "Vv":
        return f"v{numbers[0] + y - at[1]}", (at[0], numbers[0] + y)
    if len(numbers) != _POINTS.get(letter.upper()):
        raise ValueError(f"{letter} with {len(values)} numbers")
    points = [number + (y if place % 2 else x) for place, number in enumerate(numbers)]
    end = (points[-2], points[-1])
    moved = [n - at[place % 2] for place, n in enumerate(points)]
    if letter in "Cc" and _level(moved):
        return f"h{moved[-2]}", end
    return letter.lower() + _joined(moved), end


def _level(moved: Sequence[int]) -> bool:
    """Whether a curve is a line from side to side that nowhere turns back."""
    first, second, end = moved[::2]
    return not any(moved[1::2]) and (0 <= first <= second <= end or 0 >= first >= second >= end)


def _joined(numbers: Sequence[int]) -> str:
    """Numbers with a blank between them only where no sign parts them."""
    first, *others = map(str, numbers)
    return first + "".join(each if each.startswith("-") else f" {each}" for each in others)
