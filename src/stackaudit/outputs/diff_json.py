"""The difference of two stacks as JSON: the shape is in :mod:`.diff_document`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import stackaudit
from stackaudit.figures.diff.difference import Difference, FindingChange, State
from stackaudit.figures.diff.entries import EntryChange
from stackaudit.findings.money import Total
from stackaudit.inventory.stack import digest_of
from stackaudit.outputs.diff_document import DIFF_VERSION
from stackaudit.outputs.encode.json_text import json_text

Node = dict[str, Any]


def render(found: Difference) -> str:
    """The difference as JSON text, in ASCII."""
    return json_text(document(found))


def document(found: Difference) -> Node:
    """The difference as plain data, in the shape of :class:`.diff_document.Diff`."""
    return {
        "schema_version": DIFF_VERSION,
        "tool_version": stackaudit.__version__,
        "as_of": found.after.result.as_of.isoformat(),
        "before": _state(found.before),
        "after": _state(found.after),
        "different": not found.nothing,
        **{name: [_entry(each) for each in entries] for name, entries in found.sections.items()},
        "money": _money(found),
        "findings": _findings(found),
    }


def _state(state: State) -> Node:
    return {
        "name": state.words,
        "there": state.there,
        "organization": state.stack.organization,
        "currency": state.stack.currency,
        "digest": digest_of(state.stack),
    }


def _entry(entry: EntryChange) -> Node:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "label": entry.label,
        "was": entry.was,
        "changes": [
            {
                "fact": each.fact,
                "before": each.before,
                "after": each.after,
                "added": list(each.added),
                "removed": list(each.removed),
            }
            for each in entry.changes
        ],
        "widened": list(entry.widened),
        "narrowed": list(entry.narrowed),
    }


def _money(found: Difference) -> Node:
    money = found.money
    return {
        "before": _total(money.before),
        "after": _total(money.after),
        "difference": money.difference,
        "currency": money.currency,
        "contracts": [
            {"contract": each.contract, "before": each.before, "after": each.after}
            for each in money.contracts
        ],
    }


def _total(total: Total) -> Node:
    return {"amount": total.amount, "at_least": total.at_least}


def _findings(found: Difference) -> Node:
    findings = found.findings
    return {
        "new": _changes(findings.new),
        "worse": _changes(findings.worse),
        "cleared": _changes(findings.cleared),
        "open": _changes(findings.open),
        "same": findings.same,
    }


def _changes(findings: Iterable[FindingChange]) -> list[Node]:
    return [
        {
            "rule": each.rule,
            "severity": each.severity.word,
            "was": each.was.word if each.was else None,
            "label": each.label,
            "message": each.message,
            "fingerprint": each.fingerprint,
            "missing": list(each.missing),
        }
        for each in findings
    ]
