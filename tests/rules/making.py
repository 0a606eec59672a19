"""Random expressions about toys that the language allows, and random toys to ask about."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from typing import Any

from hypothesis import strategies as st

from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.types import LEVEL, LIFECYCLE
from tests.rules.toys import DAY, Toy

amounts = st.integers(0, 9) | st.sampled_from([0.25, 0.5, 2.5, 1000])
days_around = st.integers(-9, 9)
ranges = st.tuples(st.integers(0, 5), st.integers(1, 5) | st.just(math.inf)).map(
    lambda pair: Interval(pair[0], pair[0] + pair[1])
)
dates = st.integers(-40, 40).map(lambda days: DAY + dt.timedelta(days))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "red": st.booleans(),
    "big": st.booleans(),
    "loud": st.booleans(),
    "weight": amounts | ranges,
    "parts": st.integers(0, 9) | ranges,
    "price": amounts | ranges,
    "worn": st.sampled_from([0.0, 0.25, 0.5, 1.0]),
    "late": days_around
    | st.builds(lambda low, more: Interval(low, low + more), days_around, st.integers(1, 9)),
    "takes": st.integers(0, 2000) | st.just(math.inf) | ranges,
    "born": dates | st.sampled_from([dt.date.min, dt.date.max]),
    "grade": st.sampled_from(LEVEL.words),
    "stage": st.sampled_from(LIFECYCLE.words),
    "name": st.sampled_from(["a", "b"]),
    "tags": st.sampled_from([(), ("a",), ("a", "b")]),
}
"""What each fact can be when it is known, or known in part."""

unknown = st.none()


@st.composite
def toys(draw: st.DrawFn, depth: int = 2, *, whole: bool = False) -> Toy:
    """A toy of which any fact may be unknown; with `whole`, of which all are known."""
    rest = st.nothing() if whole else unknown
    facts = {name: draw(values | rest) for name, values in VALUES.items()}
    name = draw(st.sampled_from("abcde"))
    if depth:
        others = st.lists(toys(depth - 1, whole=whole), max_size=3).map(tuple)
        partly = st.nothing() if whole else others.map(Some)
        facts["mother"] = draw(toys(depth - 1, whole=whole) | rest)
        facts["friends"] = draw(others | partly | rest)
    else:
        facts["friends"] = ()
        facts["mother"] = Toy("nobody", **{**facts, "mother": None}) if whole else None
    return Toy(name, **facts)


def completed(draw: st.DrawFn, toy: Toy, depth: int = 2) -> Toy:
    """The same toy when everything about it is known: one of the ways it may turn out."""
    facts = {name: _completed(draw, name, toy.entry[name]) for name in VALUES}
    friends, mother = toy.entry["friends"], toy.entry["mother"]
    if mother is None:
        facts["mother"] = draw(toys(max(depth - 1, 0), whole=True))
    else:
        facts["mother"] = completed(draw, mother, depth - 1)
    known = tuple(completed(draw, each, depth - 1) for each in friends or ())
    more = draw(st.lists(toys(0, whole=True), max_size=2)) if type(friends) is not tuple else []
    facts["friends"] = (*known, *more)
    return Toy(toy.id, **facts)


def _completed(draw: st.DrawFn, name: str, value: Any) -> Any:
    if value is None:
        value = draw(VALUES[name])
    if isinstance(value, Interval):
        top = value.low + 50 if math.isinf(value.high) else value.high
        return draw(st.integers(int(value.low), int(top)))
    return value


@dataclasses.dataclass(frozen=True)
class Names:
    """The variables in scope, and how many comprehensions are still allowed."""

    variables: tuple[str, ...] = ("toy",)
    loops: int = 2


def flags(names: Names, depth: int) -> st.SearchStrategy[str]:
    """Conditions."""
    someone = subjects(names)
    leaves = st.one_of(
        st.sampled_from(["true", "false"]),
        st.builds("{}.{}".format, someone, st.sampled_from(["red", "big", "loud"])),
        st.builds("{}.grade {} '{}'".format, someone, orders, st.sampled_from(LEVEL.words)),
        st.builds("{}.grade {} {}.grade".format, someone, orders, someone),
        st.builds("{}.stage in ['pilot', 'active']".format, someone),
        st.builds("{}.stage != '{}'".format, someone, st.sampled_from(LIFECYCLE.words)),
        st.builds("'a' {} {}.tags".format, st.sampled_from(["in", "not in"]), someone),
        st.builds("{}.name in {}.tags".format, someone, someone),
        st.builds("{}.mother in {}.friends".format, someone, someone),
        st.builds("overlap({}.friends, {}.friends)".format, someone, someone),
        st.builds("{}.name == '{}'".format, someone, st.sampled_from("ab")),
        st.builds("{}.mother == {}".format, someone, someone),
        st.builds("{}.born {} {}.born".format, someone, orders, someone),
        st.builds("{}.born {} today()".format, someone, orders),
        st.builds("{}.red == {}.big".format, someone, someone),
        comparisons(names, 0),
    )
    if depth == 0:
        return leaves
    inner = flags(names, depth - 1)
    choices = [
        leaves,
        comparisons(names, depth - 1),
        st.builds("not ({})".format, inner),
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({}) or ({})".format, inner, inner, inner),
    ]
    if names.loops:
        choices.append(st.deferred(lambda: quantified(names, depth)))
    return st.one_of(choices)


orders = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])


def subjects(names: Names) -> st.SearchStrategy[str]:
    """Something that has facts."""
    variable = st.sampled_from(names.variables)
    return variable | st.builds("{}.mother".format, variable)


def comparisons(names: Names, depth: int) -> st.SearchStrategy[str]:
    """Numbers of one unit beside each other."""
    return st.one_of(
        st.builds("({}) {} ({})".format, plain(names, depth), orders, plain(names, depth)),
        st.builds("({}) {} ({})".format, days(names), orders, days(names)),
        st.builds("({}) {} {}".format, days(names), orders, days_around),
    )


def days(names: Names) -> st.SearchStrategy[str]:
    """Numbers that may be negative."""
    someone = subjects(names)
    one = st.one_of(
        st.builds("{}.late".format, someone),
        st.builds("days_since({}.born)".format, someone),
        st.builds("days_until({}.born)".format, someone),
    )
    return one | st.builds("{} - {}".format, one, one) | st.builds("max({}, {})".format, one, one)


def plain(names: Names, depth: int) -> st.SearchStrategy[str]:
    """Numbers without a unit."""
    someone = subjects(names)
    leaves = st.one_of(
        amounts.map(str),
        st.builds("{}.weight".format, someone),
        st.builds("{}.parts".format, someone),
        st.builds("{}.takes / {}.takes".format, someone, someone),
        st.builds("{}.price / {}.price".format, someone, someone),
        st.builds("count({}.friends)".format, someone),
    )
    if depth == 0:
        return leaves
    inner = plain(names, depth - 1)
    choices = [
        leaves,
        st.builds("({}) {} ({})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("{}({}, {}, {})".format, st.sampled_from(["max", "min"]), inner, inner, inner),
        st.builds("-({})".format, inner),
    ]
    if names.loops:
        choices.append(st.deferred(lambda: gathered(names, depth)))
    return st.one_of(choices)


def _inside(names: Names) -> tuple[str, Names]:
    variable = f"x{len(names.variables)}"
    return variable, Names((*names.variables, variable), names.loops - 1)


def quantified(names: Names, depth: int) -> st.SearchStrategy[str]:
    """`any` and `all`."""
    variable, inner = _inside(names)
    condition = flags(inner, depth - 1)
    return st.builds(
        f"{{}}({{}} for {variable} in {{}}.friends{{}})".format,
        st.sampled_from(["any", "all"]),
        condition,
        st.sampled_from(names.variables),
        st.just("") | condition.map(" if {}".format),
    )


def gathered(names: Names, depth: int) -> st.SearchStrategy[str]:
    """`count` and `sum`."""
    variable, inner = _inside(names)
    condition = flags(inner, depth - 1).map(" if {}".format)
    members = st.sampled_from(names.variables)
    return st.one_of(
        st.builds(
            f"count({variable} for {variable} in {{}}.friends{{}})".format, members, condition
        ),
        st.builds(
            f"sum({{}} for {variable} in {{}}.friends{{}})".format,
            plain(inner, depth - 1),
            members,
            st.just("") | condition,
        ),
    )
