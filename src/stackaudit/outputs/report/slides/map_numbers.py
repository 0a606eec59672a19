"""Where the numbers of missing flows stand: on their lines, none upon another or upon a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stackaudit.figures.lanes.route import Path, Rect

MARK: Final = 22.0
"""The width of a number with its ground."""
_ALONG: Final = (0.5, 0.38, 0.62, 0.28, 0.72, 0.2, 0.8)
_FREE: Final = MARK + 2
_Place = tuple[float, float]


def places(path: Path) -> list[_Place]:
    """Places for a number along a way, the best first: the middle of each of its parts."""
    found = [each.at(t) for t in _ALONG for each in path]
    return [(each.x, each.y) for each in found]


def apart(ways: Sequence[Sequence[_Place]], boxes: Sequence[Rect], room: Rect) -> list[_Place]:
    """For each way the first of its places that is free; else the one that is the freest."""
    found: list[_Place] = []
    for way in ways:
        inside = [each for each in way if _inside(each, room)] or list(way)
        found.append(max(inside, key=lambda each: _room(each, found, boxes)))
    return found


def _inside(place: _Place, room: Rect) -> bool:
    return room.top + MARK / 2 <= place[1] <= room.bottom - MARK / 2


def _room(place: _Place, taken: Sequence[_Place], boxes: Sequence[Rect]) -> float:
    """How free a place is: how far from the next number, and on no box."""
    nearest = min((_distance(place, each) for each in taken), default=_FREE)
    covers = any(_covers(place, each) for each in boxes)
    return min(nearest, _FREE) - (_FREE / 2 if covers else 0.0)


def _distance(one: _Place, other: _Place) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _covers(place: _Place, box: Rect) -> bool:
    (x, y), half = place, MARK / 2 - 2
    return box.left - half < x < box.right + half and box.top - half < y < box.bottom + half
