"""What the language allows, and how everything else is refused: where, why, what to do."""

from __future__ import annotations

from typing import Any

import pytest

from stackaudit.rules.expressions.parse import ExpressionProblem, Scope, parse, parse_flag
from stackaudit.rules.expressions.syntax import MAX_COMPREHENSIONS, MAX_LENGTH, MAX_NODES, one_line
from stackaudit.rules.expressions.tree import Compare, Constant, Node, extent, facts_read
from stackaudit.rules.params import read_param
from stackaudit.rules.types import (
    DAYS,
    FLAG,
    LEVEL,
    MINUTES,
    MONEY,
    NUMBER,
    SHARE,
    TEXT,
    TEXTS,
    Type,
)
from tests.rules.toys import scope

pytestmark = pytest.mark.usefixtures("toys")

PARAMS = {
    name: read_param(name, text)
    for name, text in {
        "share": "40%",
        "number": "25000",
        "time": "4h",
        "word": "optional",
        "typo": "optinal",
        "flag": "true",
    }.items()
}
PARAMS["names"] = read_param("names", ("a", "b"))


def refused(text: str, within: Scope | None = None) -> ExpressionProblem:
    with pytest.raises(ExpressionProblem) as caught:
        parse(text, within or scope(PARAMS))
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("toy.red", FLAG),
        ("not toy.red and (toy.big or true)", FLAG),
        ("True", FLAG),
        ("toy.weight", NUMBER),
        ("toy.weight < 5", FLAG),
        ("toy.price * 2", MONEY),
        ("2 * toy.price", MONEY),
        ("toy.price * toy.worn", MONEY),
        ("toy.price * (1 - toy.worn)", MONEY),
        ("1 - toy.worn", SHARE),
        ("toy.worn * toy.worn", SHARE),
        ("toy.price / toy.parts", MONEY),
        ("toy.price / toy.price", NUMBER),
        ("toy.price / toy.late", NUMBER),
        ("toy.price + 100", MONEY),
        ("-toy.late", DAYS),
        ("days_since(toy.born) - toy.late", DAYS),
        ("max(toy.takes, 15)", MINUTES),
        ("toy.takes <= params.time", FLAG),
        ("toy.weight / toy.parts < params.share", FLAG),
        ("toy.price > params.number", FLAG),
        ("toy.price > -5", FLAG),
        ("toy.grade >= 'optional'", FLAG),
        ("toy.grade != params.word", FLAG),
        ("'optional' <= toy.grade", FLAG),
        ("toy.stage == 'pilot'", FLAG),
        ("toy.stage in ['pilot', 'active']", FLAG),
        ("toy.stage not in ('pilot',)", FLAG),
        ("toy.name in params.names", FLAG),
        ("toy.name == toy.stage", FLAG),
        ("'a' in toy.tags", FLAG),
        ("'calm' in toy.moods", FLAG),
        ("toy.name in toy.moods", FLAG),
        ("toy.born < today()", FLAG),
        ("toy.red == params.flag", FLAG),
        ("toy.mother.mother.name", TEXT),
        ("toy.tags", TEXTS),
        ("toy.mother == toy", FLAG),
        ("toy in toy.mother.friends", FLAG),
        ("count(toy.friends)", NUMBER),
        ("count(x for x in toy.friends)", NUMBER),
        ("count(x for x in toy.friends if x.red and not toy.red)", NUMBER),
        ("sum(x.price for x in toy.friends if x.red)", MONEY),
        ("any(x.red for x in toy.mother.friends)", FLAG),
        ("all(x.weight > 2 for x in toy.friends if x.red)", FLAG),
        ("any(any(y.red for y in x.friends) for x in toy.friends)", FLAG),
        ("overlap(toy.tags, toy.mother.tags)", FLAG),
    ],
)
def test_allowed(text: str, expected: Type) -> None:
    assert parse(text, scope(PARAMS)).type == expected


