"""The scope of a review: what there is today, what widened since, what nobody states any more."""

from __future__ import annotations

from textwrap import dedent
from typing import Any, Final

import pytest
import yaml
from pydantic import TypeAdapter

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.graph.build import build
from stackaudit.graph.scope import as_written, scope_of
from stackaudit.graph.scope_keys import read_keys
from stackaudit.graph.stack_graph import StackGraph
from stackaudit.graph.unclear import unclear
from stackaudit.graph.widened import widened
from stackaudit.inventory.load import load_text
from stackaudit.inventory.model.governance import Scope

SCOPES: Final = TypeAdapter(Scope)

STACK: Final = """
stackaudit: 1
datasets:
  contact: {privacy: personal, confidentiality: confidential}
  purchase: {privacy: personal}
  product: {privacy: none}
  margin: {confidentiality: restricted}
tools:
  crm: {holds: [contact], collects: [], previously: [old-crm]}
  shop: {holds: [purchase], collects: [purchase]}
  zaps: {holds: [], collects: [], grants: []}
  gone: {lifecycle: retired}
  mailer:
    holds: [purchase, contact]
    collects: []
    region: eu
    subprocessors: {snowflake: us, aws: eu}
    access: {sso: enforced, admins: 3}
    dpa: signed
    ai: {uses_data: true, acts: false}
    grants:
      - {on: crm, can: write, data: [contact], scopes: [contacts.write, api]}
      - {on: shop}
flows:
  - {from: crm, to: mailer, data: [contact], method: ipaas, through: zaps}
  - {from: shop, to: mailer, data: [purchase, contact], protect: hashed}
  - {from: mailer, to: crm, data: [margin]}
  - {id: planned, from: mailer, to: shop, data: [product], status: planned}
  - {id: broken, from: mailer, to: zaps, data: [product], status: broken}
  - {id: old, from: mailer, to: gone, data: [product]}
"""

MAILER: Final = {
    "holds": ["contact", "purchase"],
    "collects": [],
    "receives": ["contact", "purchase"],
    "sends": ["margin"],
    "classes": {"contact": "personal confidential", "margin": "restricted", "purchase": "personal"},
    "counterparts": ["crm", "shop"],
    "grants": ["crm write of contact with api contacts.write", "shop"],
    "region": "eu",
    "subprocessors": ["aws", "snowflake"],
    "access": {"sso": "enforced"},
    "dpa": "signed",
    "ai": {"uses_data": "true", "acts": "false"},
}


def graph(text: str = STACK) -> StackGraph:
    return build(load_text(dedent(text), by_alias()))


def scope(text: str) -> Scope:
    return SCOPES.validate_python(yaml.load(text, yaml.BaseLoader))


def words(then: str, now: str, renamed: dict[str, str] | None = None) -> list[str]:
    return [each.words for each in widened(scope(then), scope(now), renamed)]


def test_the_scope_is_what_is_stated_sorted() -> None:
    assert as_written(scope_of(graph(), "mailer")) == MAILER


def test_it_reads_back_as_it_was_written_and_then_nothing_is_wider() -> None:
    found = graph()
    for tool in found.stack.tools:
        now = scope_of(found, tool)
        again = SCOPES.validate_python(as_written(now))
        assert again == now
        assert widened(again, now) == ()


def test_the_tool_in_the_middle_has_what_passes_through_it() -> None:
    assert as_written(scope_of(graph(), "zaps")) == {
        "holds": [],
        "collects": [],
        "receives": ["contact"],
        "sends": ["contact"],
        "classes": {"contact": "personal confidential"},
        "counterparts": ["crm", "mailer"],
        "grants": [],
    }


def test_nothing_stated_is_no_scope_and_no_flows_are_not_none() -> None:
    bare = graph("stackaudit: 1\ntools: {a: {}}\n")
    assert as_written(scope_of(bare, "a")) == {}
    assert as_written(scope_of(graph("stackaudit: 1\ntools: {a: {}}\nflows: []\n"), "a")) == {
        "receives": [],
        "sends": [],
        "counterparts": [],
    }


