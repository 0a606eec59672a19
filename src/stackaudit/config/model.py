"""What a configuration can say; every key is optional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass as plain_dataclass
from dataclasses import field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic.dataclasses import dataclass

from stackaudit.inventory.model.part import CONFIG, Part
from stackaudit.inventory.model.scalars import ListMeant, Text, Texts
from stackaudit.rules.rule_file import Level, Param

Threshold = Literal["low", "medium", "high", "critical", "none"]


def _one_or_more(value: object) -> object:
    return [value] if type(value) is str else value


OneOrMore = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more)]


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class RuleSettings(Part):
    """What is changed about one rule."""

    severity: Level | None = None
    """Its severity, whatever the rule itself says."""
    params: Mapping[str, Param] | None = None
    """Its thresholds, each written as its default is."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
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
    gate: Mapping[str, Threshold] | None = None
    """From which severity on a category's findings gate; `none`: not at all."""


@plain_dataclass(frozen=True, slots=True)
class Config:
    """A configuration as read: what it says, where it stands, and from which file."""

    said: ConfigFile = field(default_factory=ConfigFile)
    file: str | None = None
    """The file, as messages name it; None where there is no configuration."""
    folder: Path = field(default_factory=Path)
    """What paths in it are relative to, and may not leave."""
