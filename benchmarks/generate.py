"""Makes an inventory of any size: the same for the same arguments, on every machine.

    python benchmarks/generate.py 15384 --flows 7 > /tmp/large.yaml

The shape is that of a group of companies: brands of 40 tools each share a warehouse, a CRM and
a few services, so that capabilities meet within a brand and data travels between brands.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator

BRAND = 40
DATASETS = {
    "contact": "{privacy: personal, confidentiality: confidential, identity: [email, customer_id], "
    "system_of_record: t0}",
    "visitor": "{privacy: personal, identity: [cookie_id, email], system_of_record: t1}",
    "purchase": "{privacy: personal, identity: [customer_id], system_of_record: t2}",
    "consent": "{kind: consent, privacy: personal, identity: [email], system_of_record: t3}",
    "content": "{privacy: none, confidentiality: internal, system_of_record: t4}",
}
CAPABILITIES = (
    "crm", "web-analytics", "ecommerce", "consent-management", "cms", "email", "sms", "push",
    "cdp", "tag-management", "product-analytics", "ab-testing", "personalization", "dam",
    "landing-pages", "forms", "search-ads", "social-ads", "social", "abm", "enrichment", "events",
    "webinars", "surveys", "live-chat", "seo", "attribution", "bi", "data-warehouse", "etl",
    "reverse-etl", "ipaas", "loyalty", "referral", "affiliate", "influencer", "ratings-reviews",
    "customer-support", "call-tracking", "scheduling",
)  # fmt: skip
ALSO = ("podcast", "pr", "video", "community", "content-planning", "design", "translation")
"""What tools can do besides; nobody's main job, so that few tools overlap, as in real stacks."""

METHODS = ("native", "api", "webhook", "tag", "etl", "reverse_etl", "file", "manual")
EVERY = ("event", "15min", "1h", "4h", "1d", "1w")


def inventory(tools: int, flows: int, seed: int = 1) -> Iterator[str]:
    """The lines of an inventory with so many tools, and so many flows for each."""
    chance = random.Random(seed)
    yield "stackaudit: 1"
    yield "organization: Generated Group"
    yield "currency: EUR"
    yield "confirmed: 2026-10-20"
    yield "datasets:"
    yield from (f"  {name}: {entry}" for name, entry in DATASETS.items())
    yield "capabilities:"
    yield "  email: {owner: marketing, needs: [contact, consent], within: 1d}"
    yield "  attribution: {owner: marketing, needs: [visitor, purchase], within: 2d}"
    yield "  personalization: {owner: marketing, needs: [visitor, contact]}"
    yield "tools:"
    for number in range(tools):
        yield from _tool(number, chance)
    yield "flows:"
    for number in range(tools):
        yield from _flows(number, tools, flows, chance)
    yield "reviews:"
    for number in range(tools):
        if chance.random() < 0.9:
            yield (
                f"  t{number}: {{state: approved, on: 2026-03-02, by: security, until: 2027-03-02}}"
            )


def _tool(number: int, chance: random.Random) -> Iterator[str]:
    seats = chance.randint(5, 200)
    used = chance.randint(int(seats * 0.38), seats)
    main = CAPABILITIES[number % BRAND % len(CAPABILITIES)]
    other = chance.choice(ALSO)
    held = ", ".join(sorted(chance.sample(sorted(DATASETS), 2)))
    cost = chance.randint(1, 90) * 1000
    yield f"  t{number}:"
    yield f"    name: Tool {number}"
    yield f"    capabilities: [{main}, {other}]"
    yield f"    used_for: {{brands: [brand-{number // BRAND}]}}"
    yield f"    owner: {{business: marketing-{number % 9}, technical: it-{number % 5}}}"
    yield "    bought: 2025-03-01"
    yield "    it_involved: 2025-03-10"
    yield (
        f"    contract: {{cost: {cost}/year, seats: {seats}, used: {used}, renews: 2027-06-01, "
        "notice: 60d, auto_renew: true}"
    )
    yield "    last_used: 2026-10-28"
    yield (
        "    access: {sso: enforced, mfa: enforced, scim: true, roles: true, "
        f"shared_login: false, admins: {chance.randint(1, 4)}}}"
    )
    yield "    collects: [visitor]" if number % 3 == 0 else "    collects: []"
    yield f"    holds: [{held}]"
    yield f"    erasure: [{held}]"
    yield f"    vendor: Vendor {number % 97}"
    yield f"    users: {used}"
    yield "    grants: []"
    yield "    classified: restricted"
    yield "    operated_by: none"
    yield "    ai: {uses_data: false, trains_on_data: false, acts: false}"
    yield "    openness: {api: true, webhooks: true, export: true, self_service: true}"
    yield "    fit: {business: 3, technical: 3}"
    yield "    disposition: tolerate"
    yield "    subprocessors: {aws: eu}"
    yield "    region: eu"
    yield "    dpa: signed"


def _flows(number: int, tools: int, flows: int, chance: random.Random) -> Iterator[str]:
    """To the next tools of the brand for the most part, now and then to another brand."""
    brand = number // BRAND * BRAND
    for step in range(1, flows + 1):
        near = brand + (number - brand + step * step) % BRAND
        target = near if near < tools and chance.random() < 0.97 else chance.randrange(tools)
        if target == number:
            target = (number + 1) % tools
        data = ", ".join(sorted(chance.sample(sorted(DATASETS), 2)))
        yield (
            f"  - {{id: f{number}-{step}, from: t{number}, to: t{target}, data: [{data}], "
            f"method: {chance.choice(METHODS[:6])}, every: {chance.choice(EVERY)}, "
            "key: email, owner: marketing-ops, status: active, credential: {of: service, "
            "kind: oauth, can: write, scopes: [contacts.write], owner: it, rotated: 2026-06-01}}"
        )


def main() -> None:
    """Write an inventory to standard output."""
    parser = argparse.ArgumentParser(description="Generate an inventory for benchmarks.")
    parser.add_argument("tools", type=int)
    parser.add_argument("--flows", type=int, default=7, help="flows for each tool")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for line in inventory(arguments.tools, arguments.flows, arguments.seed):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
