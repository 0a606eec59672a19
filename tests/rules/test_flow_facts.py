"""Flows: what they carry, how often they run, and whether they still do."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.rules.facts_reading import fact, members, missing


def one(flow: str) -> str:
    """A stack with one flow, between two tools in use."""
    return f"""
        stackaudit: 1
        datasets: {{contact: {{privacy: personal}}, product: {{privacy: none}}, note: {{}}}}
        tools:
          a: {{}}
          b: {{}}
          zapier: {{}}
          old: {{lifecycle: retired}}
          new: {{lifecycle: planned}}
          refused: {{lifecycle: rejected}}
        flows: [{{id: f, {flow}}}]
    """


# What it carries


def test_data_comes_once_and_in_order() -> None:
    text = one("from: a, to: b, data: [product, contact]")
    assert members(text, "flow.data", "f") == ("contact", "product")
    assert fact(one("from: a, to: b"), "flow.data", "f") is None
    assert missing(one("from: a, to: b"), "flow.data", "f") == ["flows.f.data"]


@pytest.mark.parametrize(
    ("flow", "personal", "unstated"),
    [
        ("data: [contact]", True, []),
        ("data: [contact, note], protect: encrypted", True, []),
        ("data: [product]", False, []),
        ("data: []", False, []),
        ("data: [contact], protect: hashed", False, []),
        ("protect: anonymized", False, []),
        ("data: [product, note]", None, ["datasets.note.privacy"]),
        ("protect: none", None, ["flows.f.data"]),
    ],
)
def test_personal_data_travels_unless_it_is_protected(
    flow: str, personal: bool | None, unstated: list[str]
) -> None:
    text = one(f"from: a, to: b, {flow}")
    assert fact(text, "flow.carries_personal", "f") is personal
    if personal is None:
        assert missing(text, "flow.carries_personal", "f") == unstated


@pytest.mark.parametrize(
    ("flow", "in_use"),
    [
        ("from: a, to: b", True),
        ("from: a, through: zapier, to: b", True),
        ("from: a, to: old", False),
        ("from: new, to: b", False),
        ("from: a, to: refused", False),
        ("from: a, through: old, to: b", False),
    ],
)
def test_every_tool_it_touches_has_to_be_in_use(flow: str, in_use: bool) -> None:
    assert fact(one(flow), "flow.between_tools_in_use", "f") is in_use


def test_it_is_named_by_the_way_it_takes() -> None:
    assert fact(one("from: a, through: zapier, to: b"), "flow.name", "f") == "a → zapier → b"


# How often it runs


@pytest.mark.parametrize(
    ("every", "minutes", "words", "rare"),
    [
        ("event", 0, "as things happen", False),
        ("15min", 15, "every 15 minutes", False),
        ("1d", 1440, "every day", False),
        ("2w", 20160, "every 2 weeks", False),
        ("3mo", 131490, "every 3 months", False),
        ("13w", 131040, "every 13 weeks", False),
        ("4mo", 175320, "every 4 months", True),
        ("1y", 525960, "every year", True),
    ],
)
def test_a_rhythm(every: str, minutes: float, words: str, rare: bool) -> None:
    text = one(f"from: a, to: b, every: {every}")
    assert fact(text, "flow.interval", "f") == minutes
    assert fact(text, "flow.rhythm", "f") == words
    assert fact(text, "flow.stated_rare", "f") is rare


def test_without_a_rhythm_it_is_not_rare() -> None:
    text = one("from: a, to: b")
    assert fact(text, "flow.interval", "f") is None
    assert missing(text, "flow.interval", "f") == ["flows.f.every"]
    assert fact(text, "flow.rhythm", "f") == "nobody said how often"
    assert fact(text, "flow.stated_rare", "f") is False


# Whether it still runs; the day is 2026-11-02


@pytest.mark.parametrize(
    ("flow", "overdue", "unstated"),
    [
        ("every: 1d, last_success: 2026-10-30", False, []),
        ("every: 1d, last_success: 2026-10-29", True, []),
        ("every: event, last_success: 2026-11-01", False, []),
        ("every: event, last_success: 2026-10-31", True, []),
        ("every: 5min, last_success: 2026-11-01", False, []),
        ("every: 1w, last_success: 2026-10-12", False, []),
        ("every: 1w, last_success: 2026-10-11", True, []),
        ("every: 1d, last_success: 2026-12-24", False, []),
        ("last_success: never", True, []),
        ("every: 1y, last_success: never", True, []),
        ("last_success: 2026-11-01", False, []),
        ("last_success: 2026-10-01", None, ["flows.f.every"]),
        ("every: 1d", None, ["flows.f.last_success"]),
        ("every: 1d, status: active", False, []),
        ("every: 1d, status: active, last_success: 2026-10-01", True, []),
    ],
)
def test_three_intervals_may_pass_and_at_least_a_day(
    flow: str, overdue: bool | None, unstated: list[str]
) -> None:
    text = one(f"from: a, to: b, {flow}")
    assert fact(text, "flow.overdue", "f") is overdue
    if overdue is None:
        assert missing(text, "flow.overdue", "f") == unstated


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        ("status: broken", "is marked broken"),
        ("status: broken, last_success: 2026-11-01",
         "is marked broken; it last ran through on 2026-11-01, 1 day ago"),
        ("every: 1d, last_success: 2026-10-01",
         "last ran through on 2026-10-01, 32 days ago, and should run every day"),
        ("last_success: never", "never ran through"),
        ("every: 1h", "runs every hour"),
        ("status: active", "runs, nobody said how often"),
    ],
)  # fmt: skip
def test_health_in_words(flow: str, words: str) -> None:
    assert fact(one(f"from: a, to: b, {flow}"), "flow.health", "f") == words


def test_never_is_longer_ago_than_any_day() -> None:
    assert fact(one("from: a, to: b, last_success: never"), "flow.last_success", "f") == dt.date.min


def test_nobody_and_nobody_said_are_two_things() -> None:
    assert fact(one("from: a, to: b, owner: none"), "flow.has_owner", "f") is False
    assert fact(one("from: a, to: b, owner: crm-team"), "flow.has_owner", "f") is True
    assert fact(one("from: a, to: b"), "flow.has_owner", "f") is None
