"""What is not stated any more, or not yet, and could hide that a tool outgrew its review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Final

from stackaudit.graph.exposure import KEYLESS
from stackaudit.graph.keys import Key, keys
from stackaudit.graph.missing import LISTED_FLOWS, Missing, in_order
from stackaudit.graph.scope import data_of, scope_of
from stackaudit.graph.scope_keys import Opening, openings, read_keys
from stackaudit.graph.structure import Structure
from stackaudit.inventory.model.governance import Scope

_BEST: Final = {"access.sso": "none", "access.mfa": "none", "dpa": "none"}
"""What cannot get worse, so that it need not be known any more."""


def unclear(
    graph: Structure, tool: str, reviewed: Scope, renamed: Mapping[str, str]
) -> tuple[Missing, ...]:
    """The facts that the record has, that nobody states now, and that could have widened."""
    return in_order(
        *_entry(graph, tool, reviewed),
        *_moves(graph, tool, reviewed),
        *_classes(graph, tool, reviewed),
        *_keys(graph, tool, reviewed, renamed),
    )


def _entry(graph: Structure, tool: str, reviewed: Scope) -> Iterator[Missing]:
    entry = graph.stack.tools[tool]
    for key in ("holds", "collects", "region", "subprocessors", "dpa"):
        recorded = getattr(reviewed, key)
        if recorded is not None and recorded != _BEST.get(key) and getattr(entry, key) is None:
            yield Missing("tools", tool, key)
    for key in ("sso", "mfa"):
        if getattr(reviewed.access, key, None) in ("optional", "enforced") and (
            getattr(entry.access, key, None) is None
        ):
            yield Missing("tools", tool, f"access.{key}")
    for key in ("uses_data", "trains_on_data", "acts"):
        if getattr(reviewed.ai, key, None) is False and getattr(entry.ai, key, None) is None:
            yield Missing("tools", tool, f"ai.{key}")


def _moves(graph: Structure, tool: str, reviewed: Scope) -> Iterator[Missing]:
    """Flows that are not listed, or do not say what they carry."""
    recorded = (reviewed.receives, reviewed.sends, reviewed.counterparts)
    if any(each is not None for each in recorded):
        if not graph.flows_known:
            yield LISTED_FLOWS
        if tool in graph.partly_listed:
            yield Missing("tools", tool, "incomplete")
    passing = graph.carrying_passing(tool)
    if reviewed.receives is not None:
        yield from _silent(graph, (*graph.carrying_inflows(tool), *passing))
    if reviewed.sends is not None:
        yield from _silent(graph, (*graph.carrying_outflows(tool), *passing))


def _silent(graph: Structure, flows: Iterable[str]) -> Iterator[Missing]:
    for name in flows:
        if graph.stack.flows[name].data is None:
            yield Missing("flows", name, "data")


def _classes(graph: Structure, tool: str, reviewed: Scope) -> Iterator[Missing]:
    """Classes that were recorded of data that is still there."""
    here = data_of(scope_of(graph, tool))
    for dataset, text in (reviewed.classes or {}).items():
        words = (text or "").split()
        if dataset not in here:
            continue
        entry = graph.stack.datasets[dataset]
        if entry.privacy is None and {"none", "personal"} & set(words):
            yield Missing("datasets", dataset, "privacy")
        if entry.confidentiality is None and {"public", "internal", "confidential"} & set(words):
            yield Missing("datasets", dataset, "confidentiality")


def _keys(
    graph: Structure, tool: str, reviewed: Scope, renamed: Mapping[str, str]
) -> Iterator[Missing]:
    """What hides a key that was recorded.

    Of most flows nobody says who holds their key. A holder that was stated at the review is in the
    record, and so only keys that were there, and cannot be seen now, are asked for.
    """
    if reviewed.grants is None:
        return
    then, today = read_keys(reviewed.grants, renamed), openings(graph, tool)
    gone = then.keys() - today.keys()
    if graph.stack.tools[tool].grants is None and (gone or not then):
        yield Missing("tools", tool, "grants")
    yield from _unheld(graph, tool, gone)
    for key in keys(graph, tool):
        if key.on in then:
            yield from _vague(key, then[key.on], hidden=key.on in gone)


def _unheld(graph: Structure, tool: str, gone: Set[str]) -> Iterator[Missing]:
    """The flows between the tool and what its lost keys opened that do not say who holds theirs."""
    for name in (*graph.inflows(tool), *graph.outflows(tool), *graph.passing(tool)):
        flow = graph.stack.flows[name]
        needs_key = flow.status not in ("planned", "finished") and flow.method not in KEYLESS
        held = flow.credential is not None and flow.credential.held_by is not None
        if needs_key and not held and {flow.source, flow.target} & gone:
            yield Missing("flows", name, "credential.held_by")


def _vague(key: Key, then: Opening, *, hidden: bool) -> Iterator[Missing]:
    """What nobody says of a key, and was recorded."""
    if not key.sure:
        if hidden and key.source[0] == "flows":
            yield Missing("flows", key.source[1], "credential.can")
        return
    if then.can in ("read", "write") and key.can is None:
        yield _of(key, "can")
    if then.data is not None and key.data is None:
        yield _of(key, "data")
    if then.scopes is not None and key.scopes is None:
        yield _of(key, "scopes")


def _of(key: Key, what: str) -> Missing:
    if key.source[0] == "flows":
        return Missing("flows", key.source[1], what if what == "data" else f"credential.{what}")
    return Missing("tools", key.stated_by, f"grants.{key.source[1]}.{what}")
