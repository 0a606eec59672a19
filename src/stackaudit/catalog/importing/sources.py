"""Where imported facts come from: the table in sources.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from stackaudit.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A public source in the version that was read."""

    id: str
    title: str
    repository: str
    commit: str
    date: str
    path: str
    licence: str
    licence_url: str
    author: str
    taken: str

    def page(self, *parts: str) -> str:
        """The address of a file or folder in the version that was read."""
        return "/".join((self.repository, "blob", self.commit, self.path, *parts))


def table(name: str) -> Any:
    """A YAML table that stands beside this module."""
    return yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))


@cache
def sources() -> Mapping[str, Source]:
    """All sources, in the order of the table."""
    return {
        id_: Source(id=id_, **{key: str(value) for key, value in entry.items()})
        for id_, entry in table("sources.yaml").items()
    }
