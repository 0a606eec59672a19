"""Money is counted once per contract, however many findings speak of it."""

from __future__ import annotations

from stackaudit.errors import Place
from stackaudit.findings.money import Total, at_stake, savings
from stackaudit.rules.finding import Finding, Money
from stackaudit.rules.severity import Severity

PLAIN = Finding(
    rule="bloat/idle-seats", title="", severity=Severity.LOW, may_be=None, subjects=(), label="",
    message="", why="", fix="", ask_it="", ask_marketing="", lead="it", effort="small",
    evidence=(), path=(), locations=(Place("stack.yaml", 1, 1),), fingerprint="f",
)  # fmt: skip


def saving(amount: float | None, contract: str | None, at_least: bool = False) -> Finding:
    return PLAIN._replace(saves=Money(amount, contract, at_least))


def test_of_several_findings_on_one_contract_the_largest_counts() -> None:
    findings = [saving(6_000, "drift"), saving(12_000, "drift"), saving(500, "hotjar")]
    assert savings(findings, {"drift": 12_000, "hotjar": 2_000}) == Total(12_500, at_least=False)


def test_a_contract_never_saves_more_than_it_costs() -> None:
    assert savings([saving(20_000, "drift")], {"drift": 12_000}) == Total(12_000, at_least=False)


def test_an_unknown_amount_makes_the_total_a_lower_bound() -> None:
    findings = [saving(None, "adobe"), saving(500, "hotjar")]
    assert savings(findings, {}) == Total(500, at_least=True)


def test_a_range_makes_the_total_a_lower_bound() -> None:
    assert savings([saving(300, "adobe", at_least=True)], {}) == Total(300, at_least=True)


def test_money_without_a_contract_adds_up() -> None:
    assert savings([saving(1, None), saving(2, None)], {}) == Total(3, at_least=False)


def test_savings_and_what_is_at_stake_stay_apart() -> None:
    findings = [saving(500, "hotjar"), PLAIN._replace(costs=Money(9_000, "drift"))]
    assert savings(findings, {}).amount == 500
    assert at_stake(findings, {}).amount == 9_000


def test_no_money_is_nothing() -> None:
    assert savings([PLAIN], {}).nothing
