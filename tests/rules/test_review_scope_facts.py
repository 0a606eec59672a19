"""Reviews and their scope as facts: changed, how long they count, what an approval lacks."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from textwrap import dedent
from typing import Any

import pytest

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.inventory.values import Duration
from stackaudit.rules.examples import world_of
from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.kleene import Some
from stackaudit.rules.review_policy import (
    LEVELS,
    Cadence,
    Evidence,
    Requirements,
    ReviewPolicy,
    ReviewSettings,
    points,
)
from tests.rules.facts_reading import fact, members, missing
from tests.stacks import DAY, audited, base_of, found

STACK = """
    stackaudit: 1
    datasets: {contact: {privacy: personal}, visitor: {privacy: personal}}
    tools:
      crm: {holds: [contact], collects: [contact]}
      mailer: {holds: [contact], collects: [], region: REGION}
    flows: [{from: crm, to: mailer, data: [contact]}]
    reviews:
      mailer:
        state: STATE
        on: 2026-05-19
        by: security
        scope: {region: eu, receives: [contact]}
"""


def stack(region: str = "eu", state: str = "approved") -> str:
    return STACK.replace("REGION", region).replace("STATE", state)


def test_an_approval_that_still_fits() -> None:
    assert fact(stack(), "tool.review_state", "mailer") == "approved"
    assert fact(stack(), "tool.changed_since_review", "mailer") is False
    assert members(stack(), "tool.scope_widened", "mailer") == ()


def test_one_that_was_outgrown_is_changed_and_still_counts_for_what_was_reviewed() -> None:
    text = stack("us")
    assert fact(text, "tool.review_state", "mailer") == "changed"
    assert fact(text, "tool.reviewed", "mailer") is True
    assert fact(text, "tool.changed_since_review", "mailer") is True
    assert members(text, "tool.scope_widened", "mailer") == (
        "its data is now kept in us, and was in eu",
    )
    assert fact(text, "tool.review_words", "mailer") == "is reviewed, and does more since"
    assert fact(text, "tool.review_day", "mailer") == dt.date(2026, 5, 19)


def test_what_is_not_stated_any_more_is_a_question_and_the_state_stays() -> None:
    text = stack().replace(", region: eu}", "}")
    assert fact(text, "tool.changed_since_review", "mailer") is None
    assert fact(text, "tool.review_state", "mailer") == "approved"
    assert members(text, "tool.scope_widened", "mailer") == Some(())
    assert missing(text, "tool.scope_widened", "mailer") == ["tools.mailer.region"]


@pytest.mark.parametrize("state", ["requested", "in_review", "rejected"])
def test_without_an_approval_nothing_is_outgrown(state: str) -> None:
    assert fact(stack("us", state), "tool.changed_since_review", "mailer") is False
    assert fact(stack("us", state), "tool.review_state", "mailer") == state


def test_an_approval_that_ran_out_is_expired_and_compared_nevertheless() -> None:
    text = stack("us").replace("2026-05-19", "2024-05-19")
    assert fact(text, "tool.review_state", "mailer") == "expired"
    assert fact(text, "tool.changed_since_review", "mailer") is True


def test_reviews_listed_in_part() -> None:
    text = "stackaudit: 1\nincomplete: [reviews]\ntools: {a: {}}\n"
    assert fact(text, "tool.changed_since_review", "a") is None
    assert missing(text, "tool.changed_since_review", "a") == ["reviews.a"]


def test_it_gates_a_change_although_the_review_has_run_out_before() -> None:
    """Expired by time does not gate a change; more data in an expired tool does."""
    old = stack().replace("2026-05-19", "2024-05-19")
    before = audited(old, "security/expired-review", "security/changed-since-review")
    assert found(before) == [("security/expired-review", ("mailer",))]
    after = audited(
        old.replace("data: [contact]}", "data: [contact, visitor]}"),
        "security/expired-review", "security/changed-since-review",
        base=base_of(before),
    )  # fmt: skip
    assert not after.verdict.passed
    by_rule = {each.finding.rule: each for each in after.findings}
    changed, expired = (by_rule[f"security/{name}"]
                        for name in ("changed-since-review", "expired-review"))  # fmt: skip
    assert (changed.status, changed.gates) == ("new", True)
    assert expired.folded_under == changed.finding.fingerprint
    assert "it now receives visitor (personal)" in changed.finding.message


# By what a tool exposes


def under(policy: ReviewPolicy, text: str, name: str, tool: str) -> Any:
    """A fact of a tool where the configuration asks something of reviews."""
    world = world_of(load_text(dedent(text), by_alias()), DAY, None, policy)
    return facts_of("tool")[name].read(world.tools[tool])


LEVEL_STACK = """
    stackaudit: 1
    datasets:
      diet: {privacy: special}
      contact: {privacy: personal, confidentiality: internal}
      margin: {privacy: none, confidentiality: restricted}
      product: {privacy: none, confidentiality: public}
      basket: {}
    tools:
      plain: {holds: [product], collects: [], grants: []}
      restricted: {holds: [margin, product], collects: [], grants: []}
      personal: {holds: [contact, margin], collects: [], grants: []}
      special: {holds: [diet]}
      keys: {holds: [], collects: [], grants: [{on: special, can: read, data: [diet]}]}
      hashed: {holds: [], collects: [], grants: []}
      partly: {holds: [basket], collects: [], grants: []}
      unknown: {}
    flows: [{from: personal, to: hashed, data: [contact], method: file, protect: hashed}]
    reviews: {partly: {state: approved, on: 2026-01-10, by: security}}
