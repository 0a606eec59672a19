"""Regions and sub-processors, measured against the policy."""

from __future__ import annotations

import pytest

from stackaudit.rules.facts.transfer import within
from stackaudit.rules.kleene import Some
from tests.rules.facts_reading import fact, members, missing


@pytest.mark.parametrize(
    ("region", "allowed", "inside"),
    [
        ("eu", ("eu",), True),
        ("EU", ("eu",), True),
        ("eu-west-1", ("eu",), True),
        ("eu_central", ("eu",), True),
        ("de", ("eu",), True),
        ("no", ("eu",), False),
        ("no", ("eea",), True),
        ("eu", ("eea",), True),
        ("europe", ("eu",), False),
        ("us", ("eu", "uk"), False),
        ("us-east-1", ("us",), True),
        ("usa", ("us",), False),
    ],
)
def test_what_lies_within(region: str, allowed: tuple[str, ...], inside: bool) -> None:
    assert within(region, allowed) is inside


def stack(policy: str, tool: str) -> str:
    return f"""
        stackaudit: 1
        policy: {{{policy}}}
        tools: {{a: {{{tool}}}}}
    """


def test_without_a_policy_no_region_is_ruled_out() -> None:
    assert fact(stack("", ""), "tool.outside_policy", "a") is False


def test_a_region_that_nobody_stated_is_a_question() -> None:
    text = stack("regions: [eu]", "")
    assert fact(text, "tool.outside_policy", "a") is None


@pytest.mark.parametrize(
    ("policy", "tool", "barred"),
    [
        ("regions: [eu]", "subprocessors: {aws: us, x: eu}", ("aws (us)",)),
        ("regions: [eu]", "subprocessors: [aws]", Some(())),
        ("refused_subprocessors: [AWS]", "subprocessors: [aws, x]", ("aws",)),
        ("regions: [eu], refused_subprocessors: [aws]", "subprocessors: [aws, x]", Some(("aws",))),
        ("refused_subprocessors: []", "", ()),
    ],
)
def test_sub_processors_against_the_policy(policy: str, tool: str, barred: object) -> None:
    assert members(stack(policy, tool), "tool.barred_subprocessors", "a") == barred


def test_what_is_asked_of_a_sub_processor_is_its_region() -> None:
    text = stack("regions: [eu]", "subprocessors: [aws]")
    assert missing(text, "tool.barred_subprocessors", "a") == ["tools.a.subprocessors.aws"]
