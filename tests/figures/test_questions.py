"""The questions worth asking: ranked, in words, and true to what they promise."""

from __future__ import annotations

from functools import cache
from typing import get_args

import pytest

from stackaudit.audit import AuditResult, audit
from stackaudit.figures.questions import Question, interview
from stackaudit.figures.unknowns import most_useful, waiting
from stackaudit.rules.asking import ROLES, Path, Role, topic_of, topics
from stackaudit.rules.completeness import asked_keys
from stackaudit.rules.library import load_rules
from stackaudit.rules.severity import Severity
from tests.outputs.terminal_sample import left_open, result_of
from tests.stacks import DAY, audited

STACKS = ("northwind", "sourcegraph")


@cache
def shipped(name: str) -> AuditResult:
    return audit(f"stacks/{name}.yaml", as_of=DAY)


def asked(*waits: tuple[str, str, Severity, tuple[str, ...]]) -> list[Question]:
    opens = [left_open(rule, tool, severity, *paths) for rule, tool, severity, paths in waits]
    return list(interview(result_of(open_=opens)).questions)


def paths(found: list[Question]) -> list[str]:
    return [each.unknown.missing for each in found]


def test_what_most_rules_wait_for_comes_first() -> None:
    found = asked(
        ("a/a", "mail", Severity.CRITICAL, ("tools.mail.dpa",)),
        ("a/b", "mail", Severity.LOW, ("tools.mail.holds",)),
        ("a/c", "mail", Severity.LOW, ("tools.mail.holds",)),
    )
    assert paths(found) == ["tools.mail.holds", "tools.mail.dpa"]


@pytest.mark.parametrize("name", STACKS)
def test_nobody_is_asked_the_same_twice(name: str) -> None:
    questions = interview(shipped(name)).questions
    found = {(each.path.section, each.path.entry, each.text) for each in questions}
    assert len(found) == len(questions)


def test_of_equals_the_worst_then_the_dearest_then_the_most_sensitive() -> None:
    low = Severity.LOW
    found = asked(
        ("a/a", "mail", low, ("tools.mail.dpa",)),  # no contract, no data
        ("a/a", "chat", low, ("tools.chat.dpa",)),  # 2,988 a year
        ("a/a", "crm", low, ("tools.crm.dpa",)),  # 60,000 a year
        ("a/a", "contact", low, ("datasets.contact.identity",)),  # personal, of the CRM
        ("a/b", "old", Severity.HIGH, ("tools.old.dpa",)),
    )
    assert paths(found) == [
        "tools.old.dpa",
        "datasets.contact.identity",
        "tools.crm.dpa",
        "tools.chat.dpa",
        "tools.mail.dpa",
    ]
    assert [each.cost for each in found] == [None, 60000, 60000, 2988, None]
    assert found[3].privacy == "personal"  # a flow brings it contacts
    assert found[4].privacy is None


def test_sensitive_data_counts_where_money_is_equal() -> None:
    text = """\
stackaudit: 1
datasets:
  health: {privacy: special}
  contact: {privacy: personal}
tools:
  a: {holds: [contact], collects: []}
  b: {holds: [health], collects: []}
flows: []
"""
    found = interview(audited(text, "security/no-dpa")).questions
    dpa = [each for each in found if each.path.key == "dpa"]
    assert [each.path.entry for each in dpa] == ["b", "a"]
    assert [each.privacy for each in dpa] == ["special", "personal"]


def test_it_promises_to_decide_only_what_waits_for_nothing_else() -> None:
    found = asked(
        ("a/alone", "mail", Severity.LOW, ("tools.mail.dpa",)),
        ("a/both", "mail", Severity.LOW, ("tools.mail.dpa", "tools.mail.region")),
    )
    assert (found[0].decides, found[0].helps) == (("a/alone",), ("a/both",))
    assert (found[1].decides, found[1].helps) == ((), ("a/both",))


