"""The taxonomy of capabilities: its data is sound, and its check finds what is not."""

from __future__ import annotations

import dataclasses
import re
from importlib.resources import files
from typing import Any, get_args

import pytest
import yaml

from stackaudit.catalog.taxonomy import (
    DOES,
    LANES,
    Does,
    Lane,
    by_alias,
    capability_ids,
    check,
    taxonomy,
)
from stackaudit.inventory.model import capabilities

# What inventories, rules and documentation take for granted.
EXPECTED = frozenset(
    """
    ab-testing abm ads affiliate app-attribution attribution bi call-tracking cdp chatbot
    clean-room cms collaboration community consent-management content-planning
    conversation-intelligence crm customer-support dam data-catalog data-lake data-warehouse
    design digital-adoption ecommerce email enrichment etl events feature-flags file-sharing forms
    heatmaps identity-and-access identity-resolution influencer ipaas landing-pages lead-routing
    live-chat loyalty marketing-automation marketing-mix-modelling mdm meetings payments
    personalization pim podcast pr preference-center privacy-requests product-analytics
    product-recommendations push ratings-reviews referral reverse-etl sales-engagement scheduling
    seo session-replay
    site-search sms social social-listening subscription-billing surveys tag-management
    team-chat translation video web-analytics webinars whiteboards wiki work-management
    """.split()  # noqa: SIM905 - seventy words read better as prose
)


def text_of_file() -> str:
    return files("stackaudit.catalog").joinpath("taxonomy.yaml").read_text(encoding="utf-8")


@pytest.fixture
def sound() -> dict[str, dict[str, Any]]:
    """Two capabilities with which nothing is wrong."""
    return {
        "email": {
            "name": "Email marketing",
            "definition": "Send newsletters and campaigns to people who agreed to receive them.",
            "aliases": ["newsletter"],
            "lane": "activate",
            "does": ["activates"],
        },
        "web-analytics": {
            "name": "Web analytics",
            "definition": "Collect and report data on visits to our websites to understand them.",
            "aliases": ["site analytics"],
            "lane": "measure",
            "does": ["collects", "measures"],
        },
    }


def test_the_file_passes_its_check() -> None:
    assert check(yaml.safe_load(text_of_file())) == []


def test_no_id_and_no_field_is_written_twice() -> None:
    """A YAML loader lets the last of two equal keys win, so the nodes themselves are counted."""
    root = yaml.compose(text_of_file(), Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    for mapping in (root, *(entry for _, entry in root.value)):
        keys = [key.value for key, _ in mapping.value]
        assert sorted(set(keys)) == sorted(keys)


def test_ids_have_the_shape_of_ids_and_are_sorted() -> None:
    ids = list(taxonomy())
    assert ids == sorted(ids)
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", id_)] == []
    assert [id_ for id_, capability in taxonomy().items() if capability.id != id_] == []


def test_the_words_of_the_field_are_there() -> None:
    assert EXPECTED - capability_ids() == set()


def test_a_point_of_sale_is_left_to_the_stack() -> None:
    """It stands in the documentation as the example of a capability that a stack declares."""
    assert "pos" not in by_alias()


def test_every_word_names_exactly_one_capability() -> None:
    owners: dict[str, set[str]] = {}
    for c in taxonomy().values():
        for word in (c.id, c.name, *c.aliases):
            owners.setdefault(word.casefold(), set()).add(c.id)
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}
    assert {word: next(iter(ids)) for word, ids in owners.items()} == dict(by_alias())


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("email", "email"),
        ("ESP", "email"),
        ("Newsletter-Versand", "email"),
        ("Customer Data Platform", "cdp"),
        ("CMP", "consent-management"),
        ("brand monitoring", "social-listening"),
        ("helpdesk", "customer-support"),
        ("DSAR", "privacy-requests"),
        ("DSP", "programmatic-ads"),
        ("MMM", "marketing-mix-modelling"),
        ("Loyalty program", "loyalty"),
    ],
)
def test_people_find_a_capability_by_their_own_word(word: str, id_: str) -> None:
    assert by_alias()[word.casefold()] == id_


def test_definitions_are_sentences_of_their_own() -> None:
    definitions = [c.definition for c in taxonomy().values()]
    assert len({d.casefold() for d in definitions}) == len(definitions)
    assert [d for d in definitions if len(d) < 40 or not re.fullmatch(r"[A-Z].*\.", d)] == []


def test_every_lane_and_every_verb_is_used() -> None:
    assert {c.lane for c in taxonomy().values()} == set(LANES)
    assert {verb for c in taxonomy().values() for verb in c.does} == set(DOES)


