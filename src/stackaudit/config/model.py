"""What a configuration can say; every key is optional."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, PlainValidator, Tag, WithJsonSchema

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import Count, Day, ListMeant, Text, Texts, refuse
from stackaudit.inventory.nodes import Map, unpack, walk, walk_value
from stackaudit.inventory.tree import DISK, Tree
from stackaudit.rules.review_policy import Requirements, ReviewSettings
from stackaudit.rules.rule_file import Level, Param

Threshold = Literal["low", "medium", "high", "critical", "none"]


def _one_or_more(value: object) -> object:
    return [value] if type(value) is str else value


OneOrMore = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSettings(Part):
    """What is changed about one rule."""

    severity: Level | None = None
    """Its severity, whatever the rule itself says."""
    params: Mapping[str, Param] | None = None
    """Its thresholds, each written as its default is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSettings(Part):
    """What makes an audit fail: a severity for each category from which on findings gate."""

    bloat: Threshold | None = None
    integration: Threshold | None = None
    silo: Threshold | None = None
    security: Threshold | None = None
    alignment: Threshold | None = None
    inventory: Threshold | None = None
    require: Requirements | None = None
    """What an approval has to have to be trusted."""
    records: Literal["change", "base"] | None = None
    """Whose reviews, waivers and baseline count when a change is compared with a revision: as
    they stand in the change, where code owners approve them, or only the base's."""

    def threshold(self, category: str) -> Threshold | None:
        """What is said of a category; None if nothing is."""
        said: Threshold | None = getattr(self, category)
        return said


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverEntry(Part):
    """A finding that somebody accepts."""

    rule: Text
    """The id of the rule, or `<category>/*`."""
    subject: Text
    """The id of the subject; several are joined by `+`, and `*` stands for any characters."""
    reason: Text
    owner: Text
    """Who answers for it."""
    expires: Day
    """The last day on which it counts."""
    on: Day | None = None
    """The day it was given; it counts from that day on."""
    ticket: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiversFile(Part):
    """A file of waivers."""

    waivers: Annotated[tuple[WaiverEntry, ...], ListMeant] | None = None


def _list_or_file(value: object) -> str:
    return "file" if type(value) is str else "list"


WaiversOrFile = Annotated[
    Annotated[tuple[WaiverEntry, ...], Tag("list")] | Annotated[Text, Tag("file")],
    Discriminator(_list_or_file),
]


def _color(value: object) -> str:
    if type(value) is str and re.fullmatch("#[0-9A-Fa-f]{6}", value):
        return value.lower()
    raise refuse("not a color", "write it in quotes as six hex digits, as in '#1f5fbf'")


Color = Annotated[
    str,
    PlainValidator(_color),
    WithJsonSchema({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings(Part):
    """How reports present themselves: for whom, by whom, in which language."""

    title: Text | None = None
    """What the report is called; its kind and the organization if nothing is said."""
    client: Text | None = None
    """For whom it is; the organization of the inventory if nothing is said."""
    author: Text | None = None
    """Who made it."""
    logo: Text | None = None
    """A PNG or JPEG file for the cover."""
    accent: Color | None = None
    """The color of lines and marks, as in '#1f5fbf'."""
    language: Text | None = None
    """The language of the report, as in en or de."""
    confidentiality: Text | None = None
    """What stands on every page, as in `confidential`."""
    templates: Text | None = None
    """A folder with templates that go before those that ship."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile(Part):
    """The configuration of a repository."""

    inventory: Text | None = None
    """The inventory to read when none is named; stack.yaml if nothing is said."""
    catalog: OneOrMore | None = None
    """Files with products of your own; they add to the catalog and override it."""
    rules: OneOrMore | None = None
    """Folders with rules of your own, as <category>/<name>.yaml."""
    select: Annotated[Texts, ListMeant] | None = None
    """Only these rules or categories."""
    ignore: Annotated[Texts, ListMeant] | None = None
    """Not these rules or categories."""
    adjust: Mapping[str, RuleSettings] | None = None
    """Severities and parameters, by the id of the rule."""
    gate: GateSettings | None = None
    """From which severity on a category's findings gate; `none`: not at all."""
    reviews: ReviewSettings | None = None
    """How long reviews count and what they have to rest on, by what a tool exposes."""
    baseline: Text | None = None
    """The file of findings that were known when the gate was introduced."""
    waivers: WaiversOrFile | None = None
    """Findings that are accepted; or the file that lists them."""
    waiver_days: Count | None = None
    """So many days at most a waiver counts; 365 if nothing is said."""
    report: ReportSettings | None = None
    """How reports present themselves."""


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration as read: what it says, where it stands, and from which file."""

    said: ConfigFile = field(default_factory=ConfigFile)
    file: str | None = None
    """The file, as messages name it; None where there is no configuration."""
    folder: Path = field(default_factory=Path)
    """What paths in it are relative to, and may not leave."""
    root: Map | None = None
    """The file as read, to find the place of what it says."""
    tree: Tree = DISK
    """Where it was read from, and where what it names is: the disk, or a revision."""

    def place(self, *path: str | int) -> Place | None:
        """Where the value of a key or item stands; None where there is no file."""
        return place_of(self.root, self.file, *path)

    def rule_folders(self, more: Sequence[Path] = ()) -> list[Path]:
        """The folders with rules of one's own: those that it names, and more."""
        return [*(self.folder / name for name in self.said.rules or ()), *more]


def place_of(root: Map | None, file: str | None, *path: str | int) -> Place | None:
    """Where a value stands in a file that was read."""
    if root is None or file is None:
        return None
    position = walk_value(root, path)
    return Place(file, *unpack((walk(root, path) if position is None else position) or 0))