"""


@pytest.mark.parametrize(
    ("tool", "level"),
    [("plain", "none"), ("restricted", "restricted"), ("personal", "personal"),
     ("special", "special"), ("keys", "special"), ("hashed", "none"), ("partly", None),
     ("unknown", None)],
)  # fmt: skip
def test_the_level_of_a_tool(tool: str, level: str | None) -> None:
    assert fact(LEVEL_STACK, "tool.review_level", tool) == level


def test_what_hides_the_level() -> None:
    assert missing(LEVEL_STACK, "tool.review_level", "partly") == [
        "datasets.basket.confidentiality", "datasets.basket.privacy",
    ]  # fmt: skip


def test_the_more_a_tool_exposes_the_more_a_review_looks_at() -> None:
    asked = [points(level) for level in LEVELS]
    for less, more in pairwise(asked):
        assert more[: len(less)] == less
        assert len(more) > len(less)
    said = [fact(LEVEL_STACK, "tool.review_points", tool) for tool in ("plain", *LEVELS[1:])]
    assert len(set(said)) == len(LEVELS)


TWO_YEARS, HALF = Duration(24, "mo"), Duration(6, "mo")
CADENCES = ReviewPolicy.of(
    ReviewSettings(cadence=Cadence(none="24mo", special="6mo")),  # type: ignore[arg-type]
    None,
)


def test_how_long_an_approval_counts_hangs_on_the_level() -> None:
    assert dict(CADENCES.cadence) == {
        "none": TWO_YEARS, "restricted": Duration(12, "mo"), "personal": Duration(12, "mo"),
        "special": HALF,
    }  # fmt: skip
    for tool, ends in [("plain", dt.date(2028, 1, 10)), ("special", dt.date(2026, 7, 10))]:
        text = LEVEL_STACK.replace("reviews: {partly:", f"reviews: {{{tool}:")
        assert under(CADENCES, text, "review_ends", tool) == ends
    special = LEVEL_STACK.replace("reviews: {partly:", "reviews: {special:")
    assert under(CADENCES, special, "review_state", "special") == "expired"
    words = under(CADENCES, special, "review_end_words", "special")
    assert words == "ran out on 2026-07-10, 115 days ago, 6 months after it was given"


@pytest.mark.parametrize(
    ("on", "state"),
    [("2026-10-01", "approved"), ("2026-01-10", None), ("2024-10-01", "expired")],
)
def test_where_the_level_is_not_known_the_dates_may_still_decide(on: str, state: str) -> None:
    text = LEVEL_STACK.replace("2026-01-10", on)
    assert under(CADENCES, text, "review_state", "partly") == state
    assert under(CADENCES, text, "review_ends", "partly") is None
    assert under(ReviewPolicy(), text, "review_ends", "partly") is not None
    assert missing(text, "tool.review_ends", "partly") == ["reviews.partly.until"]


def test_evidence_for_less_is_asked_for_more() -> None:
    policy = ReviewPolicy.of(
        ReviewSettings(evidence=Evidence(none=("link",), personal=("dpa",))),
        Requirements(evidence="special"),
    )
    assert dict(policy.evidence) == {
        "none": ("link",), "restricted": ("link",), "personal": ("link", "dpa"),
        "special": ("link", "dpa"),
    }  # fmt: skip
    only = ReviewPolicy.of(None, Requirements(evidence="personal"))
    assert [level for level in LEVELS if only.evidence[level]] == ["personal", "special"]


# Rejected before


def test_who_comes_back_is_told_by_product_or_domain() -> None:
    text = """
        stackaudit: 1
        tools:
          old: {product: hotjar, lifecycle: rejected, domains: [a.example]}
          again: {product: hotjar}
          host: {product: none, domains: [A.example.]}
          other: {product: zendesk, domains: [b.example]}
          unsaid: {}
        reviews: {old: {state: rejected, on: 2026-05-11, by: security}}
    """
    assert members(text, "tool.rejected_before", "again") == ("old",)
    assert members(text, "tool.rejected_before", "host") == ("old",)
    assert members(text, "tool.rejected_before", "other") == ()
    assert members(text, "tool.rejected_before", "old") == ()
    assert members(text, "tool.rejected_before", "unsaid") == Some(())
    assert missing(text, "tool.rejected_before", "unsaid") == ["tools.unsaid.product"]
    assert fact(text, "tool.rejected_words", "again") == "is what was rejected on 2026-05-11 as old"
    assert fact(text, "tool.rejected_words", "old") == "was rejected"


@pytest.mark.parametrize(("on", "still"), [("2026-05-10", ("old",)), ("2026-05-11", ())])
def test_an_approval_after_the_rejection_decides_again(on: str, still: tuple[str, ...]) -> None:
    text = f"""
        stackaudit: 1
        tools: {{old: {{product: hotjar}}, again: {{product: hotjar}}}}
        reviews:
          old: {{state: rejected, on: 2026-05-11, by: security}}
          again: {{state: approved, on: {on}, by: security}}
    """
    assert members(text, "tool.rejected_before", "again") == still


def test_a_stated_name_tells_that_it_is_something_else() -> None:
    text = """\
stackaudit: 1
tools:
  old: {product: hotjar, lifecycle: rejected, contract: none}
  gone: {name: Nobody Knows It, lifecycle: rejected, contract: none}
  unnamed: {contract: none}
  links: {name: Linkery of Ours, contract: none}
  near: {name: Hotjarr, contract: none}
flows: []
"""
    result = audited(text, "security/rejected-tool")
    unknown = {each.label: [u.missing for u in each.unknown] for each in result.open}
    assert unknown == {
        "unnamed": ["tools.gone.product", "tools.unnamed.product"],
        "Hotjarr": ["tools.near.product"],
    }


def test_a_rejected_product_is_known_by_its_name_too() -> None:
    text = """\
stackaudit: 1
tools: {fullstory: {lifecycle: rejected, contract: none}, sessions: {name: FullStory}}
flows: []
"""
    result = audited(text, "security/rejected-tool")
    assert found(result) == [("security/rejected-tool", ("sessions",))]
