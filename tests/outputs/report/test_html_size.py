"""How many bytes the page has: it is mailed, and opened on old laptops."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.generate import inventory
from stackaudit.audit import audit, read_stack, read_stack_text
from stackaudit.figures.report.book import book
from stackaudit.inventory.stack import Stack
from stackaudit.outputs.report.html import render
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from stackaudit.rules.library import load_rules
from stackaudit.shipped import shipped
from tests.stacks import DAY


@cache
def generated(tools: int, flows: int) -> Stack:
    return read_stack_text("\n".join(inventory(tools, flows)))


def size(stack: Stack, code: str) -> int:
    """Of the page, with the texts of the rules in its language too."""
    wording = language(code).wording()
    found = audit(stack, rules=load_rules(wording=wording), as_of=DAY, wording=wording)
    return len(render(book(found), language(code), Look()))


@pytest.mark.parametrize("code", ["en", "de"])
@pytest.mark.parametrize("flows", [2, 7])
def test_40_tools_are_below_300_000_bytes(flows: int, code: str) -> None:
    assert size(generated(40, flows), code) < 300_000


@pytest.mark.parametrize("code", ["en", "de"])
def test_400_tools_with_2800_flows_are_below_2_000_000_bytes(code: str) -> None:
    assert size(generated(400, 7), code) < 2_000_000


@pytest.mark.parametrize(("code", "most"), [("en", 350_000), ("de", 370_000)])
def test_40_tools_in_which_two_thirds_of_all_rules_find_something(code: str, most: int) -> None:
    """More than 300,000: each of these rules says why it matters and asks both sides."""
    assert size(read_stack(shipped("stacks") / "northwind.yaml"), code) < most
