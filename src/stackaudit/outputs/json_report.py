"""The audit as JSON: the shape is in :mod:`stackaudit.outputs.document`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import stackaudit
from stackaudit.audit import AuditResult
from stackaudit.catalog.taxonomy import taxonomy_digest
from stackaudit.errors import Place
from stackaudit.figures.conditions import template_words
from stackaudit.figures.gate_notes import gate_notes
from stackaudit.figures.summary import CategoryFigures, Summary, summarize
from stackaudit.figures.verdict import verdict_line
from stackaudit.findings.base import Known
from stackaudit.findings.comparison import OpenInstead
from stackaudit.findings.judged import Judged
from stackaudit.findings.money import Total
from stackaudit.outputs.document import SCHEMA_VERSION
from stackaudit.outputs.encode.json_text import json_by_entry
from stackaudit.rules.finding import Evidence, Finding, Money, Open, RuleTally, SubjectRef, Unknown
from stackaudit.rules.help import help_uri
from stackaudit.rules.severity import Severity
from stackaudit.rules.waiver import Waiver

Node = dict[str, Any]


def render(result: AuditResult) -> str:
    """The report as JSON text, in ASCII so that no terminal or log can be fooled by it."""
    return json_by_entry(_document(result, iter))


def document(result: AuditResult) -> Node:
    """The report as plain data, in the shape of :class:`stackaudit.outputs.document.Report`."""
    return _document(result, list)


def _document(result: AuditResult, listed: Callable[[Iterator[Node]], Any]) -> Node:
    """The report; its long lists as `listed` makes them, whole or an entry at a time."""
    summary = summarize(result)
    about = _About(result)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool_version": stackaudit.__version__,
        "as_of": result.as_of.isoformat(),
        "organization": result.stack.organization,
        "currency": result.stack.currency,
        "compared_with": result.base.words if result.base else None,
        "inventory": result.stack.origins.main_file,
        "verdict": _verdict(result),
        "figures": _figures(summary),
        "findings": listed(about.finding(each) for each in result.findings),
        "open": listed(about.open(each) for each in result.open),
        "fixed": [_before(each) for each in result.fixed],
        "failures": [
            {"rule": each.rule, "subject": each.subject, "error": each.error}
            for each in result.failures
        ],
        "rules": [about.rule(each) for each in result.tallies],
        "digests": {
            "inventory": result.inventory_digest(),
            "rules": _digest(rule.id + rule.digest for rule in result.rules),
            "catalog": _digest(_catalog_parts(result)),
        },
    }


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


def _catalog_parts(result: AuditResult) -> list[str]:
    catalog = result.world.catalog
    return [taxonomy_digest(), *([catalog.digest()] if catalog is not None else [])]


def _verdict(result: AuditResult) -> Node:
    verdict = result.verdict
    return {
        "passed": verdict.passed,
        "clean": verdict.clean,
        "gating": len(verdict.gating) + len(verdict.gating_open),
        "checks": verdict.checks,
        "decided": verdict.decided,
        "decided_share": round(verdict.decided_share, 4),
        "words": verdict_line(result),
        "notes": list(gate_notes(result)),
    }


def _figures(summary: Summary) -> Node:
    return {
        "tools": summary.tools,
        "tools_in_use": summary.tools_in_use,
        "flows": summary.flows,
        "datasets": summary.datasets,
        "annual_cost": _total(summary.annual_cost),
        "findings": _severities(summary.by_severity),
        "by_status": dict(sorted(summary.by_status.items())),
        "by_lead": dict(sorted(summary.by_lead.items())),
        "categories": [_category(each) for each in summary.categories],
        "saves": _total(summary.saves),
        "at_stake": _total(summary.at_stake),
        "open": summary.open,
        "completeness": round(summary.completeness, 4),
    }


def _category(figures: CategoryFigures) -> Node:
    return {
        "category": figures.category,
        "findings": _severities(figures.by_severity),
        "folded": figures.folded,
        "open": figures.open,
        "gating": figures.gating,
        "saves": _total(figures.saves),
        "at_stake": _total(figures.at_stake),
    }


def _severities(counts: Mapping[Severity, int]) -> Node:
    return {severity.word: counts[severity] for severity in sorted(counts, reverse=True)}


def _total(total: Total) -> Node:
    return {"amount": float(total.amount), "at_least": total.at_least}


class _About:
    """What is looked up for many findings: their rules, the names and places of tools."""

    def __init__(self, result: AuditResult) -> None:
        self._world = result.world
        self._rules = {rule.id: rule for rule in result.rules}
        self._instead: dict[str, list[OpenInstead]] = {}
        for each in result.open_instead:
            self._instead.setdefault(each.open.fingerprint, []).append(each)
        self._stop = cache(self._find_stop)

    def finding(self, judged: Judged) -> Node:
        """A finding with its status."""
        finding = judged.finding
        rule = self._rules.get(finding.rule)
        return {
            "rule": finding.rule,
            "title": finding.title,
            "category": finding.category,
            "severity": finding.severity.word,
            "may_be": finding.may_be.word if finding.may_be else None,
            "status": judged.status,
            "gates": judged.gates,
            "subjects": _subjects(finding.subjects),
            "label": finding.label,
            "message": finding.message,
            "why": finding.why,
            "fix": finding.fix,
            "ask": {"it": finding.ask_it, "marketing": finding.ask_marketing},
            "lead": finding.lead,
            "effort": finding.effort,
            "evidence": [_evidence(each) for each in finding.evidence],
            "path": list(finding.path),
            "stops": [self._stop(each) for each in finding.path],
            "locations": [_location(each) for each in finding.locations],
            **_monies(finding),
            "fingerprint": finding.fingerprint,
            "folded_under": judged.folded_under,
            "time_driven": finding.time_driven,
            "unknown": [_unknown(each) for each in finding.unknown],
            "references": list(rule.references) if rule else [],
            "help_uri": help_uri(rule) if rule else None,
            "waiver": _waiver(judged.waiver),
            "note": judged.note,
        }

    def _find_stop(self, tool: str) -> Node:
        subject = self._world.tools.get(tool)
        place = self._world.stack.origins.place("tools", tool) if subject else None
        return {
            "tool": tool,
            "name": subject.label() if subject else tool,
            "place": _location(place) if place else None,
        }

    def open(self, each: Open) -> Node:
        """A rule left open, and what was found before in its place."""
        instead = self._instead.get(each.fingerprint, [])
        was = max((one.was.severity for one in instead), default=None)
        waivers = (one.waiver for one in instead if one.waiver)
        return {
            "rule": each.rule,
            "severity": each.severity.word,
            "subjects": _subjects(each.subjects),
            "unknown": [_unknown(unknown) for unknown in each.unknown],
            "location": _location(each.place) if each.place else None,
            "title": each.title,
            "label": each.label,
            "fingerprint": each.fingerprint,
            "gates": any(one.gates for one in instead),
            "was": was.word if was else None,
            "before": [_before(one.was) for one in instead],
            "waiver": _waiver(next(waivers, None)),
        }

    def rule(self, tally: RuleTally) -> Node:
        """A rule, and how often it was asked."""
        rule = self._rules[tally.rule]
        return {
            "rule": tally.rule,
            "digest": rule.digest,
            "checks": tally.checks,
            "found": tally.found,
            "open": tally.open,
            "title": rule.title,
            "category": rule.category,
            "severity": rule.severity.word,
            "why": rule.why,
            "fix": template_words(rule.fix),
            "references": list(rule.references),
            "help_uri": help_uri(rule),
            "ask": {"it": rule.ask_it, "marketing": rule.ask_marketing},
            "lead": rule.lead,
            "effort": rule.effort,
            "time_driven": rule.time_driven,
        }


def _waiver(waiver: Waiver | None) -> Node | None:
    if waiver is None:
        return None
    return {
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
        "ticket": waiver.ticket,
    }


def _before(known: Known) -> Node:
    return {
        "rule": known.rule,
        "fingerprint": known.fingerprint,
        "severity": known.severity.word,
        "subjects": list(known.subjects),
    }


def _monies(finding: Finding) -> Node:
    return {"saves": _money(finding.saves), "costs": _money(finding.costs)}


def _money(money: Money | None) -> Node | None:
    if money is None:
        return None
    amount = None if money.amount is None else float(money.amount)
    return {"amount": amount, "at_least": money.at_least, "contract": money.contract}


def _subjects(refs: Iterable[SubjectRef]) -> list[Node]:
    return [{"kind": each.kind, "id": each.id} for each in refs]


def _evidence(evidence: Evidence) -> Node:
    return {
        "fact": evidence.fact,
        "subject": evidence.subject,
        "value": evidence.value,
        "shown": evidence.shown,
        "origin": evidence.origin,
        "place": _location(evidence.place) if evidence.place else None,
    }


def _location(place: Place) -> Node:
    return {"file": place.file, "line": place.line, "column": place.column}


def _unknown(unknown: Unknown) -> Node:
    return {"fact": unknown.fact, "subject": unknown.subject, "missing": unknown.missing}
