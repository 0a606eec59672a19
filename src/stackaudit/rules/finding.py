"""What the engine hands on: plain values, nothing of the engine in them."""

from __future__ import annotations

import hashlib
from dataclasses import field
from json.encoder import encode_basestring_ascii as _quoted
from typing import Final, Literal, NamedTuple

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.rules.severity import Severity

FINGERPRINT_SCHEME: Final = 1
"""Version of how fingerprints are made; a new one would make every finding new."""

Lead = Literal["it", "marketing", "both"]
Effort = Literal["small", "medium", "large"]


class SubjectRef(NamedTuple):
    """What a finding is about: a kind (tool, flow, dataset …) and an id."""

    kind: str
    id: str


class Evidence(NamedTuple):
    """A fact that the rule read: its name, of what, its value, where that comes from."""

    fact: str
    subject: str
    value: object
    shown: str
    """The value as a person would write it."""
    origin: str
    """stated, catalog, derived or default."""
    place: Place | None


class Unknown(NamedTuple):
    """Something not stated that could decide a rule."""

    fact: str
    subject: str
    missing: str
    """Its path in the inventory: tools.hubspot.access.mfa."""


class Money(NamedTuple):
    """Money a year that a finding speaks of, and the contract it belongs to."""

    amount: float | None
    """None where it is unknown."""
    contract: str | None
    at_least: bool = False
    """Whether the amount is only a lower bound."""


class Finding(NamedTuple):
    """One rule that found something about one subject."""

    rule: str
    title: str
    severity: Severity
    may_be: Severity | None
    """A higher severity that an unknown fact leaves possible."""
    subjects: tuple[SubjectRef, ...]
    label: str
    """The subject as a person would name it."""
    message: str
    why: str
    fix: str
    ask_it: str
    ask_marketing: str
    lead: Lead
    effort: Effort
    evidence: tuple[Evidence, ...]
    path: tuple[str, ...]
    locations: tuple[Place, ...]
    fingerprint: str
    former_fingerprints: tuple[str, ...] = ()
    """What the fingerprint was under the former ids of its subjects."""
    saves: Money | None = None
    costs: Money | None = None
    time_driven: bool = False
    implied_by: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    @property
    def category(self) -> str:
        """The category of its rule."""
        return self.rule.partition("/")[0]

    def sort_key(self) -> tuple[int, str, tuple[SubjectRef, ...]]:
        """The worst first, then by rule and subject."""
        return (-self.severity, self.rule, self.subjects)


class Open(NamedTuple):
    """A rule that could not be decided for a subject, and what would decide it."""

    rule: str
    title: str
    severity: Severity
    subjects: tuple[SubjectRef, ...]
    label: str
    unknown: tuple[Unknown, ...]
    place: Place | None
    fingerprint: str
    former_fingerprints: tuple[str, ...] = ()
    """What the fingerprint was under the former ids of its subjects."""
    time_driven: bool = False
    unlisted: bool = False
    """Whether it stands for all subjects that cannot be listed because something is unknown."""

    @property
    def category(self) -> str:
        """The category of its rule."""
        return self.rule.partition("/")[0]

    def sort_key(self) -> tuple[str, tuple[SubjectRef, ...]]:
        """By rule and subject."""
        return (self.rule, self.subjects)


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that failed while it ran: a bug in stackaudit."""

    rule: str
    subject: str
    error: str
    traceback: str


@dataclass(frozen=True, slots=True)
class RuleTally:
    """How often a rule was asked, and how often that was decided."""

    rule: str
    checks: int
    found: int
    open: int
    failed: int = 0
    """Checks that ended in a bug: neither passed nor found."""


@dataclass(frozen=True, slots=True)
class Results:
    """Everything one evaluation of the rules gave."""

    findings: tuple[Finding, ...]
    open: tuple[Open, ...]
    failures: tuple[Failure, ...]
    tallies: tuple[RuleTally, ...] = field(default=())

    @property
    def checks(self) -> int:
        """How many rule × subject pairs there were."""
        return sum(each.checks for each in self.tallies)

    @property
    def decided(self) -> int:
        """How many of them were decided either way."""
        return self.checks - sum(each.open + each.failed for each in self.tallies)


def fingerprint(rule: str, ids: tuple[str, ...], *, directed: bool) -> str:
    """What makes a finding the same one tomorrow: its rule and its subjects, nothing else."""
    return fingerprint_of(rule, identity(ids, directed=directed))


def identity(ids: tuple[str, ...], *, directed: bool) -> str:
    """The subjects' part of a fingerprint: the same for every rule."""
    parts = ids if directed or len(ids) == 1 else sorted(ids)
    return ",".join(map(_quoted, parts))


def fingerprint_of(rule: str, subjects: str) -> str:
    """The fingerprint for subjects whose :func:`identity` is known."""
    text = f"[{FINGERPRINT_SCHEME},{_quoted(rule)},[{subjects}]]"
    return hashlib.sha256(text.encode()).hexdigest()[:32]