def test_several_lines_are_one() -> None:
    assert parse("toy.red\n  and\ttoy.big\r\n", scope()) == parse("toy.red and toy.big", scope())


def test_spaces_inside_texts_are_kept() -> None:
    tree = parse("toy.name == 'a  b'", scope())
    assert isinstance(tree, Compare)
    assert tree.right == Constant(TEXT, "a  b")


def test_a_hash_inside_a_text_is_no_comment() -> None:
    assert parse('toy.name == \'#1\' or toy.name == "\\"#"', scope()).type == FLAG


def test_a_text_beside_a_word_takes_its_type() -> None:
    tree = parse("'optional' < toy.grade", scope())
    assert isinstance(tree, Compare)
    assert tree.left == Constant(LEVEL, "optional")


def test_the_facts_are_listed_once_in_order() -> None:
    tree = parse("toy.red and toy.mother.weight > 2 and any(x.red for x in toy.friends)", scope())
    names = [each.name for each in facts_read(tree)]
    assert names == ["red", "weight", "mother", "friends"]


@pytest.mark.parametrize(
    ("text", "offset", "message", "hint"),
    [
        # misspelt names
        ("toy.weigth", 4, "there is no fact `toy.weigth`", "did you mean `weight`?"),
        ("toy.mother.wieght > 3", 11, "there is no fact `toy.wieght`", "did you mean `weight`?"),
        ("toy.zzz", 4, "there is no fact `toy.zzz`", "see `stackaudit facts toy`"),
        ("toys.red", 0, "there is no name `toys` here", "did you mean `toy`?"),
        ("toy.red and enforced", 12, "there is no name `enforced` here",
         "the names are toy, params; words go in quotes"),
        ("params.shaer > 1", 7, "the rule has no parameter `shaer`", "did you mean `share`?"),
        ("toy.grade >= 'enforcd'", 0, "`enforcd` is none of none, optional, enforced",
         "did you mean `enforced`?"),
        ("toy.grade == params.typo", 0, "`optinal` is none of none, optional, enforced",
         "did you mean `optional`?"),
        ("toy.stage in ['pilot', 'actve']", 0, None, "did you mean `active`?"),
        ("'clam' in toy.moods", 0, "`clam` is none of calm, wild", "did you mean `calm`?"),
        # wrong types
        ("toy.weight and toy.red", 0, "true or false is meant here, this is number", "compare it"),
        ("not toy.name", 4, "true or false is meant here, this is text", "compare it"),
        ("toy.red > 2", 0, "true or false and number cannot be compared with >",
         "compare things of one type and unit"),
        ("toy.red < toy.big", 0, "true or false and true or false cannot be compared with <", None),
        ("toy.stage > 'pilot'", 0, None, "compare things of one type and unit"),
        ("toy.name < 'b'", 0, "text and text cannot be compared with <", None),
        ("toy.late > toy.takes", 0, "days and minutes cannot be compared with >", None),
        ("toy.price > params.time", 0, "money a year and minutes cannot be compared with >", None),
        ("toy.price + toy.late", 0, "money a year and days cannot be added",
         "bring them to one unit first"),
        ("toy.price * toy.late", 0, "money a year and days cannot be multiplied",
         "bring them to one unit first"),
        ("toy.name + 'a'", 0, "a number is meant here, this is text",
         "use a fact that is a number"),
        ("toy.red + 1", 0, "a number is meant here, this is true or false", None),
        ("toy.tags == toy.tags", 0,
         "collection of text and collection of text cannot be compared with ==", None),
        ("toy.name in toy.name", 0, "a collection is meant after `in`, this is text",
         "for a single value, use =="),
        ("toy.red in toy.tags", 0, "true or false cannot be in a collection of text", None),
        ("'a' in toy.friends", 0, "text cannot be in a collection of toy", None),
        ("toy.name.red", 9, "text has no facts", "only subjects have facts"),
        ("toy.friends.red", 12, "collection of toy has no facts", None),
        ("days_since(toy.weight) > 3", 0, "days_since: takes a date, got number", None),
        ("days_since() > 3", 0, "days_since: takes a date, got nothing", None),
        ("today(toy.born) > toy.born", 0, "today: takes nothing, got date", None),
        ("max(toy.price) > 3", 0, "max: takes two or more numbers", "the greatest of the numbers"),
        ("max(1, toy.price, toy.late) > 3", 0, "max: takes numbers of one unit", None),
        ("overlap(toy.tags, toy.friends)", 0,
         "overlap: takes collections of one type, got collection of text and collection of toy",
         None),
        ("count(toy.red) > 1", 0, None, "how many members the collection has"),
        ("any(x for x in toy.friends)", 4, "true or false is meant here, this is toy",
         "compare it"),
        ("sum(x.name for x in toy.friends) > 1", 4, "a number is meant here, this is text", None),
        ("count(x.red for x in toy.friends) > 1", 6, "count counts `x` itself",
         "write count(x for x in … if …)"),
        ("any(x.red for x in toy.tags)", 3,
         "`for` goes over a collection of subjects, this is collection of text", None),
        ("any(x.red for x in toy)", 3, "`for` goes over a collection of subjects, this is toy",
         None),
        # what is not part of the language
        ("toy.weight < toy.parts < 3", 0, "compare two things at a time", "write a < b and b < c"),
        ("toy.red is True", 0, "`is` is not part of the language", "use == or !="),
        ("toy.weight ** 2", 0, "only + - * / are part of the language", "use + - * /"),
        ("toy.weight % 2 == 0", 0, "only + - * / are part of the language", None),
        ("toy.weight // 2 == 0", 0, "only + - * / are part of the language", None),
        ("+toy.weight > 1", 0, "`+ or ~ before a number` is not part of the language",
         "see docs/rule-language.md"),
        ("toy.red if toy.big else toy.loud", 0, "`if … else` is not part of the language", None),
        ("toy.tags[0] == 'a'", 0, "`[…]` is not part of the language", None),
        ("[x for x in toy.friends]", 0, "`[… for …]` is not part of the language", None),
        ("{'a': 1}", 0, "`{…}` is not part of the language", None),
        ("(lambda: 1)()", 0, "only the listed functions can be called",
         "write function(argument, …)"),
        ("lambda: toy.red", 0, "`lambda` is not part of the language", None),
        ("f'{toy.name}' == 'a'", 0, "`f\"…\"` is not part of the language", None),
        ("(y := toy.red)", 1, "`:=` is not part of the language", None),
        ("max(*toy.tags)", 4, "`*` is not part of the language", None),
        ("await toy.red", 0, "`await` is not part of the language", None),
        ("(yield)", 1, "`yield` is not part of the language", None),
        ("toy.red == None", 11, "not a number, a text, true or false",
         "an unknown needs no word: it keeps a rule open by itself"),
        ("toy.weight > 1j", 13, "not a number, a text, true or false", None),
        ("toy.name == b'a'", 12, "not a number, a text, true or false", None),
        ("toy.weight == ...", 14, "not a number, a text, true or false", None),
        ("[toy.name]", 1, "a list may only hold texts", 'write ["pilot", "active"]'),
        ("toy.name in []", 12, "the list is empty", "nothing is in it"),
        ("days_since(day=toy.born) > 1", 0, "only the listed functions can be called", None),
        ("toy.name.upper() == 'A'", 0, "only the listed functions can be called", None),
        ("len(toy.tags) > 1", 0, "there is no function `len`", None),
        ("days_sinse(toy.born) > 1", 0, "there is no function `days_sinse`",
         "did you mean `days_since`?"),
        ("any([toy.red])", 0, "`any` goes over a collection", "write any(… for x in … if …)"),
        ("sum(toy.friends)", 0, "`sum` goes over a collection", "write sum(… for x in … if …)"),
        ("known(toy.red)", 0, "`known()` is only for rules in inventory/",
         "leave it out: an unknown needs no word: it keeps a rule open by itself"),
        ("any(x.red for x in toy.friends for y in x.friends)", 3, "one `for` and one `if` at most",
         "join them with `and`"),
        ("any(x.red for x in toy.friends if x.big if x.loud)", 3, "one `for` and one `if` at most",
         None),
        ("any(x.red async for x in toy.friends)", 3, "one `for` and one `if` at most", None),
        ("any(x.red for x, y in toy.friends)", 3, None, None),
        # loop variables that are something else already
        ("any(toy.red for toy in toy.friends)", 16, "`toy` cannot be the name of a loop variable",
         "it is taken"),
        ("any(params.red for params in toy.friends)", 19, None, "it is taken"),
        ("any(any(x.red for x in x.friends) for x in toy.friends)", 18, None, "it is taken"),
        ("any(X.red for X in toy.friends)", 14, None, "use a-z, 0-9 and _"),
        ("any(__import__.red for __import__ in toy.friends)", 23, None, "use a-z, 0-9 and _"),
        ("any(_.red for _ in toy.friends)", 14, None, "use a-z, 0-9 and _"),
        # what Python would drop or change without a word
        ("toy.red # and toy.big", 8, "a comment in an expression", "write it above the key"),
        ("toy.red  # people\n  and toy.big", 9, "a comment in an expression", None),
        ("\N{FULLWIDTH LATIN SMALL LETTER T}oy.red", 0, "names are made of a-z, 0-9 and _",
         "retype the name"),
        ("toy.\N{FULLWIDTH LATIN SMALL LETTER R}ed", 0, "names are made of a-z, 0-9 and _", None),
        ("t\N{CYRILLIC SMALL LETTER O}y.red", 0, "names are made of a-z, 0-9 and _", None),
        ("toy.name == 'é' and toy.bigg", 24, "there is no fact `toy.bigg`", "did you mean `big`?"),
        # not Python at all
        ("", 0, "not an expression", "check brackets and operators"),
        ("toy.red and", 11, "not an expression", None),
        ("toy.red) or (toy.big", 7, "not an expression", None),
        ("toy.red; toy.big", 7, "not an expression", None),
        ("import os", 0, "not an expression", None),
        ("toy.red = true", 8, "not an expression", None),
        ("toy.name == 'a", 12, "not an expression", None),
        ("toy.red && toy.big", 9, "not an expression", None),
    ],
)  # fmt: skip
def test_refused(text: str, offset: int, message: str | None, hint: str | None) -> None:
    problem = refused(text)
    assert problem.offset == offset
    assert message is None or problem.message == message
    assert hint is None or problem.hint == hint
    assert problem.hint


