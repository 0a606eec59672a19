"""Facts of tools: owners, last use, when IT came in, what they are for, the terms of pilots."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from tests.rules.portfolio import fact, missing


def one(entry: str, more: str = "") -> str:
    return f"stackaudit: 1\n{more}tools:\n  drift: {{{entry}}}\n"


@pytest.mark.parametrize("side", ["business", "technical"])
def test_an_owner_is_there_absent_or_unknown(side: str) -> None:
    name = f"tool.has_{side}_owner"
    assert fact(one(f"owner: {{{side}: cmo}}"), name, "drift") is True
    assert fact(one(f"owner: {{{side}: none}}"), name, "drift") is False
    assert fact(one("owner: {}"), name, "drift") is None
    assert fact(one("vendor: Drift"), name, "drift") is None
    assert missing(one("owner: {}"), name, "drift") == [f"tools.drift.owner.{side}"]


@pytest.mark.parametrize(
    ("entry", "since"),
    [
        ("last_used: 2026-10-01, bought: 2020-01-01", dt.date(2026, 10, 1)),
        ("last_used: never, bought: 2026-09-01", dt.date(2026, 9, 1)),
        ("last_used: never", dt.date.min),
        ("bought: 2020-01-01", None),
    ],
)
def test_a_tool_never_used_is_unused_since_its_purchase(entry: str, since: dt.date | None) -> None:
    assert fact(one(entry), "tool.unused_since", "drift") == since


@pytest.mark.parametrize(
    ("entry", "days", "words"),
    [
        ("it_involved: never", math.inf, "was bought without IT, and IT was never involved"),
        ("bought: 2026-01-01, it_involved: 2026-01-02", 1,
         "was bought 1 day before IT was involved"),
        ("bought: 2026-01-01, it_involved: 2026-02-01", 31,
         "was bought 31 days before IT was involved"),
        ("bought: 2026-01-01, it_involved: 2026-01-01", 0, "was bought with IT involved"),
        ("bought: 2026-01-01, it_involved: 2025-12-01", -31, "was bought with IT involved"),
        ("bought: 2026-01-01", None, None),
        ("it_involved: 2026-01-01", None, None),
    ],
)  # fmt: skip
def test_when_it_came_in(entry: str, days: float | None, words: str | None) -> None:
    assert fact(one(entry), "tool.it_came_after", "drift") == days
    assert fact(one(entry), "tool.it_timing", "drift") == words


def test_only_what_is_not_stated_is_asked_about_the_purchase() -> None:
    text = one("bought: 2026-01-01")
    assert missing(text, "tool.it_came_after", "drift") == ["tools.drift.it_involved"]


def test_what_a_tool_does_is_what_one_of_its_capabilities_does() -> None:
    text = one("capabilities: [crm, email]")
    assert fact(text, "tool.activates", "drift") is True
    assert fact(one("capabilities: [data-warehouse]"), "tool.activates", "drift") is False
    assert fact(one("capabilities: []"), "tool.activates", "drift") is False
    assert fact(one("vendor: Drift"), "tool.activates", "drift") is None


def test_a_capability_of_ones_own_that_does_not_say_what_it_does_leaves_it_open() -> None:
    own = "capabilities: {pos: {lane: engage}}\n"
    assert fact(one("capabilities: [data-warehouse, pos]", own), "tool.activates", "drift") is None
    assert fact(one("capabilities: [email, pos]", own), "tool.activates", "drift") is True
    asked = missing(one("capabilities: [data-warehouse, pos]", own), "tool.activates", "drift")
    assert asked == ["capabilities.pos.does"]
    assert missing(one("vendor: x"), "tool.activates", "drift") == ["tools.drift.capabilities"]


END, DECIDER = "a day on which it ends", "somebody who decides"


@pytest.mark.parametrize(
    ("pilot", "lacks"),
    [
        ("", (END, DECIDER)),
        ("pilot: none", (END, DECIDER)),
        ("pilot: {}", (END, DECIDER)),
        ("pilot: {ends: never, decides: cmo}", (END,)),
        ("pilot: {ends: 2027-01-31, decides: none}", (DECIDER,)),
        ("pilot: {ends: 2027-01-31, decides: cmo}", ()),
    ],
)
def test_the_terms_of_a_pilot_are_there_or_missing_never_unknown(
    pilot: str, lacks: tuple[str, ...]
) -> None:
    assert fact(one(f"lifecycle: pilot, {pilot}"), "tool.pilot_lacks", "drift") == lacks


def test_a_reason_to_keep_it_is_stated_or_there_is_none() -> None:
    assert fact(one("keep: the board wants it"), "tool.kept", "drift") is True
    assert fact(one("keep: none"), "tool.kept", "drift") is False
    assert fact(one(""), "tool.kept", "drift") is False


@pytest.mark.parametrize(
    ("stated", "near"), [("hubspot-crn", "hubspot-crm"), ("linkedin", None), ("google", None)]
)
def test_a_vendor_is_no_misspelt_product(stated: str, near: str | None) -> None:
    """Of all that it sells nothing is nearest."""
    text = f"stackaudit: 1\ntools: {{a: {{product: {stated}}}}}\n"
    assert fact(text, "tool.near_product", "a") == near
    assert fact(text, "tool.product_misspelt", "a") is (near is not None)