@pytest.mark.parametrize("name", STACKS)
def test_it_asks_for_all_that_rules_wait_for(name: str) -> None:
    result = shipped(name)
    found = interview(result)
    assert {each.unknown.missing for each in found.questions} == set(waiting(result.open))
    assert found.total == len(found.questions)
    first = interview(result, 3)
    assert first.entries == found.entries[:3]
    asked_first = {each.path for entry in first.entries for each in entry.questions}
    assert first.questions == tuple(e for e in found.questions if e.path in asked_first)
    assert (first.total, first.total_entries) == (found.total, len(found.entries))


@pytest.mark.parametrize("name", STACKS)
def test_one_person_is_asked_a_topic_once(name: str) -> None:
    found = interview(shipped(name))
    assert len({(each.best.topic, each.whom) for each in found.entries}) == len(found.entries)
    assert len(found.entries) < len(found.questions) / 2
    members = [each for entry in found.entries for each in entry.questions]
    assert sorted(members, key=Question.sort_key) == list(found.questions)
    for entry in found.entries:
        assert {(each.topic, each.role, each.owner) for each in entry.questions} == {
            (entry.best.topic, *entry.whom)
        }
    best = [found.questions.index(each.best) for each in found.entries]
    assert best == sorted(best)  # at the rank of its best question
    assert [each.number for each in found.entries] == list(range(1, len(found.entries) + 1))


def test_few_of_the_first_questions_are_the_same() -> None:
    """Where keys are stored would be most of the first questions, asked once for every flow."""
    first = interview(shipped("northwind"), 20).entries
    keys = [each for each in first if each.best.topic.name == "flows.credential.held_by"]
    assert sum(len(each.questions) for each in keys) > 30
    assert 1 < len(keys) == len({each.whom for each in keys}) < 6


def test_an_entry_says_what_all_of_it_decides() -> None:
    opens = [
        left_open("a/alone", "mail", Severity.LOW, "tools.mail.dpa"),
        left_open("a/both", "mail", Severity.HIGH, "tools.mail.dpa", "tools.crm.dpa"),
        left_open("a/more", "crm", Severity.LOW, "tools.crm.dpa", "tools.crm.region"),
        left_open("a/same", "crm", Severity.LOW, "tools.crm.dpa"),
        left_open("a/same", "mail", Severity.LOW, "tools.mail.dpa"),
    ]
    first = interview(result_of(open_=opens)).entries[0]
    assert [each.unknown.missing for each in first.questions] == ["tools.crm.dpa", "tools.mail.dpa"]
    assert all("a/both" in each.helps for each in first.questions)
    assert first.decides == ("a/both", "a/alone", "a/same")  # no other answer is needed for both
    assert first.helps == ("a/more",)
    assert first.unknown.checks == 5  # the one that waits for both is one check
    assert first.unknown.worst == Severity.HIGH


def test_an_entry_says_what_is_at_stake_in_all_of_it() -> None:
    text = """\
stackaudit: 1
currency: EUR
datasets: {health: {privacy: special}}
tools:
  a: {name: Twin, holds: [health], collects: []}
  b: {name: Twin, holds: [], collects: []}
  c: {holds: [], collects: []}
contracts:
  suite: {covers: [a, b], cost: 1000/year}
flows: []
"""
    opens = [left_open("a/a", tool, Severity.LOW, f"tools.{tool}.dpa") for tool in "abc"]
    (entry,) = interview(result_of(open_=opens, stack=text)).entries
    assert entry.cost == 1000  # one contract for two of them, counted once
    assert entry.privacy == "special"
    assert (entry.title, entry.fact) == ("3 tools", "tools.*.dpa")
    assert entry.labels == ("Twin (a)", "Twin (b)", "c")


def test_people_are_asked_apart() -> None:
    text = """\
stackaudit: 1
tools:
  a: {owner: {business: sales}}
  b: {owner: {business: sales}}
  c: {owner: {business: events}}
"""
    opens = [
        left_open("a/a", tool, Severity.LOW, f"tools.{tool}.{key}")
        for tool in "abc"
        for key in ("users", "dpa")
    ]
    found = interview(result_of(open_=opens, stack=text)).entries
    asked_of = {(each.whom, each.fact) for each in found}
    assert asked_of == {
        (("security", None), "tools.*.dpa"),
        (("business", "sales"), "tools.*.users"),
        (("business", "events"), "tools.c.users"),
    }


