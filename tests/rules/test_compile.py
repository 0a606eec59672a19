"""The compiled function: the same answer as the recording evaluation, never contradicted by
what an unknown turns out to be, and no way for a rule's text into the source."""

from __future__ import annotations

import ast
import math
import re
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from stackaudit.rules.expressions.compile import Compiled, compile_tree, source_of
from stackaudit.rules.expressions.parse import ExpressionProblem, parse
from stackaudit.rules.expressions.record import Reading, evaluate
from stackaudit.rules.expressions.syntax import MAX_DEPTH
from stackaudit.rules.expressions.tree import (
    Calculate,
    Constant,
    Each,
    Node,
    Read,
    Variable,
    extent,
    walk,
)
from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.types import FLAG, TEXT, many, subject
from tests.rules.making import Names, completed, flags, plain, toys
from tests.rules.toys import DAY, TOY_FACTS, Toy, scope

pytestmark = pytest.mark.usefixtures("toys")

FACTS = {each.name: each for each in TOY_FACTS}
random_flags = flags(Names(), 3)
random_numbers = plain(Names(), 3)
many_examples = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    deadline=None,
)


def tree_of(text: str) -> Node:
    try:
        return parse(text, scope())
    except ExpressionProblem as problem:
        assume("longer than" not in problem.message and "too large" not in problem.message)
        raise


def both(text: str, toy: Toy) -> Any:
    """The answer of the compiled function, which the recording evaluation has to share."""
    tree = tree_of(text)
    value = compile_tree(tree, "toy")(toy, DAY)
    assert evaluate(tree, {"toy": toy}, DAY)[0] == value
    return value


@many_examples
@given(text=random_flags | random_numbers, toy=toys())
def test_compiled_and_recorded_agree(text: str, toy: Toy) -> None:
    tree = tree_of(text)
    compiled = compile_tree(tree, "toy")(toy, DAY)
    recorded, _ = evaluate(tree, {"toy": toy}, DAY)
    assert compiled == recorded
    assert type(compiled) is type(recorded) or {type(compiled), type(recorded)} == {int, float}


@many_examples
@given(text=random_flags, data=st.data())
def test_no_completion_of_the_unknown_contradicts_an_answer(text: str, data: st.DataObject) -> None:
    toy = data.draw(toys())
    function = compile_tree(tree_of(text), "toy")
    answer = function(toy, DAY)
    assume(answer is not None)
    assert function(completed(cast("st.DrawFn", data.draw), toy), DAY) in (answer, None)


@many_examples
@given(text=random_flags, toy=toys())
def test_what_is_open_names_an_unknown_and_what_is_decided_a_known_fact(
    text: str, toy: Toy
) -> None:
    tree = tree_of(text)
    value, record = evaluate(tree, {"toy": toy}, DAY)
    if value is None:
        assert record.unknown or _undefined(tree)
    else:
        assert record.known or _constant(tree) or _about_itself(tree)
    for reading in record.unknown:
        assert reading.value is None or isinstance(reading.value, Some | Interval)
    for reading in record.known:
        assert reading.value is not None


def _undefined(tree: Node) -> bool:
    """A division may be by zero although everything is known."""
    return any(isinstance(each, Calculate) and each.operator == "/" for each in walk(tree))


def _constant(tree: Node) -> bool:
    """`true or …` needs no fact."""
    return any(isinstance(each, Constant) for each in walk(tree))


def _about_itself(tree: Node) -> bool:
    """`toy == toy` needs no fact either."""
    return any(isinstance(each, Variable) for each in walk(tree))


