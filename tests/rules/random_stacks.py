"""Small random inventories in which every rule can find something, and anything may be unsaid."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import strategies as st

TOOLS: Final = ("chat", "crm", "hub", "mailer", "shop")
DATASETS: Final = ("contact", "purchase", "visitor")
CAPABILITIES: Final = ("email", "crm", "ipaas", "work-management")

_days = st.sampled_from(["2026-11-02", "2026-10-31", "2026-09-01", "2025-10-01"])
_rights = st.sampled_from(["read", "write", "admin"])
_levels = st.sampled_from(["none", "optional", "enforced"])
_data = st.lists(st.sampled_from(DATASETS), unique=True, max_size=2)


def _some(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping in which each of the keys may be missing."""
    return st.fixed_dictionaries({}, optional=values)


_grants = st.lists(
    st.fixed_dictionaries({"on": st.sampled_from(TOOLS)}, optional={"can": _rights, "data": _data}),
    max_size=2,
)
_tools = _some(
    capabilities=st.lists(st.sampled_from(CAPABILITIES), unique=True, max_size=2),
    holds=_data,
    collects=_data,
    access=_some(sso=_levels, mfa=_levels),
    dpa=st.sampled_from(["signed", "pending", "none", "not_needed"]),
    grants=_grants,
    lifecycle=st.sampled_from(["active", "pilot", "retired", "planned"]),
    incomplete=st.just(["flows"]),
    contract=_some(
        cost=st.sampled_from(["1000/year", "30000/year"]),
        seats=st.sampled_from(["10", "100"]),
        used=st.sampled_from(["1", "90"]),
    ),
    last_used=_days | st.just("never"),
    owner=_some(business=st.sampled_from(["none", "marketing"])),
)
_flows = st.fixed_dictionaries(
    {"from": st.sampled_from(TOOLS), "to": st.sampled_from(TOOLS)},
    optional={
        "data": _data,
        "through": st.sampled_from(TOOLS),
        "every": st.sampled_from(["15min", "1d", "6mo", "event"]),
        "method": st.sampled_from(["api", "manual", "ipaas"]),
        "status": st.sampled_from(["planned", "broken", "paused"]),
        "protect": st.sampled_from(["none", "hashed", "aggregated"]),
        "last_success": _days | st.just("never"),
        "credential": _some(held_by=st.sampled_from(TOOLS), can=_rights),
    },
)
_datasets = _some(
    privacy=st.sampled_from(["none", "personal", "special"]),
    confidentiality=st.sampled_from(["internal", "confidential", "restricted"]),
    system_of_record=st.sampled_from([*TOOLS, "none"]),
    identity=st.lists(st.sampled_from(["email", "cookie_id"]), unique=True, max_size=2),
)
_reviews = st.fixed_dictionaries(
    {"state": st.just("approved"), "on": _days, "by": st.just("security")},
) | st.fixed_dictionaries({"state": st.sampled_from(["requested", "in_review"])})


_observations = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["gtm", "okta"]),
        "kind": st.sampled_from(["tag", "sign_in", "request"]),
        "name": st.sampled_from(["Crm", "Mailchmp", "Hotjar"]),
    },
    optional={
        "seen": _days,
        "tool": st.sampled_from(TOOLS),
        "product": st.sampled_from(["hotjar", "none"]),
        "data": st.lists(st.sampled_from(DATASETS), unique=True, max_size=2),
        "consent": st.sampled_from(["true", "false"]),
    },
)


def _hold(record: dict[str, Any], dataset: str) -> None:
    """A system of record that says what it holds holds the dataset."""
    if dataset not in record.get("holds", [dataset]):
        record["holds"].append(dataset)


@st.composite
def stacks(draw: st.DrawFn) -> dict[str, Any]:
    """An inventory as plain values, with an id for every flow."""
    tools: dict[str, Any] = {name: draw(_tools) for name in TOOLS}
    datasets: dict[str, Any] = {name: draw(_datasets) for name in DATASETS}
    for name, entry in datasets.items():
        _hold(tools.get(entry.get("system_of_record", ""), {}), name)
    flows = draw(st.lists(_flows, max_size=6))
    reviewed = draw(st.lists(st.sampled_from(TOOLS), unique=True, max_size=3))
    needs = draw(st.lists(st.sampled_from(DATASETS), unique=True, min_size=1))
    return {
        "stackaudit": "1",
        "currency": "EUR",
        "tools": tools,
        "datasets": datasets,
        "capabilities": {
            "email": {"needs": needs, "within": "4h"},
            "crm": {"needs": ["contact", "purchase"]},
            "work-management": {"needs": []},
        },
        "flows": [{"id": f"flow-{number}", **flow} for number, flow in enumerate(flows)],
        "reviews": {name: draw(_reviews) for name in reviewed},
        "observations": draw(st.lists(_observations, max_size=3)),
    }
