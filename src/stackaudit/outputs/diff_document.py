"""The difference of two stacks as JSON: its shape, versioned, as other programs may rely on it.

Fields are added within a version and never change their meaning; the schema is generated from
these classes (`stackaudit schema diff`).
"""

from __future__ import annotations

import json
from typing import Any, Final, Literal

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

DIFF_VERSION: Final = 1

Severity = Literal["low", "medium", "high", "critical"]
CONFIG: Final = ConfigDict(extra="forbid", defer_build=True)


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class State:
    """One of the two states."""

    name: str = Field(description="A revision, a file, or the work tree.")
    there: bool = Field(description="Whether there was an inventory; if not, it counts as empty.")
    organization: str | None
    currency: str | None
    digest: str = Field(description="sha-256 of what the inventory declares.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Change:
    """One fact that is different."""

    fact: str = Field(description="Its path in the entry: access.mfa.")
    before: str | None = Field(description="As a person would write it; null if not stated.")
    after: str | None
    added: list[str] = Field(description="Of a list: what came.")
    removed: list[str] = Field(description="Of a list: what went.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Entry:
    """An entry of the inventory that is different."""

    kind: Literal["added", "removed", "renamed", "changed"]
    id: str
    label: str = Field(description="As a person would name it.")
    was: str | None = Field(description="The id it had before, if that was another.")
    changes: list[Change]
    widened: list[str] = Field(description="Of a tool: what a review has to look at again.")
    narrowed: list[str] = Field(description="Of a tool: what is less than it was.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Cost:
    """What one contract costs a year; null where there is none, or it is not stated."""

    contract: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Total:
    """A sum of money a year."""

    amount: float
    at_least: bool = Field(description="Whether some of what belongs to it is not stated.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Money:
    """What all contracts cost a year."""

    before: Total
    after: Total
    difference: float | None = Field(description="null where the two are in two currencies.")
    currency: str | None
    contracts: list[Cost] = Field(description="Those that are different.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Finding:
    """A finding that came, got worse, went away, or can no longer be decided."""

    rule: str
    severity: Severity
    was: Severity | None
    label: str
    message: str
    fingerprint: str
    missing: list[str] = Field(description="The facts whose absence leaves it open.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Findings:
    """What the same rules find in both states."""

    new: list[Finding]
    worse: list[Finding]
    cleared: list[Finding]
    open: list[Finding] = Field(description="Found before, and undecided now.")
    same: int


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Diff:
    """What is different between two states of a stack."""

    schema_version: Literal[1]
    tool_version: str
    as_of: str
    before: State
    after: State
    different: bool
    tools: list[Entry]
    lifecycles: list[Entry]
    flows: list[Entry]
    datasets: list[Entry]
    capabilities: list[Entry]
    contracts: list[Entry]
    reviews: list[Entry]
    other: list[Entry] = Field(description="Roadmap, budget, policy, and the stack as a whole.")
    money: Money
    findings: Findings


def diff_schema_text() -> str:
    """The schema as it is printed and committed."""
    schema: dict[str, Any] = TypeAdapter(Diff).json_schema(mode="serialization")
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"stackaudit diff, version {DIFF_VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
