"""What line-by-line formats list: findings, and what is open where something was found before.

What must not be lost stands first: what gates, then the worst.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from stackaudit.dataclass import dataclass
from stackaudit.errors import ExitCode
from stackaudit.outputs.document import Finding, Location, Open, Report, Severity, Stop, Waiver

State = Literal["new", "worse", "open", "known", "waived"]
SEVERITIES: Final[tuple[Severity, ...]] = ("critical", "high", "medium", "low")
RANKS: Final[Mapping[State, int]] = MappingProxyType(
    {"new": 0, "worse": 0, "open": 0, "known": 1, "waived": 2}
)
"""What a change is about comes before what was there, whatever its severity."""


@dataclass(frozen=True, slots=True)
class Item:
    """A finding, or something open that was found before, as one entry of a list."""

    rule: str
    title: str
    category: str
    severity: Severity
    state: State
    gates: bool
    label: str
    subjects: tuple[str, ...]
    message: str
    fix: str
    places: tuple[Location, ...]
    """At least one."""
    fingerprint: str
    help_uri: str | None
    stops: tuple[Stop, ...] = ()
    waiver: Waiver | None = None
    note: str | None = None
    folded: bool = False
    """Whether it is a consequence of another one."""

    @property
    def place(self) -> Location:
        """Where it stands first of all."""
        return self.places[0]

    @property
    def headline(self) -> str:
        """The message, with its subject named where it does not begin with that."""
        begins = self.message.startswith(self.label)
        return self.message if begins or not self.label else f"{self.label}: {self.message}"

    def sort_key(self) -> tuple[object, ...]:
        """What gates first, known and waived last; of equals the worst."""
        return (
            not self.gates,
            RANKS[self.state],
            SEVERITIES.index(self.severity),
            self.folded,
            self.rule,
            self.subjects,
            self.fingerprint,
        )


def items(report: Report) -> tuple[Item, ...]:
    """Everything there is to list, the most important first."""
    found = [_of_finding(each, report) for each in report.findings]
    reopened = [_of_open(each, report) for each in report.open if each.before]
    return tuple(sorted([*found, *reopened], key=Item.sort_key))


def _of_finding(finding: Finding, report: Report) -> Item:
    return Item(
        rule=finding.rule,
        title=finding.title,
        category=finding.category,
        severity=finding.severity,
        state=finding.status,
        gates=finding.gates,
        label=finding.label,
        subjects=tuple(each.id for each in finding.subjects),
        message=finding.message,
        fix=finding.fix,
        places=tuple(finding.locations) or (_start(report),),
        fingerprint=finding.fingerprint,
        help_uri=finding.help_uri,
        stops=tuple(finding.stops),
        waiver=finding.waiver,
        note=finding.note,
        folded=finding.folded_under is not None,
    )


def _of_open(found: Open, report: Report) -> Item:
    missing = list(dict.fromkeys(each.missing for each in found.unknown))
    severity = found.was or found.severity
    return Item(
        rule=found.rule,
        title=found.title,
        category=found.rule.partition("/")[0],
        severity=severity,
        state="waived" if found.waiver and not found.gates else "open",
        gates=found.gates,
        label=found.label,
        subjects=tuple(each.id for each in found.subjects),
        message=f"open instead of found: it was {severity} before, and cannot be decided now; "
        f"not stated: {_few(missing)}",
        fix=f"State {_few(missing)} again.",
        places=(found.location or _start(report),),
        fingerprint=found.fingerprint,
        help_uri=None,
        waiver=found.waiver,
    )


def _few(names: Sequence[str], most: int = 3) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return (", ".join(names[:most]) or "something") + more


def _start(report: Report) -> Location:
    """Where a finding stands that has no place: at the beginning of the inventory."""
    return Location(file=report.inventory, line=1, column=1)


def exit_code(report: Report) -> ExitCode:
    """What the audit said to whoever started it; a rule that failed never counts as a pass."""
    if report.failures:
        return ExitCode.BUG
    return ExitCode.OK if report.verdict.passed else ExitCode.FINDINGS


def waiver_words(item: Item) -> str:
    """Who accepted it, until when and why, in a sentence."""
    waiver = item.waiver
    if waiver is None:
        return ""
    until = f" until {waiver.expires}" if waiver.expires else ""
    ticket = f" ({waiver.ticket})" if waiver.ticket else ""
    return f"waived by {waiver.owner or 'somebody'}{until}: {waiver.reason}{ticket}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 finding, 2,114 findings."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
