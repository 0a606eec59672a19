"""Every entry, key and value can be found again in the files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from stackaudit.audit import audit
from stackaudit.rules.finding import Open
from tests.inventory.reading import full_text, read, read_file


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("organization",), "1:1"),
        (("policy", None, "regions"), "2:10"),
        (("policy", None, "regions", 1), "2:24"),
        (("policy", None, "nothing"), "2:1"),
        (("tools",), "3:1"),
        (("tools", "a"), "4:3"),
        (("tools", "a", "contract"), "5:5"),
        (("tools", "a", "contract", "cost"), "5:16"),
        (("tools", "a", "contract", "cost", "amount"), "5:16"),
        (("tools", "a", "nothing", "cost"), "4:3"),
        (("tools", "a", "holds", 1), "6:16"),
        (("tools", "a", "holds", 7), "6:5"),
        (("tools", "a", "holds", -1), "6:5"),
        (("tools", "a", "holds", "b"), "6:5"),
        (("flows", "a-to-a"), "8:5"),
        (("flows", "a-to-a", "to"), "8:15"),
        (("flows", "gone"), "1:1"),
        (("roadmap", "r", "title"), "9:19"),
        (("reviews", "a"), "1:1"),
    ],
)
def test_a_place_is_that_of_the_deepest_key_there_is(
    path: tuple[str, str | None], place: str
) -> None:
    stack = read(
        "organization: x\n"
        "policy: {regions: [eu, uk]}\n"
        "tools:\n"
        "  a:\n"
        "    contract: {cost: 1/year}\n"
        "    holds: [d, e]\n"
        "flows:\n"
        "  - {from: a, to: a}\n"
        "roadmap: [{id: r, title: x}]\n"
        "datasets: {d: , e: }\n"
    )
    assert str(stack.origins.place(*path)) == f"<text>:{place}"


def test_a_statement_is_anything_but_nothing() -> None:
    origins = read("tools: {a: {contract: none, holds: [], users: ~, owner: {business: }}}").origins
    assert origins.states("tools", "a", "contract")
    assert origins.states("tools", "a", "holds")
    assert origins.states("tools", "a", "owner")
    assert not origins.states("tools", "a", "owner", "business")
    assert not origins.states("tools", "a", "users")
    assert not origins.states("tools", "a", "name")
    assert not origins.states("tools", "b")
    assert not origins.states("flows")


def test_nodes_are_text_as_written() -> None:
    origins = read(full_text()).origins
    assert origins.node("tools", "hubspot", "contract", "cost") == "48000/year"
    assert origins.node("tools", "hubspot", "grants", 0, "of") == "service"
    assert origins.node("contracts", "adobe", "covers", 1) == "aem"
    assert origins.node("flows", "till-export", "from") == "pos"
    assert origins.node("flows", "till-export", "from", "x") is None


def test_each_file_answers_for_its_entries(tmp_path: Path) -> None:
    main = tmp_path / "stack.yaml"
    main.write_text("include: [b.yaml]\ntools: {a: {name: A}}\nflows: [{from: a, to: b}]\n")
    (tmp_path / "b.yaml").write_text("tools: {b: {name: B}}\nflows: [{from: b, to: a}]\nbudget: {}")
    origins = read_file(main).origins
    paths: list[tuple[str, str | None, *tuple[str, ...]]] = [
        ("tools", "a", "name"),
        ("tools", "b", "name"),
        ("flows", "a-to-b"),
        ("flows", "b-to-a"),
        ("budget", None),
        ("tools", None, "b"),
        ("tools", None, "zzz"),
    ]
    places = [Path(str(origins.place(*path))).name for path in paths]
    assert places == [
        "stack.yaml:2:13",
        "b.yaml:1:13",
        "stack.yaml:3:9",
        "b.yaml:2:9",
        "b.yaml:3:1",
        "b.yaml:1:9",
        "stack.yaml:2:1",
    ]
    assert origins.node("tools", "b", "name") == "B"
    assert origins.node("tools", None, "b", "name") == "B"


def test_what_one_file_leaves_empty_is_where_another_states_it(tmp_path: Path) -> None:
    main = tmp_path / "stack.yaml"
    main.write_text("include: [b.yaml]\nconfirmed:\npolicy: ~\nbudget: ~\ntools:\nincomplete: ~\n")
    (tmp_path / "b.yaml").write_text(
        "confirmed: 2026-01-10\npolicy: {regions: [eu]}\ntools: {a: {}}\nincomplete: [tools]\n"
    )
    stack = read_file(main)
    found = [
        stack.origins.found("confirmed"),
        stack.origins.found("policy"),
        stack.origins.found("policy", None, "regions"),
        stack.origins.found("tools"),
    ]
    assert [(stated, Path(str(place)).name) for stated, place in found] == [
        (True, "b.yaml:1:1"),
        (True, "b.yaml:2:1"),
        (True, "b.yaml:2:10"),
        (True, "b.yaml:3:1"),
    ]
    stated, place = stack.origins.found("budget")
    assert (stated, Path(str(place)).name) == (False, "stack.yaml:4:1")
    result = audit(stack, as_of=dt.date(2026, 11, 2))
    (open_at,) = {each.place for each in result.open if ("stack", "tools") in about(each)}
    assert Path(str(open_at)).name == "b.yaml:4:1"


def about(found: Open) -> set[tuple[str, str]]:
    return {(each.kind, each.id) for each in found.subjects}
