"""What is spent on a vendor, worked out at once for all, is what adding up for each gives."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.rules.facts.vendor import _Cost, _Spending
from stackaudit.rules.kleene import bounds

VENDORS = ["acme", "bolt", "cern"]
keys = st.frozensets(st.sampled_from([*VENDORS, None]), min_size=1)
amounts = st.none() | st.integers(0, 10_000).map(lambda cents: cents / 100)
contracts = st.lists(st.tuples(keys, amounts), max_size=12)


def total(amounts: list[float | None]) -> float:
    return math.inf if None in amounts else float(sum(Fraction(each or 0.0) for each in amounts))


def known(amounts: list[float | None]) -> float:
    return float(sum(Fraction(each or 0.0) for each in amounts))


def expected(
    contracts: list[tuple[frozenset[str | None], float | None]], vendor: str, others: bool
) -> tuple[float, float]:
    """The least and the most, contract by contract."""
    sure, possible = [], []
    for keys, amount in contracts:
        whose = {None if key is None else (key == vendor) is not others for key in keys}
        sure += [amount] if whose == {True} else []
        possible += [amount] if whose != {False} else []
    return known(sure), total(possible)


@settings(deadline=None)
@given(contracts, st.sampled_from(VENDORS))
def test_all_at_once_is_what_one_by_one_gives(
    contracts: list[tuple[frozenset[str | None], float | None]], vendor: str
) -> None:
    costs = [
        (keys, _Cost(unstated=1) if amount is None else _Cost(Fraction(amount)))
        for keys, amount in contracts
    ]
    spending = _Spending.of(costs)

    assert bounds(spending.on(vendor)) == expected(contracts, vendor, others=False)
    assert bounds(spending.elsewhere(vendor)) == expected(contracts, vendor, others=True)