@pytest.mark.parametrize(
    "text",
    [
        " or ".join(["toy.red"] * 20_000),
        "(" * 30_000 + "1" + ")" * 30_000,
        "(" * 300 + "toy.red" + ")" * 300,
        "not " * 200 + "toy.red",
        "-" * 900 + "1 > 0",
        "toy" + ".mother" * 100 + ".red",
        " + ".join(["1"] * 200) + " > 2",
        "any(any(any(z.red for z in y.friends) for y in x.friends) for x in toy.friends)",
        "'a' * 10**9 == 'b'",
        "9**9**9 > 1",
        "9" * 900 + " > toy.weight",
        "1e400 > toy.weight",
        "1" + "0" * 16 + " > toy.weight",
        "().__class__",
        "().__class__.__bases__[0].__subclasses__()",
        "toy.__class__",
        "toy.entry",
        "toy.world.stack",
        "toy.memory",
        "__import__('os').system('true')",
        "eval('1')",
        "open('x')",
        "exec",
        "globals()",
        "re.match('(a+)+$', toy.name)",
        "matches(toy.name, '(a+)+$')",
        "toy.name.format(toy)",
        "'{0.__class__}'.format(toy)",
        "print(toy)",
        "toy.red\0",
        "toy.red\ud800",
        "\N{RIGHT-TO-LEFT OVERRIDE}toy.red",
        "toy\N{NO-BREAK SPACE}.red",
    ],
    ids=lambda text: repr(text[:30]),
)
def test_hostile_expressions_are_refused(text: str) -> None:
    problem = refused(text)
    assert problem.hint
    assert 0 <= problem.offset <= len(text)


