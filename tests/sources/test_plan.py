"""Merging: what is stated is never lost, and everything else stays byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stackaudit.audit import read_stack_text
from stackaudit.catalog.catalog import catalog
from stackaudit.inventory.edit import edited
from stackaudit.sources.differences import Plan
from stackaudit.sources.fresh import Answers, new_inventory
from stackaudit.sources.identify import gathered
from stackaudit.sources.observation import Seen, ToolSeen
from stackaudit.sources.plan import plan
from tests.sources.reading import found, with_rates, written

MAIN = "<text>"


def merged(text: str, tools: list[ToolSeen]) -> tuple[str, Plan]:
    """An inventory after an import, and what was planned."""
    stack = read_stack_text(text)
    made = plan(stack, gathered(tools, catalog(), stack))
    return (edited(text, made.changes[MAIN]) if made.changes else text), made


def tool(name: str, **facts: Any) -> ToolSeen:
    return ToolSeen(
        name, Seen("test", "test", 1), {k.replace("__", "."): v for k, v in facts.items()}
    )


OURS = """\
stackaudit: 1   # ours
currency: EUR
tools:
  # the CRM
  crm: {name: Our CRM, contract: {cost: 1000/month, seats: 5}}   # agreed in May
  own:
    contract: none
    capabilities: [email, crm]