def test_the_terminal_names_the_same_facts() -> None:
    """The list below an audit and the questions count what waits in one way."""
    result = shipped("northwind")
    by_path = {each.unknown.missing: each.unknown for each in interview(result).questions}
    assert all(by_path[each.missing] == each for each in most_useful(result, 50))


@pytest.mark.parametrize("name", STACKS)
def test_every_open_rule_asks_in_words(name: str) -> None:
    nameless = {
        path.topic
        for missing in waiting(shipped(name).open)
        if (path := Path.of(missing)).topic not in topics()
    }
    assert not nameless


def test_every_key_that_rules_ask_of_a_tool_has_a_question() -> None:
    assert not [key for key in asked_keys(load_rules()) if f"tools.{key}" not in topics()]


def test_every_topic_is_a_question_about_a_key_that_exists() -> None:
    for name, topic in topics().items():
        assert topic.text.endswith("?"), name
        assert topic.hint, name
        if topic.in_a_cell:
            assert _in_schema(topic.section, topic.key), name
    assert len({each.text for each in topics().values()}) >= len(topics()) - 4  # few say the same


def _in_schema(section: str, key: str) -> bool:
    """Whether an entry of the section has the key."""
    from dataclasses import fields, is_dataclass
    from typing import Any, get_type_hints

    from stackaudit.inventory import model

    kinds: dict[str, Any] = {
        "tools": model.Tool, "flows": model.Flow, "datasets": model.Dataset,
        "capabilities": model.CapabilityEntry, "contracts": model.SharedContract,
        "reviews": model.Review, "roadmap": model.RoadmapItem, "observations": model.Observation,
    }  # fmt: skip
    found = kinds[section]
    for name in key.split(".") if key else ():
        if name not in {each.name for each in fields(found)}:
            return False
        inner = get_type_hints(found)[name]
        found = next((each for each in _flat(inner) if is_dataclass(each)), None)
    return True


def _flat(annotation: object) -> list[object]:
    inner = get_args(annotation)
    return [annotation, *(each for one in inner for each in _flat(one))]


def test_a_key_of_a_rule_pack_is_asked_for_by_its_name() -> None:
    topic = topic_of(Path("tools", "crm", "x_rating"))
    assert topic.text == "What is its x rating?"


STACK = """\
stackaudit: 1
tools:
  crm: {name: Core CRM, owner: {business: sales, technical: it}, holds: [], collects: []}
  mail: {owner: {business: none}, holds: [], collects: []}
flows: []
"""


def test_it_knows_whom_to_ask() -> None:
    found = interview(audited(STACK, "alignment", "bloat", "security"))
    people = {(each.role, each.name) for each in found.respondents()}
    assert ("business", "sales") in people
    assert ("business", None) in people  # of the tool whose owner is none
    roles = [each.role for each in found.respondents()]
    assert roles == sorted(roles, key=ROLES.index)
    assert set(roles) <= set(get_args(Role))
    numbers = [entry.number for each in found.respondents() for entry in each.entries]
    assert sorted(numbers) == list(range(1, len(found.entries) + 1))
    for each in found.respondents():
        of_entries = {one.path for entry in each.entries for one in entry.questions}
        assert [one for _, one in each.questions] == [
            one for one in found.questions if one.path in of_entries
        ]
        assert all(found.questions[place - 1] == one for place, one in each.questions)


def test_titles_name_the_one_to_ask() -> None:
    titles = {each.title for each in interview(shipped("northwind")).respondents()}
    assert "Security" in titles
    assert "Business owner: marketing-ops" in titles
    assert "Business owner, nobody named" in titles


def test_nothing_open_nothing_to_ask() -> None:
    found = interview(result_of())
    assert (found.questions, found.total, found.respondents()) == ((), 0, ())
