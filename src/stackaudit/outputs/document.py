"""The JSON report: its shape, versioned, as other programs may rely on it.

Fields are added within a version and never change their meaning; the schema is generated from
these classes (`stackaudit schema report`).
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

SCHEMA_VERSION: Final = 1

Severity = Literal["low", "medium", "high", "critical"]
CONFIG: Final = ConfigDict(extra="forbid", defer_build=True)


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Subject:
    """What a finding is about."""

    kind: str = Field(description="tool, flow, dataset, capability, contract, stack …")
    id: str = Field(description="Its id in the inventory.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Location:
    """A position in a file of the inventory, from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Evidence:
    """A fact that the rule read."""

    fact: str = Field(description="Its name, such as tool.mfa.")
    subject: str = Field(description="Of what it is a fact.")
    value: object = Field(
        description="Its value; a range as {low, high}, open lists as {at_least}."
    )
    shown: str = Field(description="The value as a person would write it.")
    origin: Literal["stated", "catalog", "derived", "default"] = Field(
        description="Where it comes from."
    )
    place: Location | None


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Unknown:
    """Something not stated that could decide a rule."""

    fact: str
    subject: str
    missing: str = Field(description="Its path in the inventory: tools.hubspot.access.mfa.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Money:
    """Money a year, in the currency of the report."""

    amount: float | None = Field(description="null where it is unknown.")
    at_least: bool = Field(description="Whether the amount is only a lower bound.")
    contract: str | None = Field(description="The contract it belongs to.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Ask:
    """The question for each side of the table."""

    it: str
    marketing: str


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Finding:
    """One rule that found something about one subject."""

    rule: str
    title: str
    category: str
    severity: Severity
    may_be: Severity | None = Field(
        description="A higher severity that an unknown fact leaves possible."
    )
    status: Literal["new", "known", "worse", "waived"]
    gates: bool = Field(description="Whether it makes the audit fail.")
    subjects: list[Subject]
    label: str = Field(description="The subject as a person would name it.")
    message: str
    why: str
    fix: str
    ask: Ask
    lead: Literal["it", "marketing", "both"]
    effort: Literal["small", "medium", "large"]
    evidence: list[Evidence]
    path: list[str] = Field(description="The tools along which the data or the key goes.")
    locations: list[Location]
    saves: Money | None
    costs: Money | None
    fingerprint: str = Field(description="What makes it the same finding tomorrow.")
    folded_under: str | None = Field(
        description="The fingerprint of the finding that this one is a consequence of."
    )
    time_driven: bool = Field(description="Whether the passing of time alone can raise it.")
    unknown: list[Unknown] = Field(description="What could still raise its severity.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Open:
    """A rule that could not be decided for a subject."""

    rule: str
    severity: Severity
    subjects: list[Subject]
    unknown: list[Unknown]
    location: Location | None


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Fixed:
    """A finding of the baseline or base revision that is gone."""

    rule: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Total:
    """A sum of money a year."""

    amount: float
    at_least: bool


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class CategoryFigures:
    """The figures of one category of rules."""

    category: str
    findings: dict[Severity, int]
    folded: int
    open: int
    gating: int
    saves: Total
    at_stake: Total


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Figures:
    """The figures at the head of the report."""

    tools: int
    tools_in_use: int
    flows: int
    datasets: int
    annual_cost: Total
    findings: dict[Severity, int]
    by_status: dict[str, int]
    by_lead: dict[str, int]
    categories: list[CategoryFigures]
    saves: Total = Field(description="Of several findings on one contract, the largest counts.")
    at_stake: Total
    open: int
    completeness: float = Field(description="Share of asked facts stated, over tools in use.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Verdict:
    """The outcome."""

    passed: bool
    clean: bool
    gating: int
    checks: int
    decided: int
    decided_share: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class RuleRun:
    """A rule that ran."""

    rule: str
    digest: str
    checks: int
    found: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Failure:
    """A rule that failed while it ran: a bug."""

    rule: str
    subject: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Digests:
    """What the audit rests on, as sha-256."""

    inventory: str
    rules: str
    catalog: str


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Report:
    """The result of an audit."""

    schema_version: Literal[1]
    tool_version: str
    as_of: str
    organization: str | None
    currency: str | None
    verdict: Verdict
    figures: Figures
    findings: list[Finding]
    open: list[Open]
    fixed: list[Fixed]
    failures: list[Failure]
    rules: list[RuleRun]
    digests: Digests
