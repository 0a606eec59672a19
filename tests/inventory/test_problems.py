"""All problems at once, in order, each with the nearest name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.errors import (
    ExitCode,
    InventoryError,
    Place,
    Problem,
    StackauditError,
    SurroundingsError,
    did_you_mean,
    in_order,
    listed,
    nearest,
    quoted,
)
from tests.inventory.reading import problems

MONEY = "write 48000/year or 4000/month; or {amount: 48000, currency: USD, period: year}"
MANY = """\
stackaudit: 3
organisation: Northwind
tools:
  Hubspot: {lifecyle: active}
  shop:
    contract: {cost: 010, renews: soon}
    holds: [visitor]
    holds: [contact]
flows:
  - {from: shop, to: hubspot, every: 15m}
"""


def test_all_problems_of_a_file_in_one_run_in_the_order_of_the_file() -> None:
    assert [each[:3] for each in problems(MANY)] == [
        (
            "bad-value",
            "1:13",
            "write `stackaudit: 1`, or install a newer stackaudit for a newer file",
        ),
        ("unknown-key", "2:1", "did you mean `organization`?"),
        ("bad-id", "4:3", "write it in lower case, with - between the words"),
        ("unknown-key", "4:13", "did you mean `lifecycle`?"),
        ("bad-value", "6:22", MONEY),
        ("bad-value", "6:35", "write year-month-day, as in 2026-11-02, or never"),
        ("unknown-dataset", "7:13", "add it under `datasets:`"),
        ("duplicate-key", "8:5", "remove one of the two"),
        ("unknown-tool", "10:22", "did you mean `Hubspot`?"),
        ("bad-value", "10:38", "write min or mo, as in 15min or 6mo, or event"),
    ]


def test_a_problem_far_down_a_long_list_has_its_own_place() -> None:
    flows = "".join(f"  - {{id: f{n}, from: a, to: a, notes: {'x' * 200}}}\n" for n in range(2_000))
    text = f"tools: {{a: }}\nflows:\n{flows}  - {{from: a, to: a, evry: 1d}}\n"
    assert [each[:2] for each in problems(text)] == [("unknown-key", "2003:22")]


def test_a_long_section_is_whole() -> None:
    from tests.inventory.reading import read

    tools = "".join(f"  t{n}: {{name: T{n}, notes: {'x' * 100}}}\n" for n in range(2_000))
    flows = "".join(f"  - {{from: t{n}, to: t{n + 1}}}\n" for n in range(1_999))
    stack = read(f"tools:\n{tools}flows:\n{flows}")
    assert len(stack.tools) == 2_000
    assert len(stack.flows) == 1_999
    assert stack.tools["t1999"].name == "T1999"
    assert str(stack.origins.place("flows", "t1998-to-t1999", "to")) == "<text>:4001:19"


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("lifecylce", ["lifecycle", "limits"], "lifecycle"),
        ("HubSpot", ["hubspot", "shop"], "hubspot"),
        ("zzz", ["hubspot"], None),
        ("", [], None),
        ("ab", ["AB", "ab"], "AB"),
    ],
)
def test_the_nearest_name(name: str, known: list[str], found: str | None) -> None:
    assert nearest(name, known) == found
    assert nearest(name, reversed(known)) == found


@settings(deadline=None)
@given(
    st.sampled_from([f"tool-{n}" for n in range(100, 700)]),
    st.integers(0, 7),
    st.sampled_from(["drop", "double", "swap"]),
)
def test_one_slip_is_found_among_very_many(name: str, at: int, slip: str) -> None:
    at = min(at, len(name) - 2)
    slipped = {
        "drop": name[:at] + name[at + 1 :],
        "double": name[:at] + name[at] + name[at:],
        "swap": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    }[slip]
    known = [f"tool-{n}" for n in range(100, 700)]
    found = nearest(slipped, known)
    assert found is not None
    assert found in known


def test_hints_and_lists_read_as_sentences() -> None:
    assert did_you_mean("emial", ["email"]) == "did you mean `email`?"
    assert did_you_mean("zzz", ["email"], "see the docs") == "see the docs"
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "and")) == (
        "a",
        "a or b",
        "a, b and c",
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("hubspot", "`hubspot`"),
        ("customer-data-platform-of-the-north", "`customer-data-platform-of-the-north`"),
        ("campaign-2026-q4", "`campaign-2026-q4`"),
        ("a b " * 30, "`" + ("a b " * 30)[:60] + "…`"),
        ("a\nb\x1b[0m\u202e", "`a\\nb\\x1b[0m\\u202e`"),
        ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "`…`"),
        ("xoxb-abc", "`…`"),
        ("d41d8cd98f00b204e9800998ecf8427e", "`…`"),
        ("4111-1111-1111-1111", "`…`"),
    ],
)
def test_a_name_in_a_message(name: str, shown: str) -> None:
    assert quoted(name) == shown


def test_problems_are_sorted_and_said_once() -> None:
    first, second = Place("a", 1, 2), Place("a", 1, 10)
    one, other, nowhere = Problem("x", "m", second), Problem("y", "m", first), Problem("z", "m")
    assert in_order([one, other, nowhere, one]) == (nowhere, other, one)
    assert str(one) == "a:1:10 x m"
    assert str(nowhere) == "z m"


def test_an_error_carries_all_its_problems_and_an_exit_code() -> None:
    error = InventoryError(
        [Problem("b", "two", Place("f", 2, 1)), Problem("a", "one", Place("f", 1, 1))]
    )
    assert str(error) == "f:1:1 a one\nf:2:1 b two"
    assert isinstance(error, StackauditError)
    assert error.exit_code is ExitCode.INVALID
    assert SurroundingsError(Problem("x", "y")).exit_code is ExitCode.SURROUNDINGS