def test_data_that_only_comes_hashed_is_not_personal_there() -> None:
    text = """
        stackaudit: 1
        datasets: {contact: {privacy: personal, confidentiality: internal}}
        tools: {crm: {holds: [contact]}, ads: {holds: [], collects: []}}
        flows: [{from: crm, to: ads, data: [contact]PROTECT}]
    """
    hashed = scope_of(graph(text.replace("PROTECT", ", protect: hashed")), "ads")
    bare = scope_of(graph(text.replace("PROTECT", "")), "ads")
    assert hashed.classes == {"contact": "none internal"}
    (only,) = widened(hashed, bare)
    assert (only.key, only.names) == ("classes", ("contact",))
    assert widened(bare, hashed) == ()


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("{holds: []}", "{holds: [a], classes: {a: special}}", "it now holds a (special)"),
        ("{collects: [a]}", "{collects: [a, b, c]}", "it now collects b and c"),
        ("{receives: []}", "{receives: [a]}", "it now receives a"),
        ("{sends: []}", "{sends: [a]}", "it now sends a"),
        ("{classes: {a: personal}}", "{classes: {a: special}}",
         "a there is now special, and was personal"),
        ("{classes: {a: none internal}}", "{classes: {a: personal restricted}}",
         "a there is now personal restricted, and was none internal"),
        ("{counterparts: [a]}", "{counterparts: [a, b]}", "it now exchanges data with b"),
        ("{grants: []}", "{grants: [a write]}", "it now holds a key to a (write)"),
        ("{grants: [a read]}", "{grants: [a admin]}", "its key to a now can admin, and could read"),
        ("{grants: [a read of x]}", "{grants: [a read of x y]}", "its key to a now opens y"),
        ("{grants: [a with x]}", "{grants: [a with x y z]}",
         "its key to a now has the scopes y and z"),
        ("{region: eu}", "{region: us}", "its data is now kept in us, and was in eu"),
        ("{subprocessors: [a]}", "{subprocessors: [a, b]}", "b now processes data for its vendor"),
        ("{access: {sso: enforced}}", "{access: {sso: optional}}",
         "single sign-on is now optional, and was enforced"),
        ("{access: {mfa: optional}}", "{access: {mfa: none}}",
         "a second factor is not asked for any more, and was optional"),
        ("{dpa: signed}", "{dpa: none}",
         "its data processing agreement is gone, and was signed"),
        ("{dpa: not_needed}", "{dpa: pending}",
         "its data processing agreement is only pending, and was not needed"),
        ("{ai: {trains_on_data: 'false'}}", "{ai: {trains_on_data: 'true'}}",
         "AI in it now trains on our data"),
        ("{ai: {acts: 'false'}}", "{ai: {acts: 'true'}}", "AI in it now acts on its own"),
    ],
)  # fmt: skip
def test_what_widens(then: str, now: str, said: str) -> None:
    assert words(then, now) == [said]
    if "region" not in then:  # another region is another region
        assert words(now, then) == [], "and back is tighter"
    assert words("{}", now) == [], "what was not recorded is not compared"
    assert words(then, "{}") == [], "what nobody states any more did not widen"


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("{holds: [a, b], grants: [x admin, y]}", "{holds: [a], grants: [x read]}"),
        ("{region: EU}", "{region: eu}"),
        ("{dpa: none}", "{dpa: signed}"),
        ("{dpa: signed}", "{dpa: not_needed}"),
        ("{grants: [a]}", "{grants: [a admin]}"),
        ("{grants: [a read, a write of x]}", "{grants: [a write]}"),
        ("{classes: {a: personal}}", "{classes: {a: personal restricted}}"),
        ("{ai: {acts: 'true'}}", "{ai: {acts: 'true'}}"),
    ],
)
def test_what_does_not(then: str, now: str) -> None:
    assert words(then, now) == []


def test_renamed_tools_are_not_new() -> None:
    then = "{counterparts: [old-crm], grants: [old-crm write]}"
    now = "{counterparts: [crm], grants: [crm write]}"
    assert len(words(then, now)) == 2
    assert words(then, now, {"old-crm": "crm"}) == []
    assert words(then, "{grants: [crm admin]}", {"old-crm": "crm"}) == [
        "its key to crm now can admin, and could write"
    ]


