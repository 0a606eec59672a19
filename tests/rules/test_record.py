"""What a recording evaluation notes: evidence of what is decided, questions where it is not."""

from __future__ import annotations

import pytest

from stackaudit.rules.expressions.parse import parse
from stackaudit.rules.expressions.record import MAX_WITNESSES, Record, evaluate
from stackaudit.rules.kleene import Interval, Some
from tests.rules.toys import DAY, Toy, scope

pytestmark = pytest.mark.usefixtures("toys")


def recorded(text: str, toy: Toy) -> tuple[object, Record]:
    return evaluate(parse(text, scope()), {"toy": toy}, DAY)


def known(text: str, toy: Toy) -> list[str]:
    _, record = recorded(text, toy)
    return [f"{each.subject.id}.{each.fact.name}" for each in record.known]


def unknown(text: str, toy: Toy) -> list[str]:
    value, record = recorded(text, toy)
    assert value is None
    return [f"{each.subject.id}.{each.fact.name}" for each in record.unknown]


def flock(number: int, **facts: object) -> tuple[Toy, ...]:
    return tuple(Toy(f"t{each:02}", **facts) for each in range(number))


ANNE = Toy("anne", red=True, big=False, weight=3)
BEN = Toy("ben", red=True, big=False, mother=ANNE, friends=(ANNE, Toy("carl", red=False)))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("toy.red", ["ben.red"]),
        ("not toy.big", ["ben.big"]),
        ("toy.red and not toy.big", ["ben.red", "ben.big"]),
        # the first true one is why, whatever the others are
        ("toy.red or toy.loud", ["ben.red"]),
        ("toy.loud or toy.big or toy.red", ["ben.red"]),
        # both are false: both are why
        ("not (toy.big or toy.mother.big)", ["ben.big", "anne.big"]),
        # what leads to a fact is no evidence of its own, what is compared is
        ("toy.mother.weight > 2", ["anne.weight"]),
        ("toy.mother != toy", ["ben.mother"]),
        ("any(x.red for x in toy.friends)", ["ben.friends", "anne.red"]),
        # that her weight is enough settles it for anne, whatever the condition
        ("all(x.weight > 2 for x in toy.friends if x.red)",
         ["ben.friends", "anne.weight", "carl.red"]),
        ("not any(x.weight < 2 for x in toy.friends if x.red)",
         ["ben.friends", "anne.red", "anne.weight", "carl.red"]),
        ("count(x for x in toy.friends if x.red) == 1", ["ben.friends", "anne.red"]),
        ("sum(x.weight for x in toy.friends if x.red) > 2",
         ["ben.friends", "anne.red", "anne.weight"]),
        ("count(toy.friends) == 2", ["ben.friends"]),
        ("toy.mother in toy.friends", ["ben.mother", "ben.friends"]),
    ],
)  # fmt: skip
def test_the_evidence_of_what_holds(text: str, facts: list[str]) -> None:
    assert recorded(text, BEN)[0] is True
    assert known(text, BEN) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("toy.loud", ["ben.loud"]),
        ("toy.red and toy.loud", ["ben.loud"]),
        ("toy.loud and toy.weight > 2", ["ben.loud", "ben.weight"]),
        ("toy.big or toy.loud", ["ben.loud"]),
        ("toy.weight > toy.parts", ["ben.weight", "ben.parts"]),
        ("toy.mother.mother.red", ["anne.mother"]),
        ("any(x.loud for x in toy.friends)", ["anne.loud", "carl.loud"]),
        ("any(x.loud for x in toy.friends if not x.red)", ["carl.loud"]),
        ("count(x for x in toy.friends if x.big) > 0", ["carl.big"]),
        ("sum(x.weight for x in toy.friends) > 5", ["carl.weight"]),
        ("any(x.red for x in toy.mother.friends)", ["anne.friends"]),
        ("'a' in toy.tags", ["ben.tags"]),
        ("days_since(toy.born) > 3", ["ben.born"]),
    ],
)
def test_the_unknown_that_keeps_it_open(text: str, facts: list[str]) -> None:
    assert unknown(text, BEN) == facts


def test_a_range_is_known_and_unknown() -> None:
    toy = Toy("t", weight=Interval(2, 5))
    assert unknown("toy.weight > 3", toy) == ["t.weight"]
    assert known("toy.weight > 1", toy) == ["t.weight"]


def test_more_members_may_exist() -> None:
    toy = Toy("t", friends=Some((ANNE,)))
    assert unknown("any(x.big for x in toy.friends)", toy) == ["t.friends"]
    assert known("any(x.red for x in toy.friends)", toy) == ["t.friends", "anne.red"]
    assert unknown("count(x for x in toy.friends) > 1", toy) == ["t.friends"]


@pytest.mark.parametrize(
    "text",
    [
        "any(x.red for x in toy.friends)",
        "not all(not x.red for x in toy.friends)",
        "count(x for x in toy.friends if x.red) > 2",
        "sum(x.weight for x in toy.friends if x.red) > 2",
        "not any(x.big for x in toy.friends)",
        "all(x.red for x in toy.friends)",
    ],
)
def test_there_are_ten_witnesses_at_most_and_in_order(text: str) -> None:
    toy = Toy("t", friends=flock(25, red=True, big=False, weight=1))
    assert recorded(text, toy)[0] is True
    named = [each.partition(".")[0] for each in known(text, toy) if each != "t.friends"]
    assert named == sorted(named)
    assert list(dict.fromkeys(named)) == [f"t{each:02}" for each in range(MAX_WITNESSES)]


def test_every_unknown_member_is_a_question() -> None:
    toy = Toy("t", friends=flock(25))
    assert len(unknown("any(x.red for x in toy.friends)", toy)) == 25
    assert len(unknown("count(x for x in toy.friends if x.red) > 3", toy)) == 25


def test_members_that_do_not_count_ask_nothing() -> None:
    friends = (Toy("a", red=False), Toy("b", red=True, weight=3), Toy("c", red=True))
    toy = Toy("t", friends=friends)
    assert unknown("sum(x.weight for x in toy.friends if x.red) > 5", toy) == ["c.weight"]
