"""Nothing is chosen between two that say the same, and nothing contradicts itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.inventory.merge import made_id
from tests.inventory.reading import problems, problems_in, read


@pytest.mark.parametrize(
    ("section", "entry"),
    [
        ("tools", "a: {}"),
        ("datasets", "a: {}"),
        ("capabilities", "a: {}"),
        ("contracts", "a: {covers: [t]}"),
        ("reviews", "t: {state: requested}"),
    ],
)
def test_an_id_in_two_files_is_refused_naming_both(
    section: str, entry: str, tmp_path: Path
) -> None:
    (tmp_path / "b.yaml").write_text(f"\n{section}:\n  {entry}\n")
    main = tmp_path / "stack.yaml"
    more = "" if section == "tools" else "tools: {t: }\n"
    main.write_text(f"include: [b.yaml]\n{more}{section}: {{{entry}}}\n")
    (found,) = problems_in(main)
    assert (found.code, found.at) == ("duplicate-id", "b.yaml:3:3")
    line, column = (2, 9) if section == "tools" else (3, len(section) + 4)
    assert found.message.endswith(f"stack.yaml:{line}:{column}")
    assert found.hint == "remove one of the two, or give it another id"


def test_what_is_said_of_the_whole_stack_is_said_once(tmp_path: Path) -> None:
    said = "organization: x\ncurrency: EUR\nconfirmed: 2026-01-01\nexchange_rates: {USD: 1}\n"
    (tmp_path / "b.yaml").write_text(said + "policy: {}\nbudget: {}\nincomplete: [flows]\n")
    main = tmp_path / "stack.yaml"
    main.write_text(said + "policy: {}\nbudget: {}\nincomplete: [flows]\ninclude: [b.yaml]\n")
    assert [each[:2] for each in problems_in(main)] == [
        ("stated-twice", f"b.yaml:{line}:1") for line in range(1, 7)
    ]


def test_two_flows_between_the_same_tools_are_both_kept() -> None:
    stack = read(
        "tools: {a: , b: , z: }\n"
        "flows:\n"
        "  - {from: a, to: b}\n"
        "  - {from: a, to: b, method: native}\n"
        "  - {from: a, to: b, method: reverse_etl}\n"
        "  - {from: a, to: b, method: native, through: z}\n"
        "  - {id: by-night, from: a, to: b, method: native}\n"
        "  - {from: b, to: a}\n"
        "  - {from: a, to: a}\n"
    )
    assert list(stack.flows) == [
        "a-to-a",
        "a-to-b",
        "a-to-b-native",
        "a-to-b-native-via-z",
        "a-to-b-reverse-etl",
        "b-to-a",
        "by-night",
    ]
    assert made_id("a", "b", "native", "z") == "a-to-b-native-via-z"


@pytest.mark.parametrize(
    "flows",
    [
        "  - {from: a, to: b}\n  - {from: a, to: b, data: []}\n",
        "  - {id: x, from: a, to: b}\n  - {id: x, from: b, to: a}\n",
        "  - {from: a, to: b}\n  - {id: a-to-b, from: b, to: a}\n",
    ],
)
def test_flows_that_cannot_be_told_apart_ask_for_an_id(flows: str) -> None:
    (found,) = problems(f"tools: {{a: , b: }}\nflows:\n{flows}")
    assert (found.code, found.at) == ("duplicate-id", "4:5")
    assert found.message.endswith("<text>:3:5")
    assert found.hint == "give each an `id:` of its own, or remove one"


def test_a_roadmap_names_each_item_once() -> None:
    (found,) = problems("roadmap:\n- {id: a}\n- {id: b}\n- {id: a}\n")
    assert (found.code, found.at) == ("duplicate-id", "4:3")


def test_a_contract_has_one_place() -> None:
    (found,) = problems(
        "tools: {a: {contract: {cost: 0}}, b: {contract: none}}\n"
        "contracts: {a: {covers: [b]}, b: {covers: [a]}}\n"
    )
    assert (found.code, found.at) == ("duplicate-id", "1:13")
    assert found.message == "the contract `a` is already there at <text>:2:13"


def test_former_ids_are_gone_and_belong_to_one_tool() -> None:
    text = "tools: {a: {previously: [x, b, a]}, b: {previously: [x]}}"
    assert [each[:3] for each in problems(text)] == [
        ("still-there", "1:29", "remove it from `previously:`, or remove that entry"),
        ("still-there", "1:32", "remove it from `previously:`, or remove that entry"),
        ("duplicate-id", "1:54", "name it once, where its history goes"),
    ]


@pytest.mark.parametrize("rates", ["", "exchange_rates: {GBP: 1.2}", "exchange_rates: {USD: }"])
def test_money_without_a_rate_is_never_reckoned(rates: str) -> None:
    (found,) = problems(
        f"{rates}\ncurrency: EUR\ntools: {{a: }}\n"
        "contracts: {c: {covers: [a], cost: {amount: 1, currency: USD, period: year}}}"
    )
    assert (found.code, found.at) == ("no-rate", "4:30")
    assert found.hint == "add `exchange_rates: {USD: …}`: what one is worth in EUR"


def test_money_in_the_stacks_own_currency_needs_no_rate() -> None:
    cost = "{amount: 1, currency: EUR, period: year}"
    assert read(f"currency: EUR\ntools: {{a: {{contract: {{cost: {cost}}}}}}}").own_contract("a")