def test_keys_in_anybodys_words_are_read() -> None:
    found = read_keys(["a  read", "a write of x, y", "b with s t"], {"b": "c"})
    assert [each.words() for each in found.values()] == ["a write", "c with s t"]


FULL: Final[dict[str, Any]] = yaml.safe_load(STACK)


@pytest.mark.parametrize(
    ("path", "missing"),
    [
        ("holds", "tools.mailer.holds"),
        ("collects", "tools.mailer.collects"),
        ("region", "tools.mailer.region"),
        ("subprocessors", "tools.mailer.subprocessors"),
        ("access", "tools.mailer.access.sso"),
        ("dpa", "tools.mailer.dpa"),
        ("ai", "tools.mailer.ai.acts"),
        ("grants", "tools.mailer.grants"),
    ],
)
def test_what_was_recorded_and_is_not_stated_now_is_unclear(path: str, missing: str) -> None:
    before = graph()
    recorded = scope_of(before, "mailer")
    assert unclear(before, "mailer", recorded, {}) == ()
    changed = yaml.load(STACK, yaml.BaseLoader)
    del changed["tools"]["mailer"][path]
    after = graph(yaml.dump(changed))
    assert missing in [str(each) for each in unclear(after, "mailer", recorded, {})]
    assert widened(recorded, scope_of(after, "mailer")) == ()


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("data: [margin]", "owner: x", "flows.mailer-to-crm.data"),
        ("contact: {privacy: personal, conf", "contact: {conf", "datasets.contact.privacy"),
        ("idential}\n", "idential}\n", None),
        ("on: crm, can: write,", "on: crm,", "tools.mailer.grants.0.can"),
        ("data: [contact], scopes", "scopes", "tools.mailer.grants.0.data"),
        (", scopes: [contacts.write, api]", "", "tools.mailer.grants.0.scopes"),
        ("    region: eu", "    region: eu\n    incomplete: [flows]", "tools.mailer.incomplete"),
        ("stackaudit: 1", "stackaudit: 1\nincomplete: [flows]", "stack.flows"),
    ],
)
def test_what_else_is_unclear(old: str, new: str, missing: str | None) -> None:
    recorded = scope_of(graph(), "mailer")
    assert STACK.count(old) == 1
    found = [str(each) for each in unclear(graph(STACK.replace(old, new)), "mailer", recorded, {})]
    assert found == ([missing] if missing else [])


def test_what_cannot_get_worse_need_not_be_known() -> None:
    recorded = scope("{access: {sso: none}, dpa: none, ai: {acts: 'true'}}")
    assert unclear(graph("stackaudit: 1\ntools: {a: {}}\n"), "a", recorded, {}) == ()


def test_a_key_that_was_recorded_may_hide_behind_a_flow_without_a_holder() -> None:
    text = """
        stackaudit: 1
        tools: {a: {grants: []}, b: {}}
        flows: [{from: a, to: b, method: api}]
    """
    recorded = scope("{grants: [b read]}")
    assert [str(each) for each in unclear(graph(text), "a", recorded, {})] == [
        "flows.a-to-b-api.credential.held_by"
    ]
    assert unclear(graph(text), "a", scope("{grants: []}"), {}) == ()


def test_a_scope_reads_nothing_that_the_catalog_fills() -> None:
    from stackaudit.catalog.catalog import catalog
    from stackaudit.catalog.fill import filled

    text = "stackaudit: 1\ntools: {hubspot: {}, zendesk: {vendor: Ours}}\nflows: []\n"
    stack = load_text(text, by_alias())
    fill = filled(stack, catalog())
    assert ("hubspot", "vendor") in fill.origins, "the catalog fills something here"
    for tool in fill.stack.tools:
        assert scope_of(build(fill.stack), tool) == scope_of(build(stack), tool)
    assert as_written(scope_of(build(fill.stack), "zendesk"))["vendor"] == "Ours"


# Which product it is


