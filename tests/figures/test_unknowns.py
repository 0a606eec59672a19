"""The unknown facts that most rules wait for."""

from __future__ import annotations

from stackaudit.figures.unknowns import most_useful
from stackaudit.rules.severity import Severity
from tests.outputs.terminal_sample import STACK, left_open, result_of


def useful(*waiting: tuple[str, str, Severity, tuple[str, ...]], limit: int = 5) -> list[str]:
    opens = [left_open(rule, tool, severity, *paths) for rule, tool, severity, paths in waiting]
    return [each.missing for each in most_useful(result_of(open_=opens), limit)]


def test_what_most_rules_wait_for_comes_first() -> None:
    found = useful(
        ("a/a", "x", Severity.CRITICAL, ("once",)),
        ("a/b", "x", Severity.LOW, ("twice",)),
        ("a/c", "x", Severity.LOW, ("twice",)),
    )
    assert found == ["twice", "once"]


def test_of_equals_the_worst_then_what_most_checks_wait_for() -> None:
    found = useful(
        ("a/a", "x", Severity.LOW, ("low",)),
        ("a/b", "x", Severity.HIGH, ("high",)),
        ("a/c", "x", Severity.LOW, ("low-twice",)),
        ("a/c", "y", Severity.LOW, ("low-twice",)),
    )
    assert found == ["high", "low-twice", "low"]


def test_at_most_as_many_as_asked_for() -> None:
    assert useful(("a/a", "x", Severity.LOW, tuple("abcdefg")), limit=3) == ["a", "b", "c"]


def test_it_says_who_waits() -> None:
    opens = [
        left_open("a/low", "x", Severity.LOW, "p", "p"),
        left_open("a/high", "x", Severity.HIGH, "p"),
        left_open("a/high", "y", Severity.HIGH, "p"),
    ]
    (found,) = most_useful(result_of(open_=opens))
    assert found.rules == ("a/high", "a/low")
    assert (found.checks, found.worst) == (3, Severity.HIGH)


def test_it_says_where_it_would_be_stated() -> None:
    paths = ("tools.mail.holds", "tools.shop.contract.seats", "stack.flows", "nowhere.at.all")
    opens = [left_open("a/b", "mail", Severity.LOW, *paths)]
    lines = {each.missing: each.place.line for each in most_useful(result_of(open_=opens))}
    text = STACK.splitlines()
    assert text[lines["tools.mail.holds"] - 1].startswith("  mail:")
    assert text[lines["tools.shop.contract.seats"] - 1].startswith("  shop:")
    assert text[lines["stack.flows"] - 1] == "flows:"
    assert lines["nowhere.at.all"] == 1


def test_nothing_open_nothing_to_state() -> None:
    assert most_useful(result_of()) == ()
