"""Squarified treemaps: rectangles of given areas that are as close to squares as they can be.

After M. Bruls, K. Huizing and J. van Wijk, Squarified Treemaps, 2000.
"""

from __future__ import annotations

from collections.abc import Sequence

from stackaudit.figures.lanes.route import Rect


def squarified(weights: Sequence[float], whole: Rect) -> tuple[Rect, ...]:
    """A rectangle for each weight, in their order; together they fill the whole exactly.

    Weights are more than 0, the largest first. The order decides the place: large ones stand at
    the top left.
    """
    total = sum(weights)
    scale = whole.width * whole.height / total if total else 0.0
    areas = [each * scale for each in weights]
    found: list[Rect] = []
    rest = whole
    while len(found) < len(areas):
        row = _row(areas[len(found) :], min(rest.width, rest.height))
        last = len(found) + len(row) == len(areas)
        placed, rest = _laid(row, rest, last=last)
        found.extend(placed)
    return tuple(found)


def _row(areas: Sequence[float], side: float) -> Sequence[float]:
    """As many of the next areas as make the worst of them squarer."""
    count, best = 1, _worst(areas[:1], side)
    while count < len(areas):
        following = _worst(areas[: count + 1], side)
        if following > best:
            break
        count, best = count + 1, following
    return areas[:count]


def _worst(row: Sequence[float], side: float) -> float:
    """The largest ratio of sides in a row along a side of that length."""
    total = sum(row)
    return max(side**2 * max(row) / total**2, total**2 / (side**2 * min(row)))


def _laid(row: Sequence[float], rest: Rect, *, last: bool) -> tuple[list[Rect], Rect]:
    """The row along the shorter side, and what is left; the last row takes all that is left."""
    upright = rest.width >= rest.height
    side, other = (rest.height, rest.width) if upright else (rest.width, rest.height)
    depth = other if last else min(sum(row) / side, other)
    found, at = [], 0.0
    for number, area in enumerate(row):
        length = side - at if number == len(row) - 1 else min(area / depth, side - at)
        if upright:
            found.append(Rect(rest.left, depth, rest.top + at, length))
        else:
            found.append(Rect(rest.left + at, length, rest.top, depth))
        at += length
    if upright:
        return found, Rect(rest.left + depth, rest.width - depth, rest.top, rest.height)
    return found, Rect(rest.left, rest.width, rest.top + depth, rest.height - depth)
