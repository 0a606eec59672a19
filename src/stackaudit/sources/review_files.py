"""In which file of an inventory the review of a tool stands, or belongs.

Reviews may stand together, or each in a file of its own that is named after its tool. In one file
git merges two branches that each add a review unless both stand between the same two neighbours; of
files of their own two branches never touch the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from glob import escape
from pathlib import Path, PurePath
from typing import Final

from stackaudit.inventory.files import real_path
from stackaudit.inventory.nodes import Map, Seq
from stackaudit.inventory.origins import Origins

REVIEWS: Final = "reviews"


@dataclass(frozen=True, slots=True)
class Where:
    """The file of a review."""

    file: str
    number: int | None
    """Its number among the files of the inventory; None if it is a new one."""


def where(tool: str, origins: Origins) -> Where:
    """The file that has the review.

    Else one of its own, where others have that; else the first with a section `reviews:`; else the
    main file.
    """
    number = origins.declared[REVIEWS].get(tool)
    if number is None:
        own = _own(tool, origins)
        if own is not None:
            return own
        number = next(_with_reviews(origins), 0)
    return Where(origins.documents[number].file, number)


def _with_reviews(origins: Origins) -> Iterator[int]:
    for number, document in enumerate(origins.documents):
        if isinstance(document.root, Map) and REVIEWS in document.root:
            yield number


def _own(tool: str, origins: Origins) -> Where | None:
    """A file named after the tool, beside that of another one's review, which an include covers."""
    for other in _alone(origins):
        file = other.with_name(f"{tool}{other.suffix}")
        there = real_path(Path(file))
        if any(PurePath(there).match(each) for each in _patterns(origins)):
            numbers = (
                n for n, d in enumerate(origins.documents) if real_path(Path(d.file)) == there
            )
            return Where(file.as_posix(), next(numbers, None))
    return None


def _alone(origins: Origins) -> Iterator[PurePath]:
    """The files that have one review and nothing else, and are named after its tool."""
    for document in origins.documents:
        root, file = document.root, PurePath(document.file)
        if isinstance(root, Map) and set(root) <= {"stackaudit", REVIEWS}:
            reviews = root.get(REVIEWS)
            if isinstance(reviews, Map) and list(reviews) == [file.stem]:
                yield file


def _patterns(origins: Origins) -> Iterator[str]:
    """What the files include by a pattern for names, from the root of the disk."""
    for document in origins.documents:
        listed = document.root.get("include") if isinstance(document.root, Map) else None
        for each in listed if isinstance(listed, Seq) else (listed,):
            if isinstance(each, str) and "*" in PurePath(each).name:
                folder = real_path(Path(document.file)).parent.as_posix()
                yield f"{escape(folder)}/{each}"
