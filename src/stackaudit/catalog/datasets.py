"""Typical kinds of data, from datasets.yaml."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Dataset(NamedTuple):
    """A typical kind of data."""

    id: str
    name: str
    definition: str
    privacy: Literal["none", "personal", "special"]
    confidentiality: Literal["public", "internal", "confidential", "restricted"]
    identity: tuple[str, ...]
    """The keys by which a record is usually tied to a person, company or order."""
