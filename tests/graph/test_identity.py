"""Identity: which kinds of data can be joined, and by which keys."""

from __future__ import annotations

from stackaudit.graph.identity import Pair
from tests.graph.making import graph_of

SHOP = """
    datasets:
      purchase: {privacy: personal, identity: [customer_id]}
      contact: {privacy: personal, identity: [customer_id, email]}
      visitor: {privacy: personal, identity: %s}
    tools:
      pos: {holds: [purchase], collects: []}
      crm: {holds: [contact], collects: []}
      web: {holds: [visitor], collects: %s}
    flows:
      - {from: pos, to: crm, data: [purchase]}
      - {from: web, to: crm, data: [visitor], protect: %s}
"""


def test_a_chain_of_shared_keys_joins_what_meets_in_tools() -> None:
    graph = graph_of(SHOP % ("[cookie, email]", "[]", "none"))
    assert graph.joinable("purchase", "visitor") is True
    assert graph.chain("purchase", "visitor") == ("purchase", "contact", "visitor")
    assert graph.chain("visitor", "contact") == ("visitor", "contact")


def test_without_a_shared_key_there_is_no_chain() -> None:
    graph = graph_of(SHOP % ("[cookie]", "[]", "none"))
    assert graph.joinable("purchase", "visitor") is False
    assert graph.chain("purchase", "visitor") == ()


def test_stated_not_to_have_keys_nothing_joins() -> None:
    assert graph_of(SHOP % ("[]", "", "none")).joinable("purchase", "visitor") is False


def test_unstated_keys_may_be_shared() -> None:
    assert graph_of(SHOP % ("", "[]", "none")).joinable("purchase", "visitor") is None


def test_a_shared_key_is_no_join_where_the_two_never_meet() -> None:
    text = (SHOP % ("[email]", "[]", "none")).replace("{from: web, to: crm", "{from: web, to: pos")
    assert graph_of(text).joinable("contact", "visitor") is False
    assert graph_of(text).joinable("purchase", "visitor") is False


def test_they_may_meet_where_somebody_did_not_say_what_is_in_a_tool() -> None:
    text = (SHOP % ("[email]", "", "none")).replace("{from: web, to: crm", "{from: web, to: pos")
    assert graph_of(text).joinable("purchase", "visitor") is None


def test_without_shared_keys_they_cannot_meet_whatever_is_in_the_tools() -> None:
    graph = graph_of("""
        datasets: {purchase: {identity: [customer_id]}, visitor: {identity: [cookie]}}
        tools: {pos: {}, web: {}}
    """)
    assert graph.joinable("purchase", "visitor") is False


def test_a_hash_can_be_matched_and_a_sum_cannot() -> None:
    assert graph_of(SHOP % ("[email]", "[]", "hashed")).joinable("contact", "visitor") is True
    assert graph_of(SHOP % ("[email]", "[]", "aggregated")).joinable("contact", "visitor") is False


def test_a_dataset_joins_itself() -> None:
    assert graph_of(SHOP % ("[]", "[]", "none")).joinable("visitor", "visitor") is True


def test_pairs_that_a_capability_needs_together() -> None:
    graph = graph_of("""
        datasets:
          contact: {privacy: personal}
          consent: {privacy: special}
          product: {privacy: none}
          unsaid: {}
        capabilities:
          email: {needs: [contact, consent, product]}
          ads: {needs: [contact, unsaid]}
          sms: {needs: [consent, contact]}
    """)
    assert graph.pairs_needed == (
        Pair("consent", "contact", ("email", "sms")),
        Pair("contact", "unsaid", ("ads",)),
    )
