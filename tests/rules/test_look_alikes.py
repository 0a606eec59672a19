"""Situations that look like a problem and are none, planted in the healthy stack: no finding."""

from __future__ import annotations

from typing import Final

import pytest

from tests.rules.healthy import audited

FINE: Final[dict[str, str]] = {
    "a data sink that is meant to be one": """
        tools: {archive: {like: warehouse, product: none, name: Archive, vendor: A,
          capabilities: [data-lake], holds: [ticket], erasure: [ticket],
          access: {sso: none}, users: 4}}
        reviews: {archive: {like: warehouse}}
        flows: {to-archive: {like: tickets, to: archive, method: etl}}
        """,
    "a warehouse that reads everything": """
        tools: {warehouse: {holds: [contact, purchase, visitor, spend, ticket, consent, product],
          erasure: [contact, purchase, visitor, ticket, consent]}}
        flows:
          all-tickets: {like: tickets, to: warehouse, method: etl}
          all-consents: {like: consents, to: warehouse, method: etl}
          all-articles: {like: articles, to: warehouse, method: etl}
        """,
    "a hub that hands back what it collects itself": """
        tools: {crm: {holds: [contact, purchase, ticket, visitor],
          erasure: [contact, purchase, ticket, visitor]}}
        flows: {back: {like: to-ads, to: crm, data: [visitor]}}
        """,
    "a loop of data that has a system of record": """
        capabilities: {ecommerce: {needs: [product, consent]}}
        tools: {shop: {holds: [purchase, contact, product, consent], erasure: [contact, consent]}}
        flows: {answers: {like: consents, from: hub, to: shop}}
        """,
    "a pilot with an end, on its last day": "tools: {survey: {pilot: {ends: 2026-11-02}}}",
    "an annual file to the auditor": """
        capabilities: {auditing: {name: Audit of the accounts, owner: controlling, lane: measure,
          does: [measures], needs: [purchase], within: 2y}}
        tools: {auditor: {like: board, product: none, name: Audit room, vendor: A,
          capabilities: [auditing], classified: confidential, dpa: signed}}
        reviews: {auditor: {like: board}}
        flows: {accounts: {like: reports, to: auditor, data: [purchase], method: manual, every: 1y,
          records: 20/day, last_success: 2026-02-01}}
        """,
    "a list of articles, carried by hand once a quarter or less": """
        flows: {prices: {like: articles, to: warehouse, method: manual, every: 4mo,
          last_success: 2026-09-01}}
        """,
    "two tools for one job, for brands of their own": """
        tools:
          board: {used_for: {brands: [fernweh]}}
          plans: {like: board, product: none, name: Plans, vendor: A,
            used_for: {brands: [nahweh]}}
        reviews: {plans: {like: board}}
        """,
    "one product bought twice, for two countries": """
        tools:
          board: {used_for: {regions: [de]}}
          board-at: {like: board, name: Plans, used_for: {regions: [at]}}
        reviews: {board-at: {like: board}}
        """,
    "two tools that share what neither is mainly for": """
        capabilities: {polls: {owner: insights, lane: know, does: [], needs: []}}
        tools:
          board: {capabilities: [work-management, polls]}
          plans: {like: board, product: none, name: Plans, vendor: A, capabilities: [dam, polls]}
        reviews: {plans: {like: board}}
        """,
    "two tools under one contract": """
        tools: {pim: {contract: ~}, board: {contract: ~}}
        contracts: {both: {covers: [pim, board], cost: 23000/year, seats: 20, used: 12,
          renews: 2028-05-01, notice: 60d, auto_renew: true}}
        """,
    "a planned tool that nobody has reviewed": """
        tools: {chat: {product: tidio, name: Tidio, vendor: Tidio, lifecycle: planned,
          capabilities: [live-chat], contract: none, holds: [contact], collects: [contact],
          grants: [], openness: {api: true, export: true}}}
        """,
    "a retired tool whose flows are finished": """
        flows:
          texts: {like: to-survey, to: sms, status: finished}
          replies: {like: tickets, from: sms, status: finished}
        """,
    "a tool that was turned down and never used": """
        tools: {replay: {like: recorder, product: none, name: Replay}}
        reviews: {replay: {like: recorder}}
        """,
    "a hashed audience on its way to an ad platform": """
        tools: {social: {like: ads, product: none, name: Social ads, vendor: A,
          capabilities: [social-ads], classified: confidential,
          collects: [], holds: [], erasure: []}}
        reviews: {social: {like: ads}}
        flows: {audience: {like: contacts, from: hub, to: social, protect: hashed}}
        observations: {okta-social: {like: okta-ads, tool: social}}
        """,
    "a key that reads, and belongs to a service": """
        tools: {bi: {grants: [{on: shop, kind: api_key, can: read, data: [purchase], of: service,
          rotated: 2026-09-01}]}}
        """,
    "a key of just a year": "flows: {tickets: {credential: {rotated: 2025-11-02}}}",
    "no second factor, where the company's sign-in has one": """
        tools: {desk: {access: {mfa: none}}}
        """,
    "no single sign-on for four people": "tools: {survey: {access: {sso: none}}}",
    "five administrators": "tools: {survey: {access: {admins: 4}}, desk: {access: {admins: 5}}}",
    "data in a third country under standard clauses": """
        tools: {survey: {region: us, safeguard: scc}}
        """,
    "an assistant that acts where there is nothing personal": """
        tools: {board: {ai: {uses_data: true, acts: true}}}
        """,
    "a model trained on public articles": "tools: {pim: {ai: {trains_on_data: true}}}",
    "a review that holds for another five weeks": "reviews: {desk: {until: 2026-12-07}}",
    "a certificate that ends today": "tools: {desk: {certifications: {soc2: 2026-11-02}}}",
    "a contract that ends by itself next month": """
        tools: {board: {contract: {renews: 2026-12-01, auto_renew: false}}}
        """,
    "a deadline for notice in 91 days": "tools: {pim: {contract: {renews: 2027-04-02}}}",
    "a contract for just what has to be on the roadmap": """
        tools: {bi: {contract: {cost: 20000/year, renews: 2027-09-01}}}
        """,
    "two fifths of the seats in use": "tools: {pim: {contract: {used: 4}, users: 4}}",
    "IT a month after the purchase": "tools: {desk: {it_involved: 2019-10-01}}",
    "just the share of the budget that was agreed": "budget: {innovation: 20000}",
    "an inventory confirmed 90 days ago": "confirmed: 2026-08-04",
    "a successor that is planned, and not there yet": "tools: {board: {successor: loyalty}}",
    "two flows between two tools, each with data of its own": """
        flows: {customers: {data: [contact]}, orders-to-crm: {like: customers, data: [purchase]}}
        """,
    "a flow that is paused on purpose": """
        flows: {samples: {like: spending, from: pim, data: [product], status: paused}}
        """,
    "an integration that was asked for last month": "flows: {points: {requested: 2026-10-02}}",
    "personal data in a file that is encrypted": """
        flows: {tickets: {method: file, protect: encrypted}}
        """,
    "a script of our own that sends nothing": """
        observations: {scroll: {source: gtm, kind: tag, seen: 2026-10-30, name: Scroll depth,
          product: none, data: [], consent: false}}
        """,
    "the banner itself, which runs before anybody agreed": """
        observations: {banner: {source: website, kind: script, seen: 2026-10-30, tool: banner,
          data: [consent], consent: false}}
        """,
    "a planned tool that is being set up on the site": """
        observations: {loyalty: {source: gtm, kind: tag, seen: 2026-10-30, tool: loyalty,
          data: [visitor], consent: true}}
        """,
    "a retired tool in a recording from before its end": """
        observations: {old: {source: har, kind: request, seen: 2026-01-15, tool: sms,
          data: [visitor], consent: true}}
        """,
    "a tool seen under the name of its product": """
        observations: {okta-board: {source: okta, kind: sign_in, seen: 2026-10-30,
          name: monday.com}}
        """,
}


@pytest.mark.parametrize("situation", FINE)
def test_nothing_is_found_and_nothing_asked(situation: str) -> None:
    result = audited(FINE[situation])
    assert [f"{each.finding.rule}: {each.finding.message}" for each in result.findings] == []
    assert [f"{each.rule}: {each.label}" for each in result.open] == []
    assert not result.failures


def test_there_are_enough_to_trust_in() -> None:
    assert len(FINE) >= 20
