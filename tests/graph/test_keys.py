"""Keys: what a tool holds that opens other tools."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.graph.making import graph_of


def test_a_grant_opens_the_tool_it_is_on() -> None:
    graph = graph_of("""
        datasets: {contact: {}}
        tools:
          crm: {}
          chat:
            lifecycle: retired
            grants:
              - {on: crm, kind: oauth, can: read, data: [contact], of: service, rotated: 2026-01-10}
              - {on: crm, reviewed: never}
    """)
    first, second = graph.keys("chat")
    assert (first.on, first.kind, first.can, first.data, first.of) == (
        "crm", "oauth", "read", ("contact",), "service",
    )  # fmt: skip
    assert first.rotated == dt.date(2026, 1, 10)
    assert (first.source, first.stated_by) == (("grants", 0), "chat")
    assert (second.source, second.data, second.reviewed) == (("grants", 1), None, "never")


@pytest.mark.parametrize(
    ("holder", "can", "opened", "sure"),
    [
        ("shop", "", ["crm"], True),
        ("crm", "can: write", ["shop"], True),
        ("zapier", "can: read", ["shop"], True),
        ("zapier", "can: write", ["crm"], True),
        ("zapier", "can: admin", ["crm"], True),
        ("zapier", "", ["shop", "crm"], False),
    ],
)
def test_a_credential_opens_the_end_that_does_not_hold_it(
    holder: str, can: str, opened: list[str], sure: bool
) -> None:
    graph = graph_of(f"""
        datasets: {{contact: {{}}}}
        tools: {{shop: {{}}, crm: {{}}, zapier: {{}}}}
        flows:
          - {{id: sync, from: shop, to: crm, data: [contact],
             credential: {{held_by: {holder}, {can}}}}}
    """)
    assert [key.on for key in graph.keys(holder)] == opened
    assert all(key.sure is sure and key.source == ("flows", "sync") for key in graph.keys(holder))


@pytest.mark.parametrize(
    ("status", "live"),
    [("active", 1), ("broken", 1), ("paused", 1), ("planned", 0), ("finished", 0), ("absent", 0)],
)
def test_the_key_of_a_flow_is_live_until_the_flow_is_finished(status: str, live: int) -> None:
    graph = graph_of(f"""
        tools: {{shop: {{lifecycle: retired}}, crm: {{}}}}
        flows: [{{from: shop, to: crm, status: {status}, credential: {{held_by: shop}}}}]
    """)
    assert len(graph.keys("shop")) == live


def test_a_grant_stored_elsewhere_is_held_by_both() -> None:
    graph = graph_of("""
        tools: {crm: {}, vault: {}, chat: {grants: [{on: crm, held_by: vault}]}}
    """)
    assert graph.keys("chat") == graph.keys("vault")
    assert graph.keys("vault")[0].stated_by == "chat"
    assert graph.keys("crm") == ()
