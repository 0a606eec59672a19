"""Tools that run although they are called planned or retired, and what that changes."""

from __future__ import annotations

import pytest

from tests.rules.facts_reading import fact
from tests.rules.portfolio import world
from tests.stacks import audited, base_of, found

STACK = """
    stackaudit: 1
    datasets: {contact: {privacy: personal}}
    tools:
      crm: {holds: [contact]}
      chat: {lifecycle: STAGE, holds: [], collects: [contact] MORE}
      gone: {lifecycle: retired}
      later: {lifecycle: planned}
    flows:
      - {id: f, from: FROM, to: TO, data: [contact] FLOW}
"""


def stack(stage: str, flow: str = "", ends: str = "crm chat", more: str = "") -> str:
    source, target = ends.split()
    return (
        STACK.replace("STAGE", stage)
        .replace("FLOW", f", {flow}" if flow else "")
        .replace("MORE", f", {more}" if more else "")
        .replace("FROM", source)
        .replace("TO", target)
    )


KEY = "grants: [{on: crm, can: read}]"
NO_KEY = "grants: []"
SEEN = "    observations: [{source: har, kind: request, seen: 2026-10-30, tool: chat}]\n"


@pytest.mark.parametrize(
    ("text", "runs", "left_on", "although"),
    [
        (stack("active"), True, False, ""),
        (stack("pilot", "status: planned"), True, False, ""),
        (stack("rejected"), False, False, ""),
        (stack("planned"), False, False, ""),
        (stack("planned", "status: planned"), False, False, ""),
        (stack("planned", "status: broken"), False, False, ""),
        (stack("planned", "status: active"), True, False, " (planned, and crm → chat runs)"),
        (stack("planned", "status: active", "chat crm"), True, False,
         " (planned, and chat → crm runs)"),
        (stack("planned", "through: chat, status: active", "crm crm"), True, False,
         " (planned, and crm → chat → crm runs)"),
        (stack("planned", more=KEY), True, False, " (planned, and holds a key to crm)"),
        (stack("planned", more=NO_KEY), False, False, ""),
        (stack("planned") + SEEN, True, False, " (planned, and har saw it)"),
        (stack("planned") + SEEN.replace("har", "gtm"), False, False, ""),
        (stack("retired", "status: finished") + SEEN, False, False, ""),
        (stack("planned") + SEEN.replace("tool: chat", "tool: crm"), False, False, ""),
        (stack("planned", "credential: {held_by: chat, can: read}"), False, False, ""),
        (stack("planned", more="last_used: 2026-11-01"), True, False,
         " (planned, and used on 2026-11-01)"),
        (stack("planned", more="last_used: 2026-11-03"), False, False, ""),
        (stack("planned", more="last_used: never"), False, False, ""),
        (stack("planned", more="users: 1"), True, False, " (planned, and 1 person uses it)"),
        (stack("planned", more="users: 22"), True, False, " (planned, and 22 people use it)"),
        (stack("planned", more="users: 0"), False, False, ""),
        (stack("planned", more="contract: {seats: 60, used: 22}"), True, False,
         " (planned, and 22 people use it)"),
        (stack("planned", more="contract: {seats: 60, used: 0}"), False, False, ""),
        (stack("planned", "last_success: 2026-11-02"), True, False,
         " (planned, and crm → chat ran on 2026-11-02)"),
        (stack("planned", "status: planned, last_success: 2026-11-01", "chat crm"), True, False,
         " (planned, and chat → crm ran on 2026-11-01)"),
        (stack("planned", "last_success: 2026-11-03"), False, False, ""),
        (stack("planned", "last_success: never"), False, False, ""),
        (stack("planned", "status: finished, last_success: 2026-11-01"), False, False, ""),
        (stack("planned", "status: paused, last_success: 2026-11-01"), False, False, ""),
        (stack("retired", "status: finished, last_success: 2026-11-01", more="users: 22"),
         False, False, ""),
        (stack("retired"), False, True, " (retired, and crm → chat is not finished)"),
        (stack("retired", "status: active"), True, False,
         " (retired, and crm → chat is not finished)"),
        (stack("retired", "status: finished"), False, False, ""),
        (stack("retired", "status: paused"), False, False, ""),
        (stack("retired", "", "gone chat"), False, False, ""),
        (stack("retired", "", "later chat"), False, False, ""),
        (stack("retired", "", "chat chat"), False, False, ""),
        (stack("retired", "status: finished", more=KEY), False, False, ""),
    ],
)  # fmt: skip
def test_what_a_lifecycle_cannot_talk_away(
    text: str, runs: bool, left_on: bool, although: str
) -> None:
    assert fact(text, "tool.runs", "chat") is runs
    assert fact(text, "tool.left_on", "chat") is left_on
    assert fact(text, "tool.although", "chat") == although


def test_a_flow_that_is_stated_to_run_carries_data_to_a_tool_that_is_only_planned() -> None:
    for status, there in (("", ()), ("status: active", ("contact",))):
        text = stack("planned", status)
        graph = world(text).graph
        assert tuple(graph.stack.flows[name].data or () for name in graph.carrying) == (
            (there,) if there else ()
        )
        assert ("chat" in graph.running) is bool(there)


BASE = """\
stackaudit: 1
datasets: {contact: {privacy: personal}}
tools:
  crm: {holds: [contact]}
flows: []
reviews: {crm: {state: approved, on: 2026-05-19, by: security}}
"""


@pytest.mark.parametrize(
    ("tool", "flow", "red"),
    [
        ("lifecycle: planned", "status: active", True),
        ("lifecycle: planned, grants: [{on: crm, can: read}]", "status: planned", True),
        ("lifecycle: planned, last_used: 2026-11-01", "status: planned", True),
        ("lifecycle: planned, users: 22", "every: 1d", True),
        ("lifecycle: planned", "last_success: 2026-11-01", True),
        ("lifecycle: planned, last_used: never, users: 0", "last_success: never", False),
        ("lifecycle: retired", "status: active", True),
        ("lifecycle: retired", "every: 1d", True),
        ("lifecycle: planned", "status: planned", False),
        ("lifecycle: planned", "every: 1d", False),
        ("lifecycle: retired", "status: finished", False),
    ],
)
def test_a_change_cannot_bring_a_tool_past_the_gate_by_its_lifecycle(
    tool: str, flow: str, red: bool
) -> None:
    change = BASE.replace("flows: []", f"  new: {{{tool}}}\nflows: [{{from: crm, to: new, "
                          f"data: [contact], {flow}}}]")  # fmt: skip
    result = audited(change, "security/unreviewed-tool", base=base_of(audited(BASE)))
    assert found(result) == [("security/unreviewed-tool", ("new",))] * red
    assert result.verdict.passed is not red
