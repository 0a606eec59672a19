"""Keys as subjects: which there are, and that each has an identity of its own."""

from __future__ import annotations

import pytest

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.rules.examples import world_of
from stackaudit.rules.subjects import kinds
from tests.stacks import DAY

STACK = """
stackaudit: 1
tools:
  crm: {grants: []}
  etl:
    grants:
      - {on: crm, kind: oauth, can: read}
      - {on: crm, kind: oauth, can: admin}
      - {on: old, kind: oauth, can: admin}
      - {on: crm}
  old: {lifecycle: retired, grants: [{on: crm, can: admin}]}
  form: {incomplete: [flows]}
flows:
  - {id: runs, from: form, to: crm, credential: {held_by: form}}
  - {id: over, from: form, to: crm, method: file, status: finished, credential: {held_by: form}}
  - {id: gone, from: form, to: old, credential: {held_by: form}}
  - {id: said-nothing, from: form, to: etl, method: api}
"""


def listed() -> list[tuple[str, ...]]:
    world = world_of(load_text(STACK, by_alias()), DAY)
    return [each.ids for each in kinds()["credential"].members(world)]


def test_the_keys_in_use() -> None:
    assert listed() == [
        ("etl", "crm", "oauth"),
        ("etl", "crm", "oauth-2"),
        ("etl", "crm", "key"),
        ("runs",),
    ]


def test_each_key_knows_where_it_stands() -> None:
    world = world_of(load_text(STACK, by_alias()), DAY)
    found = {each.ids: each for each in kinds()["credential"].members(world)}
    assert found["etl", "crm", "oauth-2"].path_of("can") == ("tools", "etl", ("grants", 1, "can"))
    assert found[("runs",)].path_of("can") == ("flows", "runs", ("credential", "can"))
    assert found["etl", "crm", "oauth-2"].place().line == 8


def test_what_nobody_said_of_keys_is_asked_once_for_each_tool() -> None:
    world = world_of(load_text(STACK, by_alias()), DAY)
    asked = {
        each.ids[0][1]: [str(missing) for missing in each.missing]
        for each in kinds()["credential"].undecided(world)
    }
    assert asked == {
        "form": ["tools.form.grants", "tools.form.incomplete"],
        "credentials of flows": ["flows.said-nothing.credential.held_by"],
    }


@pytest.mark.parametrize("kind", ["credential", "flow_pair"])
def test_no_two_have_one_name(kind: str) -> None:
    world = world_of(load_text(STACK, by_alias()), DAY)
    names = [each.ids for each in kinds()[kind].members(world)]
    assert len(names) == len(set(names))