def test_the_limits_are_reached_before_they_are_passed() -> None:
    text = " or ".join(["toy.red"] * 91)
    assert len(text) <= MAX_LENGTH < len(text + " or toy.big")
    assert parse(text, scope()).type == FLAG
    assert refused(text + " or toy.big").message == "longer than 1,000 characters"


def grown(start: str, text: str, steps: int) -> dict[str, Node]:
    """Values that name each other: v0, v1 …"""
    values = {"v0": parse(start, scope())}
    for number in range(1, steps):
        values[f"v{number}"] = parse(text.replace("VALUE", f"v{number - 1}"), scope(values=values))
    return values


def test_values_that_double_are_refused_before_they_are_written_out() -> None:
    with pytest.raises(ExpressionProblem, match="too large with its values written out"):
        grown("toy.weight", " + ".join(["VALUE"] * 20), 50)


def test_values_that_nest_are_refused() -> None:
    with pytest.raises(ExpressionProblem, match="too large with its values written out"):
        grown("toy.weight", "-VALUE", 50)


def test_values_do_not_hide_a_third_comprehension() -> None:
    values = grown("count(x for x in toy.friends if x.red)", "VALUE + 1", 2)
    text = "any(any(y.weight > {} for y in x.friends) for x in toy.friends)"
    assert extent(parse(text.format("2"), scope())).loops == MAX_COMPREHENSIONS
    problem = refused(text.format("v1"), scope(values=values))
    assert problem.message == "more than 2 comprehensions inside each other"


