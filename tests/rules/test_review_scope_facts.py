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
CADENCES = ReviewPolicy.of(ReviewSettings(cadence=Cadence(none=TWO_YEARS, special=HALF)), None)


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


_HALF_A_YEAR = Cadence(none=HALF, restricted=HALF, personal=HALF, special=HALF)

LONGEST = ReviewPolicy.of(
    ReviewSettings(longest=Cadence(none=TWO_YEARS, special=HALF)),
    None,
)


@pytest.mark.parametrize(
    ("policy", "tool", "ends"),
    [
        (ReviewPolicy(), "plain", dt.date(2029, 1, 10)),
        (ReviewPolicy(), "partly", dt.date(2029, 1, 10)),
        (LONGEST, "plain", dt.date(2028, 1, 10)),
        (LONGEST, "special", dt.date(2026, 7, 10)),
        (LONGEST, "personal", dt.date(2029, 1, 10)),
        (LONGEST, "partly", None),
    ],
)
def test_no_approval_counts_longer_than_the_longest_term(
    policy: ReviewPolicy, tool: str, ends: dt.date | None
) -> None:
    text = LEVEL_STACK.replace(
        "{partly: {state: approved, on: 2026-01-10,",
        f"{{{tool}: {{state: approved, on: 2026-01-10, until: 2099-01-01,",
    )
    assert under(policy, text, "review_ends", tool) == ends
    assert under(policy, text, "review_says_until", tool) == dt.date(2099, 1, 1)


def test_what_is_not_known_of_the_level_is_asked_for_and_not_the_end_that_is_stated() -> None:
    text = LEVEL_STACK.replace("by: security}", "by: security, until: 2027-01-01}")
    assert under(LONGEST, text, "review_ends", "partly") is None
    world = world_of(load_text(dedent(text), by_alias()), DAY, None, LONGEST)
    found = facts_of("tool")["review_ends"].missing
    assert found is not None
    assert [str(each) for each in found(world.tools["partly"])] == [
        "datasets.basket.confidentiality", "datasets.basket.privacy",
    ]  # fmt: skip


def test_why_an_approval_ends_before_it_says_so() -> None:
    text = LEVEL_STACK.replace("by: security}", "by: security, until: 2099-01-01}")
    assert under(ReviewPolicy(), text, "review_end_words", "partly") == (
        "runs out on 2029-01-10, in 800 days, 36 months after it was given: "
        "no approval counts longer, though this one says until 2099-01-01"
    )


def test_the_term_that_is_named_is_the_one_that_ended_it() -> None:
    settings = ReviewSettings(cadence=Cadence(none=TWO_YEARS), longest=_HALF_A_YEAR)
    short = ReviewPolicy.of(settings, None)
    assert under(short, LEVEL_STACK, "review_end_words", "partly") == (
        "ran out on 2026-07-10, 115 days ago, 6 months after it was given"
    )


def test_a_cadence_that_is_longer_is_the_longest_term() -> None:
    four = Cadence(none=Duration(48, "mo"))
    policy = ReviewPolicy.of(ReviewSettings(cadence=four), None)
    assert policy.longest["none"] == Duration(48, "mo")
    assert policy.longest["special"] == Duration(36, "mo")
    both = ReviewSettings(cadence=four, longest=Cadence(none=TWO_YEARS))
    assert ReviewPolicy.of(both, None).last_day("none", dt.date(2026, 1, 10), None) == dt.date(
        2028, 1, 10
    )


@pytest.mark.parametrize(("on", "state"), [("2026-11-02", "approved"), ("2026-11-03", "none")])
def test_an_approval_that_is_dated_ahead_is_none_yet(on: str, state: str) -> None:
    text = stack("us").replace("2026-05-19", on).replace("scope: {region: eu, ", "scope: {")
    assert fact(text, "tool.review_state", "mailer") == state
    assert fact(text, "tool.reviewed", "mailer") is (state == "approved")
    ahead = text.replace("scope: {", "scope: {region: eu, ")
    assert fact(ahead, "tool.changed_since_review", "mailer") is (state == "approved")
    if state == "none":
        assert fact(text, "tool.review_words", "mailer") == (
            "has an approval that is dated 2026-11-03, which is still to come"
        )


def test_a_request_and_a_rejection_count_whatever_their_day() -> None:
    for state in ("requested", "rejected"):
        text = stack("eu", state).replace("2026-05-19", "2099-01-01")
        assert fact(text, "tool.review_state", "mailer") == state


def test_an_approval_dated_ahead_does_not_undo_a_rejection() -> None:
    text = """
        stackaudit: 1
        tools: {old: {product: hotjar}, again: {product: hotjar}}
        reviews:
          old: {state: rejected, on: 2026-05-11, by: security}
          again: {state: approved, on: 2099-01-01, by: security}
    """
    assert members(text, "tool.rejected_before", "again") == ("old",)


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


def test_a_rejected_product_is_known_by_every_id_that_the_catalog_has_for_it() -> None:
    text = """\
stackaudit: 1
tools:
  old: {product: hubspot, lifecycle: rejected, contract: none}
  again: {product: hubspot-crm, contract: none}
flows: []
"""
    result = audited(text, "security/rejected-tool")
    assert found(result) == [("security/rejected-tool", ("again",))]


# Which product it is, with the catalog


PRODUCT = """\
stackaudit: 1
tools:
  talk: {TOOL}
flows: []
reviews:
  talk: {state: approved, on: 2026-05-19, by: security, scope: {product: drift, vendor: Drift}}
"""


@pytest.mark.parametrize(
    ("tool", "changed"),
    [
        ("product: drift, vendor: Drift", False),
        ("product: drift, vendor: Drift, name: Chat for All", False),
        ("product: drift", False),
        ("product: salesloft, vendor: Salesloft", False),
        ("name: Drift", False),
        ("product: unknown-thing", True),
        ("product: none", True),
        ("product: drift, vendor: Somebody Else", True),
        ("name: Zendesk", True),
    ],
)
def test_an_approval_is_for_the_product_that_was_reviewed(tool: str, changed: bool) -> None:
    before = PRODUCT.replace("TOOL", "product: drift, vendor: Drift")
    after = audited(
        PRODUCT.replace("TOOL", tool),
        "security/changed-since-review",
        base=base_of(audited(before)),
    )
    assert [(each.status, each.gates) for each in after.findings] == [("new", True)] * changed


def test_days_that_do_not_count_are_in_the_evidence() -> None:
    text = """\
stackaudit: 1
tools: {crm: {}, mailer: {}}
reviews:
  crm: {state: approved, on: 2022-05-19, by: security, until: 2099-01-01}
  mailer: {state: approved, on: 2026-11-03, by: security}
"""
    result = audited(text, "security/expired-review", "security/unreviewed-tool")
    by_tool = {each.finding.subjects[0].id: each.finding for each in result.findings}
    said = {each.fact: each.value for each in by_tool["crm"].evidence}
    assert said["tool.review_says_until"] == "2099-01-01"
    assert said["tool.review_ends"] == "2025-05-19"
    assert "36 months after it was given" in by_tool["crm"].message
    assert "dated 2026-11-03, which is still to come" in by_tool["mailer"].message