flows: []
"""


def test_what_is_unknown_is_filled_in_and_the_rest_stays() -> None:
    after, _ = merged(OURS, [tool("Our CRM", users="22", contract__notice="60d")])
    assert after.startswith(OURS.replace("seats: 5}}", "seats: 5, notice: 60d}, users: 22}"))
    assert after.splitlines()[-2] == "x-imported:"


def test_what_is_stated_stays_and_is_told() -> None:
    after, made = merged(OURS, [tool("Our CRM", contract__seats="9")])
    assert after == OURS
    assert [(e.kind, e.key, e.before, e.after) for e in made.differences] == [
        ("kept", "contract.seats", "5", "9")
    ]


def test_the_same_in_other_words_is_no_difference() -> None:
    seen = [
        tool("Our CRM", contract__cost="12000/year"),
        tool("own", capabilities=("crm", "email")),
    ]
    assert merged(OURS, seen) == (OURS, Plan())


def test_where_there_is_none_nothing_is_filled_in() -> None:
    after, made = merged(OURS, [tool("own", contract__seats="9")])
    assert after == OURS
    assert [each.kind for each in made.differences] == ["kept"]


def test_new_tools_are_added() -> None:
    after, _ = merged(OURS, [tool("Ganz Neu", contract__cost="5/month", users="3")])
    entry = yaml.load(after, Loader=yaml.BaseLoader)["tools"]["ganz-neu"]
    assert entry == {"name": "Ganz Neu", "contract": {"cost": "5/month"}, "users": "3"}
    assert all(line in after.splitlines() for line in OURS.splitlines())


def test_rates_come_with_the_price(tmp_path: Path) -> None:
    path = written(tmp_path, "Tool,Annual cost\nA,$1200.00\n")
    options = with_rates(USD="0.92", GBP="1.15")
    stack = read_stack_text(OURS)
    made = plan(stack, found(path, stack, options), options.rates)
    after = read_stack_text(edited(OURS, made.changes[MAIN]))
    assert dict(after.exchange_rates) == {"USD": options.rates["USD"]}
    contract = after.own_contract("a")
    assert contract is not None
    assert contract.cost is not None
    assert after.a_year(contract.cost) == 1104


def test_a_tool_in_an_included_file_is_changed_there(tmp_path: Path, monkeypatch: Any) -> None:
    from stackaudit.cli.main import run

    monkeypatch.chdir(tmp_path)
    written(tmp_path, "stackaudit: 1\ninclude: [team.yaml]\n", "stack.yaml")
    written(tmp_path, "tools:\n  crm: {name: Our CRM}\n", "team.yaml")
    written(tmp_path, "Tool,Seats\nOur CRM,5\nOther,1\n")
    assert run(["import", "apps.csv", "--yes"]) == 0
    assert "crm: {name: Our CRM, contract: {seats: 5}}" in (tmp_path / "team.yaml").read_text()
    assert "other:" in (tmp_path / "stack.yaml").read_text()
    before = [(tmp_path / name).read_bytes() for name in ("stack.yaml", "team.yaml")]
    assert run(["import", "apps.csv", "--yes"]) == 0
    assert [(tmp_path / name).read_bytes() for name in ("stack.yaml", "team.yaml")] == before


NAMES = st.sampled_from(
    ["Our CRM", "own", "Own B", "Mailchimp", "Mail Chimp", "=1+1", "[/]", "Größe: ä", "微信"]
)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20
).filter(lambda text: text.strip() == text and text != "\ufeff")
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "owner.business": TEXTS,
        "contract.seats": st.integers(0, 99).map(str),
        "contract.cost": st.sampled_from(["0", "10/month", "120/year", "77.50/year"]),
        "capabilities": st.lists(st.sampled_from(["email", "crm", "cms"]), min_size=1, unique=True),
        "last_used": st.sampled_from(["never", "2026-01-02"]),
        "notes": TEXTS,
        "x-cost": TEXTS,
    },
)
TOOLS = st.lists(
    st.builds(lambda n, f: ToolSeen(n, Seen("t", "t", 1), f), NAMES, FACTS), max_size=5
)


def leaves(node: Any, *path: str) -> dict[tuple[str, ...], Any]:
    """Every stated value by its path."""
    if isinstance(node, dict):
        return {k: v for key, each in node.items() for k, v in leaves(each, *path, key).items()}
    return {path: node}


def stated(text: str) -> dict[tuple[str, ...], Any]:
    return leaves(yaml.load(text, Loader=yaml.BaseLoader))


SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(TOOLS, TOOLS)
def test_a_stated_fact_is_never_lost(first: list[ToolSeen], second: list[ToolSeen]) -> None:
    """What a person wrote stays in any order of imports; only what was imported follows a table."""
    text, _ = merged(OURS, first)
    after, _ = merged(text, second)
    ours, now = stated(OURS), stated(after)
    assert {path: now.get(path) for path in ours} == ours
    assert [line for line in after.splitlines() if "# agreed in May" in line]


@SLOW
@given(TOOLS)
def test_importing_twice_changes_nothing(tools: list[ToolSeen]) -> None:
    once, _ = merged(OURS, tools)
    again, made = merged(once, tools)
    assert again == once
    assert made.empty
    fresh = new_inventory(gathered(tools, catalog()), Answers("Ours", "EUR"))
    assert merged(fresh, tools)[0] == fresh


@SLOW
@given(TOOLS, TOOLS)
def test_everything_that_is_not_changed_stays_as_it_is(
    first: list[ToolSeen], second: list[ToolSeen]
) -> None:
    """Byte for byte, but for the entries in which a value was filled in or updated."""
    text, _ = merged(OURS, first)
    after, made = merged(text, second)
    touched = {each.tool for each in made.differences if each.kind in ("filled", "updated")}
    before, now = entries(text), entries(after)
    assert {e: now[e] for e in before if e not in touched} == {
        e: lines for e, lines in before.items() if e not in touched
    }
    new = {each.tool for each in made.differences if each.kind == "new"}
    assert set(now) - set(before) <= new | {"x-imported:"}


def entries(text: str) -> dict[str, list[str]]:
    """The lines of a file by the section or the entry that they belong to, marks by themselves."""
    found: dict[str, list[str]] = {}
    section = name = ""
    for line in text.splitlines():
        if line[:1] not in ("", " ", "#"):
            section = name = line
        elif line[:2] == "  " and line[2:3] not in (" ", "#") and section == "tools:":
            name = line[2:].partition(":")[0].strip('"')
        if not (section == "x-imported:" and line != section):
            found.setdefault(name, []).append(line)
    return found
