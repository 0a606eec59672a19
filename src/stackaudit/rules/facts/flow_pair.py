"""Two flows with the same ends: whether one of them does what the other does."""

from __future__ import annotations

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


@fact("flow_pair", many(subject("dataset")), missing=_data_unstated)
def shared(pair: FlowPairSubject) -> Collection:
    """The datasets that both carry; unknown if one does not say what it carries."""
    left, right = pair.a.entry.data, pair.b.entry.data
    if left is None or right is None:
        return None
    return datasets_of(pair.world, sorted({*left} & {*right}), complete=True)


@fact("flow_pair", FLAG)
def same_form(pair: FlowPairSubject) -> bool:
    """Whether the data arrives in the same form: hashed or summed up on both, or on neither."""
    forms = {_form(pair.a), _form(pair.b)}
    return len(forms) == 1


def _form(flow: FlowSubject) -> str | None:
    from stackaudit.graph.ends import protects

    return flow.entry.protect if protects(flow.entry) else None