def since(then: str, tool: str) -> tuple[list[str], list[str]]:
    """What widened of a tool `a` since the record, and what is unclear; with the catalog."""
    from stackaudit.catalog.catalog import catalog
    from stackaudit.catalog.fill import filled
    from stackaudit.graph.scope_product import (
        in_words_of_today,
        product_unclear,
        with_product_meant,
    )

    known = catalog()
    stack = filled(load_text(f"stackaudit: 1\ntools: {{a: {tool}}}\n", by_alias()), known).stack
    recorded, entry = scope(then), stack.tools["a"]
    now = with_product_meant(scope_of(build(stack), "a"), recorded, entry)
    reviewed = in_words_of_today(recorded, now, known)
    missing = product_unclear(reviewed, now, "a", entry, known)
    return [each.words for each in widened(reviewed, now)], [str(each) for each in missing]


@pytest.mark.parametrize(
    ("then", "tool", "said", "asked"),
    [
        ("{product: drift}", "{product: unknown-thing}",
         "it is now the product unknown-thing, and was drift", None),
        ("{product: unknown-thing}", "{product: other-thing}",
         "it is now the product other-thing, and was unknown-thing", None),
        ("{product: drift}", "{product: none}", "it is now own software, and was drift", None),
        ("{product: none}", "{product: drift}", "it is now the product drift, and was none", None),
        ("{product: drift}", "{name: Zendesk}",
         "it is now the product zendesk, and was drift", None),
        ("{product: drift}", "{product: drift, name: Talk}", None, None),
        ("{product: drift}", "{product: salesloft}", None, None),
        ("{product: salesloft}", "{product: drift}", None, None),
        ("{product: hubspot}", "{product: hubspot-crm}", None, None),
        ("{product: hubspot-crm}", "{name: HubSpot CRM}", None, None),
        ("{product: hubspot-crm}", "{name: The One We Use}", None, "tools.a.product"),
        ("{}", "{product: unknown-thing, vendor: Somebody}", None, None),
        ("{product: salesloft}", "{product: clearbit}",
         "it is now the product clearbit, and was salesloft", None),
        ("{vendor: HubSpot}", "{vendor: Somebody}",
         "its vendor is now Somebody, and was HubSpot", None),
        ("{vendor: 'HubSpot, Inc.'}", "{vendor: hubspot}", None, None),
        ("{vendor: HubSpot}", "{name: HubSpot CRM}", None, None),
        ("{vendor: HubSpot}", "{name: Zendesk}", None, "tools.a.vendor"),
        ("{vendor: HubSpot}", "{}", None, "tools.a.vendor"),
        ("{product: hubspot-crm, vendor: HubSpot}", "{product: hubspot-crm}", None, None),
        ("{product: hubspot-crm, vendor: Old Name}", "{product: hubspot-crm, vendor: HubSpot}",
         None, None),
        ("{product: unknown-thing, vendor: A}", "{product: unknown-thing, vendor: B}",
         "its vendor is now B, and was A", None),
        ("{product: drift, vendor: Drift}", "{product: salesloft, vendor: Salesloft}", None, None),
    ],
)  # fmt: skip
def test_another_product_in_the_place_of_what_was_reviewed(
    then: str, tool: str, said: str | None, asked: str | None
) -> None:
    assert since(then, tool) == ([said] if said else [], [asked] if asked else [])


def test_siblings_of_one_merger_are_not_one_product_and_a_circle_ends() -> None:
    from types import SimpleNamespace

    from stackaudit.catalog.model import Status
    from stackaudit.graph.scope_product import in_words_of_today

    into = {"a": "c", "b": "c", "c": None, "x": "y", "y": "x"}
    known = {id_: SimpleNamespace(id=id_, vendor=None, status=Status("merged", new))
             for id_, new in into.items()}  # fmt: skip
    market: Any = SimpleNamespace(get=known.get)

    def same(then: str, today: str) -> bool:
        recorded, now = Scope(product=then), Scope(product=today)
        return widened(in_words_of_today(recorded, now, market), now) == ()

    assert same("a", "c")
    assert same("c", "a")
    assert not same("a", "b")
    assert same("x", "y")
    assert not same("x", "a")
