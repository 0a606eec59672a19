"""What chapters are made of, before there is a page: texts, lists, tables, pictures."""

from __future__ import annotations

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.parts import ChapterId
from stackaudit.outputs.report.tables.model import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below that of the chapter."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; with a label it begins with that."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; every entry may have a label."""

    entries: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, drawn by each format that can."""

    key: str
    """lanes, matrix, overlap, spend, quadrant, renewals, exposure, or `lineage/<dataset>`."""
    title: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table among texts; its title is a heading if it has one."""

    table: Table


Block = Heading | Text | Bullets | Picture | Grid


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter."""

    id: ChapterId
    title: str
    about: str
    blocks: tuple[Block, ...]
    empty: str | None
    """Why it has nothing to show, as a sentence; it may have blocks all the same."""