@pytest.mark.parametrize("id_", ["email", "sms", "push", "ads", "social-ads", "personalization"])
def test_channels_that_need_consent_activate(id_: str) -> None:
    assert taxonomy()[id_].lane == "activate"
    assert "activates" in taxonomy()[id_].does


@pytest.mark.parametrize("id_", ["customer-support", "transactional-email", "live-chat"])
def test_service_that_was_asked_for_is_not_in_the_lane_of_consent(id_: str) -> None:
    assert taxonomy()[id_].lane == "engage"
    assert "activates" in taxonomy()[id_].does


@pytest.mark.parametrize("id_", ["cms", "forms", "events", "webinars", "collaboration"])
def test_a_working_copy_is_not_storage(id_: str) -> None:
    """Else data that ends there would look as if it had reached a warehouse."""
    assert not {"stores", "measures", "activates"} & set(taxonomy()[id_].does)


def test_a_stack_declares_its_own_in_the_same_words() -> None:
    """The inventory's model names lanes and verbs again, since it stands below the catalog."""
    assert get_args(Lane) == get_args(capabilities.Lane)
    assert get_args(Does) == get_args(capabilities.Does)


def test_what_is_shared_cannot_be_changed() -> None:
    assert taxonomy() is taxonomy()
    with pytest.raises(TypeError):
        taxonomy()["email"] = taxonomy()["sms"]  # type: ignore[index]
    with pytest.raises(TypeError):
        by_alias()["mail"] = "email"  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        taxonomy()["email"].lane = "know"  # type: ignore[misc]


def test_the_check_passes_what_is_sound(sound: dict[str, Any]) -> None:
    assert check(sound) == []


@pytest.mark.parametrize("raw", [None, [], {}, "email", 3])
def test_the_check_refuses_what_is_no_mapping(raw: object) -> None:
    assert check(raw) == ["the taxonomy is not a mapping of ids to capabilities"]


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("name", 3, "email: name is not text"),
        ("definition", ["x"], "email: definition is not text"),
        ("aliases", "newsletter", "email: aliases is not a list of text"),
        ("does", [True], "email: does is not a list of text"),
        ("definition", "Send mail.", "email: the definition is not a sentence"),
        ("definition", "send newsletters to people who agreed to it.", "is not a sentence"),
        ("definition", "Send newsletters to people who agreed to get them", "is not a sentence"),
        ("lane", "reach", "email: reach is not a lane"),
        ("does", ["sends", "activates"], "email: does is not some of"),
        ("does", ["activates", "activates"], "email: does is not some of"),
        ("does", ["activates", "stores"], "email: does is not some of"),
        ("does", ["collects"], "email: is in the lane activate and does not say that it activates"),
        ("name", "", "email: has no name"),
        ("name", "Web Analytics", "'web analytics' is already a word for email"),
        ("name", "Newsletter", "email: 'newsletter' is already a word for email"),
        ("aliases", ["ESP"], "email: the alias 'ESP' is not in lower case"),
        ("aliases", ["e  mail"], "email: the alias 'e  mail' is not in lower case"),
        ("aliases", [""], "email: the alias '' is not in lower case"),
        ("aliases", ["esp", "esp"], "email: 'esp' is already a word for email"),
        ("aliases", ["email marketing"], "email: 'email marketing' is already a word for email"),
        ("aliases", ["web-analytics"], "email: 'web-analytics' is already a word for"),
        ("aliases", ["site analytics"], "'site analytics' is already a word for email"),
    ],
)
def test_the_check_finds_a_wrong_field(
    sound: dict[str, Any], field: str, value: object, problem: str
) -> None:
    sound["email"][field] = value
    problems = check(sound)
    assert len(problems) == 1
    assert problem in problems[0]


@pytest.mark.parametrize("id_", ["Email", "-email", "e_mail", "", "émail", "email\n"])
def test_the_check_finds_a_wrong_id(sound: dict[str, Any], id_: str) -> None:
    assert check({id_: sound["email"]}) == [f"{id_!r}: not an id"]


def test_the_check_finds_missing_and_foreign_fields(sound: dict[str, Any]) -> None:
    del sound["email"]["lane"]
    sound["web-analytics"]["vendor"] = "x"
    fields = "the fields are not name, definition, aliases, lane, does, in this order"
    assert check(sound) == [f"email: {fields}", f"web-analytics: {fields}"]


def test_the_check_finds_disorder(sound: dict[str, Any]) -> None:
    turned = dict(reversed(sound.items()))
    assert check(turned) == ["email: stands after web-analytics; the file is sorted by id"]


def test_the_check_finds_twins(sound: dict[str, Any]) -> None:
    sound["web-analytics"]["definition"] = sound["email"]["definition"]
    assert check(sound) == ["web-analytics: has the same definition as email"]
