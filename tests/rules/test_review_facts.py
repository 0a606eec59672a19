"""Reviews: in which state they are, until when they count, and who does them."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.rules.facts_reading import fact, missing


def one(review: str, more: str = "", tool: str = "") -> str:
    """A stack with one tool and its review."""
    return f"""
        stackaudit: 1
        {more}
        tools: {{crm: {{{tool}}}, a: {{}}, b: {{}}, c: {{}}}}
        reviews:
          crm: {review}
    """


NONE = "stackaudit: 1\ntools: {crm: {}}\n"
APPROVED = "{state: approved, on: 2026-03-02, by: security}"


@pytest.mark.parametrize(
    ("review", "state"),
    [
        ("{state: requested}", "requested"),
        ("{state: in_review, on: 2026-01-01}", "in_review"),
        ("{state: rejected, on: 2020-01-01, by: security}", "rejected"),
        (APPROVED, "approved"),
        ("{state: approved, on: 2026-03-02, by: security, until: 2026-11-02}", "approved"),
        ("{state: approved, on: 2026-03-02, by: security, until: 2026-11-01}", "expired"),
        ("{state: approved, on: 2025-11-02, by: security}", "approved"),
        ("{state: approved, on: 2025-11-01, by: security}", "expired"),
    ],
)
def test_the_state_today(review: str, state: str) -> None:
    assert fact(one(review), "tool.review_state", "crm") == state
    assert fact(one(review), "tool.reviewed", "crm") is (state == "approved")


def test_a_tool_without_a_review_is_unreviewed_unless_they_are_listed_in_part() -> None:
    assert fact(NONE, "tool.review_state", "crm") == "none"
    assert fact(NONE, "tool.reviewed", "crm") is False
    partly = NONE + "incomplete: [reviews]\n"
    assert fact(partly, "tool.review_state", "crm") is None
    assert fact(partly, "tool.reviewed", "crm") is None
    assert missing(partly, "tool.review_state", "crm") == ["reviews.crm"]
    assert fact(one("{state: requested}", "incomplete: [reviews]"), "tool.reviewed", "crm") is False


@pytest.mark.parametrize(
    ("review", "ends"),
    [
        (APPROVED, dt.date(2027, 3, 2)),
        ("{state: approved, on: 2024-02-29, by: security}", dt.date(2025, 2, 28)),
        ("{state: approved, on: 2026-03-02, by: security, until: 2029-01-01}", dt.date(2029, 1, 1)),
        ("{state: requested, on: 2026-03-02}", None),
        ("{state: rejected, on: 2026-03-02, by: security}", None),
    ],
)
def test_an_approval_counts_as_stated_or_for_twelve_months(
    review: str, ends: dt.date | None
) -> None:
    assert fact(one(review), "tool.review_ends", "crm") == ends


def test_an_approval_of_today_would_count_for_twelve_months() -> None:
    assert fact(NONE, "tool.review_would_end", "crm") == dt.date(2027, 11, 2)


@pytest.mark.parametrize(
    ("review", "words"),
    [
        ("{state: approved, on: 2026-03-02, by: s, until: 2026-11-01}",
         "ran out on 2026-11-01, one day ago"),
        ("{state: approved, on: 2026-03-02, by: s, until: 2026-11-02}",
         "runs out on 2026-11-02, today"),
        ("{state: approved, on: 2025-11-25, by: s}",
         "runs out on 2026-11-25, in 23 days, 12 months after it was given"),
        ("{state: requested}", None),
    ],
)  # fmt: skip
def test_the_end_in_words(review: str, words: str | None) -> None:
    assert fact(one(review), "tool.review_end_words", "crm") == words


@pytest.mark.parametrize(
    ("review", "words"),
    [
        ("{state: requested, on: 2026-09-02}", "has a review requested on 2026-09-02 and not done"),
        ("{state: requested}", "has a review requested and not done"),
        ("{state: in_review}", "is still under review"),
        (APPROVED, "is reviewed"),
        ("{state: approved, on: 2020-01-01, by: s}", "has a review that ran out"),
        ("{state: rejected, on: 2026-05-11, by: s}", "was rejected by its review on 2026-05-11"),
    ],
)
def test_the_state_in_words(review: str, words: str) -> None:
    assert fact(one(review), "tool.review_words", "crm") == words


def test_no_review_in_words() -> None:
    assert fact(NONE, "tool.review_words", "crm") == "has no security review"
    assert fact(NONE + "incomplete: [reviews]\n", "tool.review_words", "crm") is None


def test_who_reviewed_it_before_reviews_it_again() -> None:
    others = "\n          a: {state: approved, on: 2026-03-02, by: other}"
    assert fact(one(APPROVED + others), "tool.reviewer", "crm") == "security"


def test_else_who_did_the_most_then_who_owns_it_then_it_security() -> None:
    others = """{state: requested}
          a: {state: approved, on: 2026-03-02, by: beta}
          b: {state: approved, on: 2026-03-02, by: alpha}
          c: {state: rejected, on: 2026-03-02, by: beta}"""
    assert fact(one(others), "tool.reviewer", "crm") == "beta"
    owned = "owner: {technical: it-crm}"
    assert fact(one("{state: requested}", tool=owned), "tool.reviewer", "crm") == "it-crm"
    nobody = "owner: {technical: none}"
    assert fact(one("{state: requested}", tool=nobody), "tool.reviewer", "crm") == "IT security"