def test_values_may_be_used_often_within_the_limit() -> None:
    values = grown("toy.weight + toy.parts", "VALUE * 2", 3)
    tree = parse(" + ".join(["v2"] * 20) + " > 3", scope(values=values))
    assert 100 < extent(tree).nodes < MAX_NODES


def test_a_loop_variable_cannot_take_the_name_of_a_value() -> None:
    values = {"use": parse("toy.weight", scope())}
    problem = refused("any(use.red for use in toy.friends)", scope(values=values))
    assert problem.message == "`use` cannot be the name of a loop variable"


def test_known_is_for_rules_about_the_inventory() -> None:
    assert parse("not known(toy.red)", scope(may_ask_known=True)).type == FLAG


def test_a_condition_is_true_or_false() -> None:
    with pytest.raises(ExpressionProblem, match="a condition is meant, this is money a year"):
        parse_flag("toy.price", scope())


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("40%", SHARE, 0.4),
        ("0%", SHARE, 0.0),
        ("4h", MINUTES, 240),
        ("90d", MINUTES, 129600),
        ("25000", NUMBER, 25000),
        ("0", NUMBER, 0),
        ("2.5", NUMBER, 2.5),
        ("true", FLAG, True),
        ("enforced", TEXT, "enforced"),
        ("15m", TEXT, "15m"),
        ("-5", TEXT, "-5"),
        ("010", TEXT, "010"),
        ("1e9", TEXT, "1e9"),
        ("140%", TEXT, "140%"),
        (("a", "b"), TEXTS, ("a", "b")),
    ],
)
def test_the_type_of_a_parameter_is_how_it_is_written(
    text: Any, type_: Type, value: object
) -> None:
    assert read_param("it", text) == Constant(type_, value, "it")


def test_one_line_keeps_every_character_where_it_is() -> None:
    assert one_line("  a\n\tb  c\r\n ") == "a  b  c"
