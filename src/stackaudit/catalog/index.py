"""The index: the whole catalog in one file that opens in milliseconds.

The first line is a JSON object: names, domains, the words around names, and where in the file each
product is; each further line is one product as JSON, decoded when somebody asks for it. It is
written when the package is built (:mod:`stackaudit.catalog.building`). In a checkout whose data is
newer than the index, or that has none, the same is made in memory, which takes a second.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from stackaudit.catalog.around import Words

FILE: Final = Path(__file__).parent / "index.jsonl"
DATA: Final = Path(__file__).parent / "data"
"""The files that the index is made of: there in a checkout, not in a release."""
FORMAT: Final = 4
"""Changes with the form of the index, so that an old file is not read as a new one."""

Table: TypeAlias = "Mapping[str, Sequence[int]]"
"""Name → numbers of the products that have it, which are short to store and quick to read."""


class Index(NamedTuple):
    """The catalog as it is stored."""

    digest: str
    """sha-256 of everything in it; part of every report."""
    ids: Sequence[str]
    """The products, sorted; their places here are their numbers."""
    sure: Table
    """Keys of names; several products may share one."""
    weak: Table
    """Keys that name a product only together with its vendor or domain."""
    domains: Table
    sold: Table
    """Keys of vendors; the products of each."""
    renamed: Mapping[str, str]
    """Ids that are no longer used → those that took their place."""
    datasets: Mapping[str, Any]
    words: Words
    records: Mapping[str, Any]
    """Product → where its line begins and ends in `data`, or what is known of it."""
    data: bytes

    def record(self, id_: str) -> dict[str, Any]:
        """What is known of one product; raises KeyError for an id that does not exist."""
        stored = self.records[id_]
        if isinstance(stored, dict):
            return stored
        start, end = stored
        found: dict[str, Any] = json.loads(self.data[start:end])
        return found

    def owners(self, table: Table, name: str) -> tuple[str, ...]:
        """The ids of the products that have a name in one of the tables."""
        return tuple([self.ids[number] for number in table.get(name, ())])


def stored_index() -> Index | None:
    """The index as the file has it; None if there is none, or one that is out of date."""
    try:
        if _newest_data() > FILE.stat().st_mtime_ns:
            return None
        return decoded(FILE.read_bytes())
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _newest_data() -> int:
    """When the data was last touched; 0 in a release, which has none.

    The times of folders count too: they tell when a file came or went.
    """
    newest, folders = 0, [str(DATA)] if DATA.is_dir() else []
    while folders:
        folder = folders.pop()
        newest = max(newest, Path(folder).stat().st_mtime_ns)
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders.append(entry.path)
                elif entry.name.endswith(".yaml"):
                    newest = max(newest, entry.stat().st_mtime_ns)
    return newest


def encoded(header: Mapping[str, Any], records: Mapping[str, Any]) -> bytes:
    """The file for what is given; the same input gives the same bytes."""
    lines = [_line(record) for record in records.values()]
    sizes = {"format": FORMAT, "ids": list(records), "sizes": [len(line) for line in lines]}
    return b"".join((_line({**sizes, **header}), *lines))


def decoded(data: bytes) -> Index:
    """The index in a file; raises ValueError if it is not one of this form."""
    body = data.find(b"\n") + 1
    head = json.loads(data[:body])
    if head.get("format") != FORMAT:
        raise ValueError("an index of another format")
    ends = list(accumulate(head["sizes"], initial=body))
    if ends[-1] != len(data):
        raise ValueError("half an index")
    return Index(
        digest=head["digest"],
        ids=head["ids"],
        sure=head["sure"],
        weak=head["weak"],
        domains=head["domains"],
        sold=head["sold"],
        renamed=head["renamed"],
        datasets=head["datasets"],
        words=Words.stored(head["words"]),
        records=dict(zip(head["ids"], pairwise(ends), strict=True)),
        data=data,
    )


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