ANNE = Toy("anne", red=True, weight=Interval(2, 5), parts=4, grade="optional", born=DAY)
BEN = Toy("ben", red=False, weight=8, price=0, mother=ANNE, friends=(ANNE,), tags=("a",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("toy.red", False),
        ("not toy.red", True),
        ("toy.big", None),
        ("toy.red and toy.big", False),
        ("toy.big and toy.red", False),
        ("toy.big or not toy.red", True),
        ("toy.big or toy.red", None),
        ("toy.big == toy.red", None),
        ("toy.mother.red", True),
        ("toy.mother.mother.red", None),
        ("toy.mother.weight < 6", True),
        ("toy.mother.weight < 5", None),
        ("toy.mother.weight == 6", False),
        ("toy.mother.weight != 3", None),
        ("toy.mother.weight + 1 <= 6", True),
        ("toy.weight / toy.mother.parts == 2", True),
        ("toy.weight / toy.price > 1", None),
        ("toy.weight * toy.mother.weight", Interval(16, 40)),
        ("toy.mother.weight / 2", Interval(1, 2.5)),
        ("1 - toy.mother.weight", Interval(-4, -1)),
        ("-toy.weight", -8),
        ("toy.mother.grade >= 'optional'", True),
        ("toy.mother.grade > 'optional'", False),
        ("'none' < toy.mother.grade", True),
        ("toy.grade > 'none'", None),
        ("toy.mother.grade in ['none', 'optional']", True),
        ("toy.mother.grade not in ['none', 'optional']", False),
        ("'a' in toy.tags", True),
        ("'a' not in toy.tags", False),
        ("'a' in toy.mother.tags", None),
        ("toy.mother in toy.friends", True),
        ("toy.mother == toy", False),
        ("days_since(toy.mother.born) == 0", True),
        ("toy.mother.born <= today()", True),
        ("any(x.red for x in toy.friends)", True),
        ("any(x.red for x in toy.friends if x.big)", None),
        ("all(x.red for x in toy.friends if x.parts > 4)", True),
        ("all(not x.red for x in toy.friends)", False),
        ("any(x.red for x in toy.mother.friends)", None),
        ("count(x for x in toy.friends if x.big)", Interval(0, 1)),
        ("count(toy.friends)", 1),
        ("sum(x.weight for x in toy.friends)", Interval(2, 5)),
        ("sum(x.price for x in toy.friends)", Interval(0, math.inf)),
        ("sum(x.weight - 3 for x in toy.friends if x.big)", Interval(-1, 2)),
        ("sum(x.late for x in toy.friends)", None),
        ("max(toy.weight, toy.price / 2, 3)", 8),
        ("min(toy.weight, toy.parts)", Interval(-math.inf, 8)),
        ("any(any(y == x for y in toy.friends) for x in toy.friends)", True),
        ("true", True),
        ("false or false", False),
        ("true and toy.red", False),
        ("1 / 0", None),
    ],
)
def test_what_an_expression_gives(text: str, expected: Any) -> None:
    assert both(text, BEN) == expected


def test_an_unknown_among_the_operands_is_not_forgotten_behind_a_later_one() -> None:
    assert both("toy.big and toy.loud and toy.mother.red", BEN) is None
    assert both("toy.big and toy.mother.red and toy.red", BEN) is False


def test_two_hundred_operands_make_a_source_of_that_order() -> None:
    text = " or ".join(["toy.red"] * 90)
    source, _ = source_of(tree_of(text), "toy")
    assert len(source) < 90 * 60
    assert both(text, BEN) is False


