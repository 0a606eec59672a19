"""Two flows with the same ends: whether one of them does what the other does."""

from __future__ import annotations

from stackaudit.graph.ends import protects
from stackaudit.inventory.model import Flow
from stackaudit.rules.facts.data import datasets_of
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.flow import FlowSubject
from stackaudit.rules.kinds.flow_pair import FlowPairSubject
from stackaudit.rules.kleene import Collection
from stackaudit.rules.types import FLAG, many, subject


@fact("flow_pair", subject("flow"))
def a(pair: FlowPairSubject) -> FlowSubject:
    """One of the two, by id."""
    return pair.a


@fact("flow_pair", subject("flow"))
def b(pair: FlowPairSubject) -> FlowSubject:
    """The other one."""
    return pair.b


def _data_unstated(pair: FlowPairSubject) -> tuple[Missing, ...]:
    both = (pair.a, pair.b)
    return tuple(Missing("flows", each.id, "data") for each in both if each.entry.data is None)


@fact("flow_pair", many(subject("dataset")), missing=_data_unstated, cached=True)
def shared(pair: FlowPairSubject) -> Collection:
    """The datasets that both carry; unknown if one does not say what it carries."""
    left, right = pair.a.entry.data, pair.b.entry.data
    if left is None or right is None:
        return None
    return datasets_of(pair.world, sorted({*left} & {*right}), complete=True)


@fact("flow_pair", FLAG)
def same_form(pair: FlowPairSubject) -> bool:
    """Whether the data arrives in the same form: hashed or summed up on both, or on neither."""
    return _form(pair.a.entry) == _form(pair.b.entry)


def _form(flow: Flow) -> str | None:
    return flow.protect if protects(flow) else None
