"""Of what is left open for many subjects the same is said as of what is left open for few."""

from __future__ import annotations

import datetime as dt

import pytest

from stackaudit.audit import read_stack_text, world_of
from stackaudit.rules import engine
from stackaudit.rules.library import load_rules

DAY = dt.date(2026, 11, 2)
STACK = """
stackaudit: 1
datasets: {contact: {privacy: personal}, margin: {confidentiality: restricted}}
capabilities: {email: {needs: [contact], within: 1d}}
tools:
  crm: {capabilities: [crm], holds: [contact, margin], contract: {cost: 90000/year}}
  mail: {capabilities: [email], classified: internal, contract: {cost: 50000/year, renews: 2027-02-01}}
  old: {lifecycle: retiring, collects: [contact]}
  own: {holds: [contact], access: {mfa: enforced}, owner: {business: none}}
flows:
  - {from: crm, to: mail}
  - {from: own, to: crm, data: [contact], method: manual}
"""  # noqa: E501


def test_the_quick_way_for_many_names_the_same_unknown_facts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = engine.run(world_of(read_stack_text(STACK), DAY), load_rules())
    monkeypatch.setattr(engine, "MANY", 1)
    many = engine.run(world_of(read_stack_text(STACK), DAY), load_rules())
    assert sum(len(each.unknown) > 1 for each in few.open) > 10
    assert len({each.rule for each in few.open}) > 30
    assert many == few
