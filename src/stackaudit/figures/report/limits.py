"""What was not checked, and what the report rests on: rules, versions, digests, the day."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

import stackaudit
from stackaudit.audit import AuditResult
from stackaudit.catalog.taxonomy import taxonomy_digest
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.parts import Reason
from stackaudit.rules.finding import RuleTally
from stackaudit.rules.rule import Rule
from stackaudit.rules.severity import Severity
from stackaudit.rules.show import ENGLISH


@dataclass(frozen=True, slots=True)
class RuleRun:
    """A rule, and how far it could be decided."""

    rule: str
    title: str
    category: str
    severity: Severity
    """Of the rule as such."""
    since: str
    """The version of stackaudit it came with."""
    digest: str
    """sha-256 of the rule's file, with the parameters it ran with."""
    checks: int
    found: int
    open: int
    failed: int


@dataclass(frozen=True, slots=True)
class RuleFailure:
    """A rule that failed while it ran: a bug, and never a pass."""

    rule: str
    subject: str
    error: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How far the report can be trusted."""

    as_of: dt.date
    confirmed: dt.date | None
    """When somebody last said that the inventory is right."""
    version: str
    """Of stackaudit."""
    rules: tuple[RuleRun, ...]
    """All that ran, in the order of their ids."""
    undecided: tuple[RuleRun, ...]
    """Those that could not be decided for something, the most open checks first."""
    failures: tuple[RuleFailure, ...]
    incomplete: tuple[str, ...]
    """Sections that the inventory says it lists only in part, sorted; `flows` also where there is
    no such section."""
    unlisted: tuple[str, ...]
    """Titles of open rules whose subjects cannot even be listed, because something is unknown, in
    the order of their ids."""
    untranslated: int
    """How many rules have no texts in the language of the audit."""
    compared_with: str | None
    """What the audit was compared with; None if with nothing."""
    inventory_digest: str
    rules_digest: str
    catalog_digest: str
    """sha-256 in hex, the same as in the JSON report."""
    empty: Reason | None
    """nothing-open: every check was decided; the other fields hold all the same."""


def limits(result: AuditResult) -> Limits:
    """What could not be checked, and what was it checked with."""
    runs = _runs(result)
    undecided = [each for each in runs if each.open or each.failed]
    incomplete = _incomplete(result)
    done = not undecided and not result.failures and not incomplete
    return Limits(
        as_of=result.as_of,
        confirmed=result.stack.confirmed,
        version=stackaudit.__version__,
        rules=runs,
        undecided=tuple(sorted(undecided, key=lambda each: (-each.open, each.rule))),
        failures=tuple(RuleFailure(e.rule, e.subject, e.error) for e in result.failures),
        incomplete=incomplete,
        unlisted=tuple(dict.fromkeys(each.title for each in result.open if each.unlisted)),
        untranslated=_untranslated(result),
        compared_with=result.base.words if result.base else None,
        inventory_digest=result.inventory_digest(),
        rules_digest=_digest(rule.id + rule.digest for rule in result.rules),
        catalog_digest=_digest(_catalog_parts(result)),
        empty="nothing-open" if done else None,
    )


def _runs(result: AuditResult) -> tuple[RuleRun, ...]:
    rules = {rule.id: rule for rule in result.rules}
    ordered = sorted(result.tallies, key=lambda each: each.rule)
    return tuple(_run(rules[each.rule], each) for each in ordered)


def _run(rule: Rule, tally: RuleTally) -> RuleRun:
    return RuleRun(
        rule=rule.id,
        title=rule.title,
        category=rule.category,
        severity=rule.severity,
        since=rule.since,
        digest=rule.digest,
        checks=tally.checks,
        found=tally.found,
        open=tally.open,
        failed=tally.failed,
    )


def _incomplete(result: AuditResult) -> tuple[str, ...]:
    missing = set() if result.stack.knows_flows else {"flows"}
    return tuple(sorted(result.stack.incomplete | missing))


def _untranslated(result: AuditResult) -> int:
    """None where the audit is in English: rules are, unless their pack says something else."""
    language = result.world.wording.code
    if language == ENGLISH.code:
        return 0
    return sum(rule.language != language for rule in result.rules)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


def _catalog_parts(result: AuditResult) -> list[str]:
    catalog = result.world.catalog
    return [taxonomy_digest(), *([catalog.digest()] if catalog is not None else [])]
