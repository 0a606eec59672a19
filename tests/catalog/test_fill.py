"""What the catalog fills into an inventory, and what it leaves alone."""

from __future__ import annotations

import json
from functools import cache
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.fill import Filled, Typical, filled
from stackaudit.catalog.model import SignIn
from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.inventory.stack import Stack
from tests.catalog.making import little


@cache
def market() -> Catalog:
    return little(
        products="""
            klaviyo:
              name: Klaviyo
              vendor: Klaviyo
              capabilities: [email, sms]
              holds: [contact, purchase]
              sign_in: {sso: optional}
              certifications: [soc2]
            salesforce-marketing-cloud: {name: Salesforce Marketing Cloud, vendor: Salesforce}
            """,
        imported='aircall: {name: Aircall, sources: {product: "https://x.example/"}}',
    )


def stack_of(text: str) -> Stack:
    return load_text(dedent(text), by_alias())


def fill(text: str) -> Filled:
    return filled(stack_of(text), market())


def test_the_stated_product_fills_what_is_not_stated() -> None:
    found = fill("tools: {mail: {product: klaviyo, users: 3}}")
    tool = found.stack.tools["mail"]
    assert (tool.name, tool.vendor, tool.capabilities) == ("Klaviyo", "Klaviyo", ("email", "sms"))
    assert tool.users == 3
    assert found.origins == dict.fromkeys(
        [("mail", "name"), ("mail", "vendor"), ("mail", "capabilities")], "klaviyo"
    )
    assert found.origin("mail", "vendor") == "klaviyo"
    assert found.origin("mail", "users") is None


def test_a_name_that_is_certain_names_the_product_too() -> None:
    found = fill("tools: {mail: {name: Klaviyo Pro}, klaviyo: {}, aircall: {vendor: Aircall SAS}}")
    assert {id_: tool.product for id_, tool in found.stack.tools.items()} == {
        "mail": "klaviyo",
        "klaviyo": "klaviyo",
        "aircall": "aircall",
    }
    assert found.origin("mail", "product") == "klaviyo"


def test_what_is_stated_wins() -> None:
    found = fill("""
        tools:
          mail: {product: klaviyo, name: Newsletters, vendor: Agency, capabilities: [crm]}
          empty: {product: klaviyo, capabilities: []}
        """)
    tool = found.stack.tools["mail"]
    assert (tool.name, tool.vendor, tool.capabilities) == ("Newsletters", "Agency", ("crm",))
    assert found.stack.tools["empty"].capabilities == ()
    assert not [key for key in found.origins if key[0] == "mail"]


def test_an_uncertain_name_fills_nothing() -> None:
    stack = stack_of("""
        tools:
          a: {name: Marketing Cloud}
          b: {name: Klavio}
          c: {name: Klaviyo, vendor: Bosch}
          crm: {}
          own: {product: none, name: Klaviyo}
        """)
    found = filled(stack, market())
    assert found.products == {}
    assert found.origins == {}
    assert found.stack == stack


def test_a_product_that_is_not_there_is_told_with_what_may_be_meant() -> None:
    found = fill("tools: {mail: {product: klavyio}, x: {product: nonsense-product}}")
    assert found.unknown["mail"].product == market().get("klaviyo")
    assert found.unknown["x"].product is None
    assert found.products == {}


def test_two_tools_of_one_product_keep_their_ids_as_names() -> None:
    found = fill("tools: {mail-de: {product: klaviyo}, mail-us: {product: klaviyo}}")
    assert [tool.name for tool in found.stack.tools.values()] == [None, None]
    assert found.origin("mail-de", "vendor") == "klaviyo"


def test_typical_facts_stay_apart() -> None:
    found = fill("tools: {mail: {product: klaviyo}, other: {}}")
    tool = found.stack.tools["mail"]
    assert (tool.holds, tool.access, tool.certifications) == (None, None, None)
    assert found.typical("mail") == Typical(
        holds=("contact", "purchase"), sign_in=SignIn(sso="optional"), certifications=("soc2",)
    )
    assert found.typical("other") == found.typical("nobody") == Typical()


def test_the_stack_that_was_given_is_not_changed() -> None:
    given_stack = stack_of("tools: {mail: {product: klaviyo}}")
    before = given_stack.tools["mail"]
    after = filled(given_stack, market()).stack
    assert before.vendor is None
    assert given_stack.tools["mail"] is before
    assert after.tools["mail"].vendor == "Klaviyo"
    assert after.origins is given_stack.origins
    assert after.flows == given_stack.flows


def test_filling_twice_changes_nothing_more() -> None:
    once = fill("tools: {mail: {product: klaviyo}, klaviyo: {}}")
    again = filled(once.stack, market())
    assert again.stack.tools == once.stack.tools
    assert again.origins == {}


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
        st.fixed_dictionaries(
            {},
            optional={
                "product": st.sampled_from(["klaviyo", "aircall", "none", "nobody"]),
                "name": st.sampled_from(["Klaviyo", "Aircall Pro", "Something else"]),
                "vendor": st.sampled_from(["Klaviyo", "Bosch"]),
                "capabilities": st.sampled_from([[], ["crm"]]),
            },
        ),
        max_size=5,
    )
)
def test_no_stated_fact_is_ever_changed(tools: dict[str, dict[str, object]]) -> None:
    stack = stack_of(json.dumps({"tools": tools}))
    found = filled(stack, market())
    for id_, stated in tools.items():
        for key in ("product", "name", "vendor", "capabilities"):
            now = getattr(found.stack.tools[id_], key)
            if key in stated:
                assert now == (tuple(stated[key]) if key == "capabilities" else stated[key])  # type: ignore[arg-type]
                assert found.origin(id_, key) is None
            else:
                assert (now is not None) == (found.origin(id_, key) is not None)
