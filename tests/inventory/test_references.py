"""A name leads somewhere, or its place is named with the nearest one."""

from __future__ import annotations

import pytest

from tests.inventory.reading import problems, read

KNOWN = "tools: {hubspot: , shopify: }\ndatasets: {contact: , purchase: }\nroadmap: [{id: cdp}]\n"


def unknown(text: str) -> list[tuple[str, str, str]]:
    return [each[:3] for each in problems(KNOWN + text) if each.code.startswith("unknown-")]


@pytest.mark.parametrize(
    ("text", "code", "at", "hint"),
    [
        ("flows: [{from: hubspott, to: shopify}]", "tool", "4:16", "did you mean `hubspot`?"),
        ("flows: [{from: shopify, to: hubspto}]", "tool", "4:29", "did you mean `hubspot`?"),
        (
            "flows: [{from: shopify, to: hubspot, through: zapier}]",
            "tool",
            "4:47",
            "add it under `tools:`",
        ),
        (
            "flows: [{from: shopify, to: hubspot, data: [contact, contacts]}]",
            "dataset",
            "4:54",
            "did you mean `contact`?",
        ),
        (
            "flows: [{from: shopify, to: hubspot, credential: {held_by: shopfy}}]",
            "tool",
            "4:60",
            "did you mean `shopify`?",
        ),
        ("contracts: {c: {covers: [hubspot, adobe]}}", "tool", "4:35", "add it under `tools:`"),
        ("roadmap: [{id: a, tools: [shop]}]", "tool", "4:27", "did you mean `shopify`?"),
        (
            "capabilities: {email: {needs: [purchases]}}",
            "dataset",
            "4:32",
            "did you mean `purchase`?",
        ),
        ("reviews: {hubspt: {state: requested}}", "tool", "4:11", "did you mean `hubspot`?"),
        ("reviews: {gone: {state: requested}}", "tool", "4:11", "a tool that is gone stays under"),
    ],
)
def test_a_name_that_leads_nowhere(text: str, code: str, at: str, hint: str) -> None:
    found = problems(KNOWN.replace("roadmap: [{id: cdp}]", "") + text)
    (one,) = [each for each in found if each.code == f"unknown-{code}"]
    assert one.at == at
    assert one.hint.startswith(hint)


OWN = "see `stackaudit catalog capabilities`, or declare it under `capabilities:`"
TOOL = """\
tools:
  hubspot:
    capabilities: [email, Email Marketing, e-mail, emial, astrology, own]
    holds: [contact, contcat]
    collects: [visitor]
    erasure: [contact]
    successor: braze
    grants: [{on: hubspot, data: [contact]}, {on: salesforce, data: [orders], held_by: zapier}]
datasets:
  contact: {system_of_record: hubspto}
  other: {system_of_record: none}
capabilities: {own: {needs: [contact]}}
roadmap: [{id: a, depends_on: [b]}, {id: b}, {id: c, depends_on: [d]}]
"""


def test_all_that_lead_nowhere_in_one_run() -> None:
    assert [each[:3] for each in problems(TOOL) if each.code != "bad-id"] == [
        ("unknown-capability", "3:44", "did you mean `email`?"),
        ("unknown-capability", "3:52", "did you mean `email`?"),
        ("unknown-capability", "3:59", OWN),
        ("unknown-dataset", "4:22", "did you mean `contact`?"),
        ("unknown-dataset", "5:16", "add it under `datasets:`"),
        ("unknown-tool", "7:16", "add it under `tools:`"),
        ("unknown-tool", "8:51", "add it under `tools:`"),
        ("unknown-dataset", "8:70", "add it under `datasets:`"),
        ("unknown-tool", "8:88", "add it under `tools:`"),
        ("unknown-tool", "10:31", "did you mean `hubspot`?"),
        ("unknown-roadmap", "13:67", "add it under `roadmap:`"),
    ]


def test_an_entry_that_is_wrong_otherwise_is_still_there_to_be_referred_to() -> None:
    found = problems("tools: {a: {zzz: 1}, b: {successor: a}}\ndatasets: {c: {privacy: x}}")
    assert [each.code for each in found] == ["unknown-key", "not-allowed"]


def test_a_section_given_twice_declares_its_names() -> None:
    found = problems("tools: {a: }\ntools: {b: }\nflows: [{from: a, to: b}]")
    assert [each.code for each in found] == ["duplicate-key"]


def test_what_cannot_be_a_name_is_refused_once() -> None:
    found = problems("tools: {a: {holds: [Not A Name], successor: Também}}")
    assert [each.code for each in found] == ["bad-id", "bad-id"]


def test_a_nearest_name_is_found_among_very_many() -> None:
    tools = "".join(f"  tool-{n}: {{}}\n" for n in range(3_000))
    found = problems(f"tools:\n{tools}  x: {{successor: tol-2077}}\n")
    assert [each.hint for each in found] == ["did you mean `tool-2077`?"]


def test_references_that_no_rule_follows_are_free() -> None:
    tools = "tools: {a: {meets: [x], product: y}}\n"
    text = tools + "reviews: {a: {state: requested, scope: {holds: [z]}}}"
    assert set(read(text).tools) == {"a"}
