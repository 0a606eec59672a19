"""Stacks for the tests: a few lines of YAML, or small random ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from textwrap import dedent
from typing import Any

from hypothesis import strategies as st

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.graph.build import build
from stackaudit.graph.stack_graph import StackGraph
from stackaudit.inventory.load import load_text

TOOLS = ("braze", "crm", "hub", "pos", "shop")
DATASETS = ("contact", "purchase", "visitor")


def graph_of(text: str) -> StackGraph:
    """The graph of an inventory as a person writes it."""
    return build(load_text(dedent(text), by_alias()))


def graph_from(inventory: Mapping[str, Any]) -> StackGraph:
    """The graph of an inventory as plain values; JSON is YAML."""
    return graph_of(json.dumps(inventory))


def _some(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=2)


tools = st.fixed_dictionaries(
    {},
    optional={
        "capabilities": _some(("email", "crm", "ipaas")),
        "holds": _some(DATASETS),
        "collects": _some(DATASETS),
        "lifecycle": st.sampled_from(["active", "retired", "pilot", "planned"]),
        "incomplete": st.just(["flows"]),
    },
)
flows = st.fixed_dictionaries(
    {"from": st.sampled_from(TOOLS), "to": st.sampled_from(TOOLS)},
    optional={
        "data": st.lists(st.sampled_from(DATASETS), unique=True, max_size=2),
        "through": st.sampled_from(TOOLS),
        "every": st.sampled_from(["15min", "1d", "event"]),
        "status": st.sampled_from(["active", "planned", "broken"]),
        "protect": st.sampled_from(["none", "hashed", "aggregated"]),
    },
)
datasets = st.fixed_dictionaries(
    {},
    optional={
        "system_of_record": st.sampled_from([*TOOLS, "none"]),
        "privacy": st.sampled_from(["none", "personal", "special"]),
        "identity": _some(("email", "cookie", "phone")),
    },
)


@st.composite
def inventories(draw: st.DrawFn) -> dict[str, Any]:
    """Small stacks in which anything may be stated or not, and nothing contradicts another."""
    listed = draw(st.lists(flows, max_size=8))
    named: dict[str, Any] = {name: draw(tools) for name in TOOLS}
    kinds: dict[str, Any] = {name: draw(datasets) for name in DATASETS}
    for dataset, entry in kinds.items():
        record = named.get(entry.get("system_of_record", ""), {})
        if dataset not in record.get("holds", [dataset]):
            record["holds"] = [*record["holds"], dataset]
    return {
        "stackaudit": 1,
        "tools": named,
        "datasets": kinds,
        "capabilities": {
            "email": {"needs": list(DATASETS), "within": "1d"},
            "crm": {"needs": ["contact"]},
        },
        "flows": [{"id": f"f{number}", **flow} for number, flow in enumerate(listed)],
    }
