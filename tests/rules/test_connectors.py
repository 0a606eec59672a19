"""A gap names the connectors that exist for it, as the catalog knows them."""

from __future__ import annotations

import pytest

from tests.stacks import audited

GAP = """\
stackaudit: 1
datasets:
  purchase: {privacy: personal, system_of_record: shop}
capabilities:
  email: {needs: [purchase]}
tools:
  shop: {product: shopify, capabilities: [ecommerce], holds: [purchase], collects: []}
  mailer: {product: %s, capabilities: [email], holds: [], collects: []}
flows: []
"""


@pytest.mark.parametrize(
    ("product", "words"),
    [("klaviyo", "integration Shopify → Klaviyo"), ("none", "")],
)
def test_an_unmet_need_names_the_connectors_for_it(product: str, words: str) -> None:
    (judged,) = audited(GAP % product, "integration/unmet-need").findings
    assert words in judged.finding.fix
    assert ("on the market" in judged.finding.fix) is bool(words)


def test_where_nothing_is_direct_it_names_hubs() -> None:
    text = (GAP % "trustpilot").replace("product: shopify", "product: bigquery")
    (judged,) = audited(text, "integration/unmet-need").findings
    assert "Segment from BigQuery to Trustpilot" in judged.finding.fix
