"""The audit as JSON: the shape is in :mod:`stackaudit.outputs.document`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import stackaudit
from stackaudit.audit import AuditResult
from stackaudit.catalog.taxonomy import taxonomy_digest
from stackaudit.errors import Place
from stackaudit.figures.summary import CategoryFigures, Summary, summarize
from stackaudit.figures.verdict import verdict_line
from stackaudit.findings.judged import Judged
from stackaudit.findings.money import Total
from stackaudit.outputs.document import SCHEMA_VERSION
from stackaudit.rules.finding import Evidence, Finding, Money, Open, SubjectRef, Unknown
from stackaudit.rules.severity import Severity

Node = dict[str, Any]


def render(result: AuditResult) -> str:
    """The report as JSON text, in ASCII so that no terminal or log can be fooled by it."""
    return json.dumps(document(result), indent=2, ensure_ascii=True) + "\n"


def document(result: AuditResult) -> Node:
    """The report as plain data, in the shape of :class:`stackaudit.outputs.document.Report`."""
    summary = summarize(result)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool_version": stackaudit.__version__,
        "as_of": result.as_of.isoformat(),
        "organization": result.stack.organization,
        "currency": result.stack.currency,
        "verdict": _verdict(result),
        "figures": _figures(summary),
        "findings": [_finding(each) for each in result.findings],
        "open": [_open(each) for each in result.open],
        "fixed": [],
        "failures": [
            {"rule": each.rule, "subject": each.subject, "error": each.error}
            for each in result.failures
        ],
        "rules": _rules(result),
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


def _rules(result: AuditResult) -> list[Node]:
    digests = {rule.id: rule.digest for rule in result.rules}
    return [
        {
            "rule": each.rule,
            "digest": digests[each.rule],
            "checks": each.checks,
            "found": each.found,
            "open": each.open,
        }
        for each in result.tallies
    ]


def _verdict(result: AuditResult) -> Node:
    verdict = result.verdict
    return {
        "passed": verdict.passed,
        "clean": verdict.clean,
        "gating": len(verdict.gating),
        "checks": verdict.checks,
        "decided": verdict.decided,
        "decided_share": round(verdict.decided_share, 4),
        "words": verdict_line(result),
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
    return {"amount": total.amount, "at_least": total.at_least}


def _finding(judged: Judged) -> Node:
    finding = judged.finding
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
        "locations": [_location(each) for each in finding.locations],
        **_monies(finding),
        "fingerprint": finding.fingerprint,
        "folded_under": judged.folded_under,
        "time_driven": finding.time_driven,
        "unknown": [_unknown(each) for each in finding.unknown],
    }


def _monies(finding: Finding) -> Node:
    return {"saves": _money(finding.saves), "costs": _money(finding.costs)}


def _money(money: Money | None) -> Node | None:
    if money is None:
        return None
    return {"amount": money.amount, "at_least": money.at_least, "contract": money.contract}


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


def _open(each: Open) -> Node:
    return {
        "rule": each.rule,
        "severity": each.severity.word,
        "subjects": _subjects(each.subjects),
        "unknown": [_unknown(unknown) for unknown in each.unknown],
        "location": _location(each.place) if each.place else None,
    }