def test_an_early_answer_reads_nothing_more() -> None:
    read: list[str] = []

    class Watched(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            read.append(key)
            return super().get(key, default)

    toy = Toy("watched", red=False)
    toy.entry = Watched(red=False)
    assert compile_tree(tree_of("toy.red and toy.big and toy.loud"), "toy")(toy, DAY) is False
    assert read == ["red"]


def test_whole_numbers_do_not_grow_beyond_what_can_be_divided() -> None:
    text = f"({' * '.join(['toy.parts'] * 30)}) / 3 + 0.5"
    assert both(text, Toy("t", parts=10**15)) == math.inf


def test_it_is_compiled_when_it_is_first_asked() -> None:
    compiled = Compiled(tree_of("not toy.red"), "toy", "bloat/x")
    assert compiled(BEN, DAY) is True
    assert compiled.function is compiled.function
    assert compiled.function.__code__.co_filename == "<bloat/x>"


# What may stand in the source that is compiled, whatever the rule says.
OUR_NAMES = r"(v_[a-z][a-z0-9_]*|t\d+|o\d+|today)"
ATTRIBUTES = {"__class__"}


def names_of(source: str) -> tuple[set[str], set[str], list[object]]:
    """All names, attributes and constants of a piece of Python."""
    nodes = list(ast.walk(ast.parse(source, mode="eval")))
    names = {each.id for each in nodes if isinstance(each, ast.Name)}
    names |= {each.arg for each in nodes if isinstance(each, ast.arg)}
    attributes = {each.attr for each in nodes if isinstance(each, ast.Attribute)}
    return names, attributes, [each.value for each in nodes if isinstance(each, ast.Constant)]


@many_examples
@given(text=random_flags | random_numbers)
def test_the_source_holds_our_names_and_numbers_only(text: str) -> None:
    source, objects = source_of(tree_of(text), "toy")
    names, attributes, constants = names_of(source)
    for name in names:
        assert re.fullmatch(OUR_NAMES, name)
    assert attributes <= ATTRIBUTES
    assert all(each is None or isinstance(each, bool | int | float) for each in constants)
    assert {each for each in names if each.startswith("o")} <= set(objects)


@pytest.mark.parametrize(
    "text",
    ["');import os;('", "__import__", "{0.__class__}", "\\'", "\N{RIGHT-TO-LEFT OVERRIDE}", "o0"],
)
def test_texts_never_get_into_the_source(text: str) -> None:
    constant = Constant(TEXT, text)
    tree = tree_of("toy.name == 'a'")
    hostile = type(tree)(**{**_fields(tree), "right": constant})
    source, objects = source_of(hostile, "toy")
    assert text not in source.replace("o0", "") or text == "o0"
    assert text in objects.values()
    assert compile_tree(hostile, "toy")(Toy("x", name=text), DAY) is True


def _fields(tree: Node) -> dict[str, Any]:
    return {name: getattr(tree, name) for name in tree.__slots__}


@pytest.mark.parametrize("name", ["t1", "o0", "today2", "v_toy", "vx", "lambda1", "none", "self"])
def test_loop_variables_do_not_meet_our_names(name: str) -> None:
    text = f"any({name}.red and not toy.red for {name} in toy.friends)"
    assert both(text, BEN) is True
    assert both(f"sum({name}.parts for {name} in toy.friends if {name}.red)", BEN) == 4


@pytest.mark.parametrize(
    "name", ["__import__", "__builtins__", "_", "_x", "x_", "X", "ünder", "today", "max", "params"]
)
def test_a_tree_with_another_name_is_not_compiled(name: str) -> None:
    with pytest.raises(ExpressionProblem):
        parse(f"any({name}.red for {name} in toy.friends)", scope())
    if name in ("today", "max", "params"):
        return  # refused as taken; as a Python name it would be apart from ours all the same
    loop = Each(
        FLAG,
        "any",
        name,
        _friends(),
        None,
        Read(FLAG, Variable(subject("toy"), name), FACTS["red"]),
    )
    with pytest.raises(ValueError, match="not the name of a variable"):
        compile_tree(loop, "toy")


def _friends() -> Node:
    toy = Variable(subject("toy"), "toy")
    return Read(many(subject("toy")), toy, FACTS["friends"])


def test_a_compiled_rule_has_no_builtins() -> None:
    function: Any = compile_tree(tree_of("not toy.red"), "toy")
    assert function.__globals__["__builtins__"] == {}


@pytest.mark.parametrize(
    "wrap",
    [
        "not ({})",
        "({}) and toy.red",
        "toy.red or ({})",
        "({}) == toy.red",
        "any({} for {x} in toy.friends)",
        "({} ) != (toy.mother.mother.red)",
    ],
)
def test_the_deepest_expression_still_compiles(wrap: str) -> None:
    """Values are written out where they are named, up to a depth that Python's parser bears."""
    tree: Node = tree_of("toy.red")
    for number in range(MAX_DEPTH):
        text = wrap.replace("{}", "inner").replace("{x}", f"x{number}")
        try:
            tree = parse(text, scope(values={"inner": tree}))
        except ExpressionProblem:
            break
    assert extent(tree).depth > MAX_DEPTH - 5 or extent(tree).loops == 2
    toy = Toy("t", red=True, friends=(BEN,))
    assert compile_tree(tree, "toy")(toy, DAY) == evaluate(tree, {"toy": toy}, DAY)[0]


def test_the_deepest_sum_still_compiles() -> None:
    tree: Node = tree_of("toy.weight")
    while True:
        try:
            tree = parse("1 + (2 * inner) / 3", scope(values={"inner": tree}))
        except ExpressionProblem:
            break
    toy = Toy("t", weight=3)
    assert compile_tree(tree, "toy")(toy, DAY) == evaluate(tree, {"toy": toy}, DAY)[0]


def test_readings_name_fact_subject_and_value() -> None:
    _, record = evaluate(tree_of("toy.mother.weight < 6"), {"toy": BEN}, DAY)
    reading = Reading(FACTS["weight"], ANNE, Interval(2, 5))
    assert record.known == record.unknown == (reading,)
