"""Each situation, planted in a stack that is healthy otherwise, is found: that one and no other."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

import pytest

from stackaudit.audit import AuditResult
from stackaudit.errors import Place
from stackaudit.rules.review_policy import ReviewPolicy
from stackaudit.rules.waiver import Waiver
from tests.rules.healthy import RULES, audited


class Row(NamedTuple):
    """What is changed in the healthy stack, and the subject of the finding that this gives."""

    change: str
    subject: str
    keep_scopes: bool = False
    """Whether the reviews looked before the change."""
    waivers: tuple[Waiver, ...] = ()
    policy: ReviewPolicy | None = None
    cause: str | None = None
    """The rule that always fires with it, on the same subject, and under which it is folded."""
    besides: tuple[str, str] | None = None
    """What is found with it on another subject, because each is a way to say the other."""


NEVER_NEEDED: Final = Waiver(
    rule="security/shared-login",
    subject="shop",
    reason="one login at the fair",
    owner="it-commerce",
    expires=dt.date(2027, 3, 1),
    place=Place("stackaudit.yaml", 1, 1),
)
BY_SECURITY: Final = ReviewPolicy(reviewers=("security",))

PLANTED: Final[dict[str, Row]] = {
    # alignment
    "alignment/closed-vendor": Row(
        "tools: {loyalty: {capabilities: [loyalty, referral],"
        " openness: {api: false, export: false}}}",
        "loyalty",
    ),
    "alignment/experiment-on-real-data": Row(
        "reviews: {survey: ~}", "survey", cause="security/unreviewed-tool"
    ),
    "alignment/experiment-without-exit": Row("tools: {survey: {pilot: ~}}", "survey"),
    "alignment/integration-waiting": Row("flows: {points: {requested: 2026-07-01}}", "points"),
    "alignment/it-bottleneck": Row("tools: {mailer: {openness: {self_service: false}}}", "mailer"),
    "alignment/late-it-involvement": Row("tools: {desk: {it_involved: 2019-12-01}}", "desk"),
    "alignment/must-have-missing": Row("capabilities: {email: {must: [templates, amp]}}", "email"),
    "alignment/no-room-to-experiment": Row("budget: {innovation: 10000}", "stack"),
    "alignment/off-roadmap": Row("tools: {hub: {contract: {renews: 2027-09-01}}}", "hub"),
    "alignment/one-sided-ownership": Row("tools: {bi: {owner: {technical: none}}}", "bi"),
    "alignment/one-sided-roadmap": Row("roadmap: {loyalty: {technical: none}}", "loyalty"),
    "alignment/outside-operator": Row(
        "tools: {ads: {operated_by: agency-lumen, own_access: false}}", "ads"
    ),
    "alignment/review-waiting": Row(
        "reviews: {loyalty: {state: requested, on: 2026-09-01}}", "loyalty"
    ),
    "alignment/vendor-concentration": Row(
        "tools: {mailer: {vendor: Salesforce}, crm: {contract: {cost: 84000/year}}}", "salesforce"
    ),
    # bloat
    "bloat/costly-per-user": Row(
        """
        tools:
          board: {used_for: {regions: [de]}, contract: {cost: 19000/year}}
          board-at: {like: board, product: none, name: Plans, vendor: A, used_for: {regions: [at]}}
          board-ch: {like: board, product: none, name: Tasks, vendor: B, used_for: {regions: [ch]}}
          board-it: {like: board, product: none, name: Lists, vendor: C, used_for: {regions: [it]}}
        reviews: {board-at: {like: board}, board-ch: {like: board}, board-it: {like: board}}
        """,
        "board",
    ),
    "bloat/crowded-capability": Row(
        """
        tools:
          board: {capabilities: [work-management, webinars, events]}
          plans: {like: board, product: none, name: Plans, vendor: A,
            capabilities: [work-management, dam, seo]}
          tasks: {like: board, product: none, name: Tasks, vendor: B,
            capabilities: [work-management, podcasts, polls]}
        capabilities: {podcasts: {lane: know, does: []}, polls: {lane: know, does: []}}
        reviews: {plans: {like: board}, tasks: {like: board}}
        """,
        "board + work-management, plans + work-management, tasks + work-management",
    ),
    "bloat/disposition-mismatch": Row(
        "tools: {mailer: {fit: {business: 1, technical: 1}}}", "mailer"
    ),
    "bloat/dormant-tool": Row("tools: {board: {last_used: 2026-06-01}}", "board"),
    "bloat/duplicate-subscription": Row(
        "tools: {board-2: {like: board, name: Boards}}\nreviews: {board-2: {like: board}}",
        "board + board-2",
    ),
    "bloat/idle-seats": Row("tools: {desk: {contract: {used: 5}}}", "desk"),
    "bloat/missed-notice": Row(
        "tools: {pim: {disposition: migrate, successor: none, contract: {renews: 2026-12-01}}}",
        "pim",
    ),
    "bloat/notice-window": Row("tools: {pim: {contract: {renews: 2027-02-01}}}", "pim"),
    "bloat/over-use": Row("tools: {desk: {contract: {used: 30}}}", "desk"),
    "bloat/overlapping-tools": Row(
        "tools: {plans: {like: board, product: none, name: Plans, vendor: A}}\n"
        "reviews: {plans: {like: board}}",
        "board + plans",
    ),
    "bloat/paying-for-retired": Row(
        "tools: {sms: {contract: {cost: 900/year, seats: 2, used: 0, renews: 2027-06-01,"
        " notice: 30d, auto_renew: true}}}",
        "sms",
    ),
    "bloat/pilot-overrun": Row("tools: {survey: {pilot: {ends: 2026-10-01}}}", "survey"),
    "bloat/superseded-tool": Row("tools: {board: {successor: pim}}", "board"),
    "bloat/unowned-cost": Row("tools: {pim: {owner: {business: none}}}", "pim"),
    "bloat/unplaced-tool": Row("tools: {board: {capabilities: []}}", "board"),
    # integration
    "integration/broken-flow": Row("flows: {tickets: {last_success: 2026-10-20}}", "tickets"),
    "integration/bypassed-hub": Row(
        """
        tools: {zaps: {like: board, product: zapier, name: Zapier, vendor: Zapier,
          capabilities: [ipaas],
          classified: confidential}}
        reviews: {zaps: {like: board}}
        flows: {by-zaps: {like: orders, to: desk, through: zaps, method: ipaas}}
        """,
        "zaps",
    ),
    "integration/feedback-loop": Row(
        """
        datasets: {audience: {privacy: none, system_of_record: none, identity: [],
          confidentiality: internal}}
        flows:
          audience: {like: spending, from: hub, to: mailer, data: [audience], method: native}
          answers: {like: spending, from: mailer, to: hub, data: [audience], method: native}
        """,
        "audience",
    ),
    "integration/flow-of-retired": Row(
        "flows: {texts: {like: tickets, from: sms, data: [contact], status: paused}}", "texts"
    ),
    "integration/late-data": Row("flows: {tickets: {every: 2d}}", "crm + ticket"),
    "integration/manual-flow": Row("flows: {spending: {method: manual}}", "spending"),
    "integration/missing-key": Row("flows: {tickets: {key: []}}", "tickets"),
    "integration/no-system-of-record": Row("datasets: {spend: {system_of_record: none}}", "spend"),
    "integration/over-capacity": Row("tools: {desk: {limits: {records: 4000/day}}}", "desk"),
    "integration/point-to-point": Row(
        """
        flows:
          to-desk-too: {like: orders, to: desk}
          to-mailer-too: {like: orders, to: mailer}
        """,
        "shop",
    ),
    "integration/redundant-flow": Row(
        "flows: {tickets-again: {like: tickets, method: api}}", "tickets + tickets-again"
    ),
    "integration/single-point-of-failure": Row(
        """
        tools: {zaps: {like: board, product: zapier, name: Zapier, vendor: Zapier,
          capabilities: [ipaas], contract: none,
          classified: confidential}}
        reviews: {zaps: {like: board}}
        flows: {to-desk: {through: zaps, method: ipaas}}
        """,
        "zaps",
    ),
    "integration/two-masters": Row("flows: {tickets: {data: [ticket, contact]}}", "contact"),
    "integration/unjoined-data": Row(
        "datasets: {ticket: {identity: [ticket_no]}}", "contact + ticket, purchase + ticket"
    ),
    "integration/unmet-need": Row(
        "capabilities: {customer-support: {needs: [contact, purchase, visitor]}}",
        "customer-support + visitor",
    ),
    "integration/unowned-flow": Row(
        "flows: {tickets: {owner: none, credential: {owner: none}}}", "tickets"
    ),
    # inventory
    "inventory/look-alike-names": Row(
        'tools: {screen: {like: board, product: none, name: "m\u043enday.com", vendor: A,'
        " capabilities: [dam]}}\nreviews: {screen: {like: board}}",
        "board + screen",
    ),
    "inventory/stale-inventory": Row("confirmed: 2026-07-01", "stack"),
    "inventory/thin-entry": Row(
        """
        tools: {stage: {product: none, name: Stage, vendor: A, capabilities: [dam],
          owner: {business: events, technical: it-crm}, contract: none}}
        reviews: {stage: {like: board}}
        """,
        "stage",
    ),
    "inventory/unknown-product": Row("tools: {board: {product: mondai}}", "board"),
    "inventory/unused-dataset": Row(
        "datasets: {idea: {privacy: none, confidentiality: internal, system_of_record: none,"
        " identity: []}}",
        "idea",
    ),
    "inventory/unused-waiver": Row("", "security/shared-login shop", waivers=(NEVER_NEEDED,)),
    # security
    "security/agent-can-write": Row("tools: {desk: {ai: {acts: true}}}", "desk"),
    "security/ai-trains-on-data": Row("tools: {desk: {ai: {trains_on_data: true}}}", "desk"),
    "security/broad-credential": Row("flows: {tickets: {credential: {can: admin}}}", "tickets"),
    "security/changed-since-review": Row("tools: {board: {region: us}}", "board", keep_scopes=True),
    "security/expired-evidence": Row("tools: {desk: {certifications: {soc2: 2026-10-01}}}", "desk"),
    "security/expired-review": Row(
        "reviews: {board: {on: 2025-10-01, until: 2026-10-01}}", "board"
    ),
    "security/live-token-of-retired": Row(
        "tools: {sms: {grants: [{on: crm, kind: oauth, can: read, of: service}]}}", "sms"
    ),
    "security/manual-offboarding": Row(
        "tools: {pim: {users: 25, access: {sso: optional, scim: false}}}", "pim"
    ),
    "security/many-admins": Row("tools: {desk: {access: {admins: 8}}}", "desk"),
    "security/no-dpa": Row("tools: {survey: {dpa: pending}}", "survey"),
    "security/no-mfa": Row("tools: {survey: {access: {sso: optional, mfa: optional}}}", "survey"),
    "security/no-single-sign-on": Row("tools: {desk: {access: {sso: none}}}", "desk"),
    "security/personal-credential": Row("flows: {tickets: {credential: {of: person}}}", "tickets"),
    "security/rejected-tool": Row("tools: {recorder: {last_used: 2026-05-05}}", "recorder"),
    "security/shared-login": Row("tools: {board: {access: {shared_login: true}}}", "board"),
    "security/stale-credential": Row(
        "flows: {tickets: {credential: {rotated: 2025-01-01}}}", "tickets"
    ),
    "security/stored-token-reach": Row(
        "tools: {board: {grants: [{on: crm, kind: oauth, can: write, of: service,"
        " rotated: 2026-08-01, data: [contact]}]}}\nreviews: {board: ~}",
        "board",
        cause="security/unreviewed-tool",
    ),
    "security/tag-without-consent": Row(
        "observations: {container-analytics: {consent: false}}", "analytics"
    ),
    "security/third-country": Row("tools: {survey: {region: us, safeguard: none}}", "survey"),
    "security/unbound-review": Row("reviews: {crm: {scope: ~}}", "crm"),
    "security/undeclared-tool": Row(
        "observations: {new: {source: okta, kind: sign_in, seen: 2026-10-30,"
        " name: Lunch Roulette}}",
        "lunch-roulette",
    ),
    "security/under-classified": Row("tools: {desk: {classified: internal}}", "desk"),
    "security/unknown-subprocessor": Row("tools: {survey: {subprocessors: {aws: us}}}", "survey"),
    "security/unprotected-handover": Row(
        "flows: {tickets: {method: file, protect: none}}", "tickets"
    ),
    "security/unreviewed-downstream": Row(
        "reviews: {analytics: ~}", "analytics", cause="security/unreviewed-tool"
    ),
    "security/unreviewed-tool": Row("reviews: {board: ~}", "board"),
    "security/unseen-tool": Row("observations: {okta-desk: {seen: 2026-06-01}}", "desk + sign_in"),
    "security/untrusted-approval": Row("reviews: {board: {by: me}}", "board", policy=BY_SECURITY),
    "security/wide-exposure": Row(
        "tools: {board: {access: {mfa: none}, grants: ["
        + ", ".join(
            f"{{on: {on}, kind: oauth, can: read, of: service, rotated: 2026-08-01,"
            f" data: [{data}]}}"
            for on, data in (("crm", "contact"), ("shop", "purchase"), ("desk", "ticket"))
        )
        + "]}}",
        "board",
    ),
    # silo
    "silo/consent-gap": Row(
        """
        capabilities: {search-ads: {needs: [visitor]}}
        flows: {to-ads: {data: [visitor]}}
        tools: {ads: {holds: [visitor, spend]}}
        """,
        "ads",
    ),
    "silo/dead-end": Row(
        "capabilities: {work-management: {owner: crm-marketing, needs: []}}\n"
        "tools: {board: {classified: confidential}}\n"
        "flows: {to-board: {like: tickets, to: board}}",
        "board + ticket",
    ),
    "silo/erasure-gap": Row("tools: {desk: {erasure: [contact]}}", "desk + purchase"),
    "silo/hand-carried": Row(
        "flows: {reports: {method: manual}}", "bi", besides=("integration/manual-flow", "reports")
    ),
    "silo/hidden-collector": Row("tools: {pim: {collects: [product, spend]}}", "pim + spend"),
    "silo/island": Row(
        """
        datasets: {idea: {privacy: none, confidentiality: internal, system_of_record: pim,
          identity: []}}
        tools:
          board: {collects: [idea], holds: [idea]}
          stage: {like: board, product: none, name: Stage, vendor: A, capabilities: [dam],
            collects: [], holds: [idea]}
        reviews: {stage: {like: board}}
        flows: {ideas: {like: spending, from: board, to: stage, data: [idea], method: api}}
        """,
        "board, stage",
    ),
    "silo/orphaned-silo": Row(
        """
        datasets: {idea: {privacy: none, confidentiality: internal, system_of_record: board,
          identity: []}}
        tools: {board: {collects: [idea], holds: [idea]}}
        """,
        "board",
    ),
    "silo/unfed-copy": Row("tools: {pim: {holds: [product, spend]}}", "pim + spend"),
    "silo/unmeasured-channel": Row("tools: {board: {capabilities: [live-chat]}}", "board"),
}


@pytest.mark.parametrize("rule", sorted(PLANTED))
def test_it_alone_is_found(rule: str) -> None:
    row = PLANTED[rule]
    result = audited(
        row.change, keep_scopes=row.keep_scopes, waivers=row.waivers, policy=row.policy
    )
    found = {each for each in unfolded(result) if each != row.besides}
    assert found == {(row.cause or rule, each) for each in row.subject.split(", ")}
    assert row.cause is None or rule in {each.finding.rule for each in result.findings}


def unfolded(result: AuditResult) -> list[tuple[str, str]]:
    """The findings that are nobody's consequence, by rule and subjects."""
    assert not result.failures
    return [
        (each.finding.rule, " + ".join(ref.id for ref in each.finding.subjects))
        for each in result.findings
        if each.folded_under is None
    ]


def test_in_the_healthy_stack_there_is_nothing() -> None:
    result = audited()
    assert (result.findings, result.open, result.failures) == ((), (), ())


def test_every_rule_that_ships_has_a_row() -> None:
    assert sorted(PLANTED) == sorted(rule.id for rule in RULES)
