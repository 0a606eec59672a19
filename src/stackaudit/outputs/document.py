"""The JSON report: its shape, versioned, as other programs may rely on it.

Fields are added within a version and never change their meaning; the schema is generated from
these classes (`stackaudit schema report`).
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

SCHEMA_VERSION: Final = 1

Severity = Literal["low", "medium", "high", "critical"]
Lead = Literal["it", "marketing", "both"]
Effort = Literal["small", "medium", "large"]
Position = Annotated[int, Field(ge=1)]
CONFIG: Final = ConfigDict(extra="forbid", defer_build=True, allow_inf_nan=False)


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Subject:
    """What a finding is about."""

    kind: str = Field(description="tool, flow, dataset, capability, contract, stack …")
    id: str = Field(description="Its id in the inventory.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Location:
    """A position in a file of the inventory, from 1."""

    file: str
    line: Position
    column: Position


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Evidence:
    """A fact that the rule read."""

    fact: str = Field(description="Its name, such as tool.mfa.")
    subject: str = Field(description="Of what it is a fact.")
    value: object = Field(
        description="Its value; a range as {low, high}, open lists as {at_least}, lists of "
        "more than 50 as {first, count}."
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
class Stop:
    """A tool on the path of a finding."""

    tool: str = Field(description="Its id.")
    name: str
    place: Location | None


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Waiver:
    """Who accepted a finding, why, and until when."""

    reason: str
    owner: str | None
    expires: str | None = Field(description="The last day on which it holds.")
    ticket: str | None


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
    lead: Lead
    effort: Effort
    evidence: list[Evidence]
    path: list[str] = Field(description="The tools along which the data or the key goes.")
    stops: list[Stop] = Field(
        default_factory=list, description="The same tools, with their names and places."
    )
    locations: list[Location]
    saves: Money | None
    costs: Money | None
    fingerprint: str = Field(description="What makes it the same finding tomorrow.")
    folded_under: str | None = Field(
        description="The fingerprint of the finding that this one is a consequence of."
    )
    time_driven: bool = Field(description="Whether the passing of time alone can raise it.")
    unknown: list[Unknown] = Field(description="What could still raise its severity.")
    references: list[str] = Field(default_factory=list, description="What the rule rests on.")
    help_uri: str | None = Field(default=None, description="The page of the rule.")
    waiver: Waiver | None = Field(default=None, description="What waives it.")
    note: str | None = Field(
        default=None, description="What there is to say of its waiver: expired, or about to."
    )


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Before:
    """A finding as it was in the baseline or the base revision."""

    rule: str
    fingerprint: str
    severity: Severity | None = None
    subjects: list[str] = Field(default_factory=list, description="The ids of its subjects.")


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Open:
    """A rule that could not be decided for a subject."""

    rule: str
    severity: Severity
    subjects: list[Subject]
    unknown: list[Unknown]
    location: Location | None
    title: str = ""
    label: str = Field(default="", description="The subject as a person would name it.")
    fingerprint: str = Field(default="", description="As of the finding that it may be.")
    gates: bool = Field(
        default=False,
        description="Whether it makes the audit fail: it was found before, and a fact was taken "
        "away since.",
    )
    was: Severity | None = Field(
        default=None, description="The severity it was found at before; null if it was not."
    )
    before: list[Before] = Field(
        default_factory=list, description="The findings that stood before where it is open now."
    )
    waiver: Waiver | None = Field(default=None, description="What waives it.")


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
    notes: list[str] = Field(
        default_factory=list,
        description="Sentences beside the verdict: the comparison, waivers, changed records.",
    )


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class RuleRun:
    """A rule that ran."""

    rule: str
    digest: str
    checks: int
    found: int
    open: int
    title: str = ""
    category: str = ""
    severity: Severity | None = Field(default=None, description="Of its findings, if no more.")
    why: str = ""
    fix: str = Field(default="", description="With the names of facts where findings have values.")
    references: list[str] = Field(default_factory=list)
    help_uri: str | None = None
    ask: Ask | None = None
    lead: Lead | None = None
    effort: Effort | None = None
    time_driven: bool = False


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
    compared_with: str | None = Field(
        default=None, description="The baseline or base revision, in words; null without one."
    )
    inventory: str = Field(default="stack.yaml", description="The file that was audited.")
    verdict: Verdict
    figures: Figures
    findings: list[Finding]
    open: list[Open]
    fixed: list[Before] = Field(description="Found in the base, and gone.")
    failures: list[Failure]
    rules: list[RuleRun]
    digests: Digests
