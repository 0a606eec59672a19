"""Spend, the treemap, the quadrant and the renewals."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.quadrant import QUARTERS, quadrant, quarter_of
from stackaudit.figures.report.renewals import renewals
from stackaudit.figures.report.spend import HEIGHT, WIDTH, spend
from stackaudit.figures.report.treemap import squarified
from tests.stacks import audited

STACK = """\
stackaudit: 1
currency: EUR
budget: {year: 2026, total: 100000}
tools:
  crm: {name: The CRM, vendor: V, contract: {cost: 30000/year, seats: 10, used: 5}}
  mailer: {contract: {cost: 10000/year}, lifecycle: retired}
  a: {vendor: V, contract: none}
  b: {vendor: V}
  c: {contract: {seats: 3}}
  d: {contract: {cost: 0}}
  odd: {}
contracts:
  suite: {name: Suite, covers: [a, b], cost: 5000/month}
"""


def test_a_tile_for_each_contract_the_dearest_first() -> None:
    found = spend(audited(STACK, "bloat"))
    assert [(e.contract.name, e.cost, e.use, e.in_use) for e in found.tiles] == [
        ("Suite", 60000, None, True),
        ("The CRM", 30000, 0.5, True),
        ("mailer", 10000, None, False),
    ]
    assert [each.share for each in found.tiles] == [0.6, 0.3, 0.1]
    assert ([e.id for e in found.tiles[0].tools], found.tiles[0].vendor) == (["a", "b"], "V")
    assert (found.tiles[1].bought, found.tiles[1].used, found.tiles[1].metric) == (10, 5, "seats")


def test_what_has_no_known_cost_is_listed_apart() -> None:
    found = spend(audited(STACK, "bloat"))
    assert [each.id for each in found.unpriced] == ["c"]
    assert [each.id for each in found.unstated] == ["odd"]
    assert [each.id for each in found.free] == ["d"]
    assert (found.total.amount, found.total.at_least) == (100000, True)
    assert (found.budget, found.year) == (100000, 2026)


def test_use_of_which_only_bounds_are_known_is_unknown() -> None:
    usage = "contract: {cost: 9/year, seats: 3, used: 1, usage: [{metric: mails, bought: 5}]}"
    (tile,) = spend(audited(f"stackaudit: 1\ntools: {{a: {{{usage}}}}}\n", "bloat")).tiles
    assert tile.use is None


@pytest.mark.parametrize(
    ("tools", "reason"),
    [
        ("{}", "no-tools"),
        ("{a: {}}", "no-contracts"),
        ("{a: {contract: {seats: 3}}}", "no-costs"),
        ("{a: {contract: {cost: 0}}}", "all-free"),
    ],
)
def test_why_there_is_no_treemap(tools: str, reason: str) -> None:
    assert spend(audited(f"stackaudit: 1\ntools: {tools}\n", "bloat")).empty == reason


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=60))
def test_tiles_fill_the_whole_by_weight_and_lie_on_no_other(weights: list[float]) -> None:
    ordered = sorted(weights, reverse=True)
    rects = squarified(ordered, Rect(0.0, WIDTH, 0.0, HEIGHT))
    scale = WIDTH * HEIGHT / sum(ordered)
    for weight, rect in zip(ordered, rects, strict=True):
        assert rect.width * rect.height == pytest.approx(weight * scale, rel=1e-3, abs=1e-2)
        assert rect.left >= 0
        assert rect.top >= 0
        assert rect.right <= WIDTH + 1e-6
        assert rect.bottom <= HEIGHT + 1e-6
    for one, other in itertools.combinations(rects, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        assert across < 1e-6 or down < 1e-6


def test_equal_weights_give_tiles_that_are_nearly_square() -> None:
    rects = squarified([1.0] * 12, Rect(0.0, 400.0, 0.0, 300.0))
    assert all(0.5 <= each.width / each.height <= 2 for each in rects)


FITS = """\
stackaudit: 1
tools:
  a: {fit: {business: 4, technical: 4}, disposition: invest}
  b: {fit: {business: 3, technical: 2}, disposition: invest, successor: a}
  c: {fit: {business: 2, technical: 3}}
  d: {fit: {business: 1, technical: 1}}
  e: {fit: {business: 1, technical: 1}}
  half: {fit: {business: 1}}
  blank: {}
  gone: {fit: {business: 1, technical: 1}, lifecycle: retired}
"""


def test_the_quarters_of_the_quadrant() -> None:
    found = quadrant(audited(FITS, "bloat"))
    quarters = {each: [dot.tool.id for dot in found.of(each)] for each in QUARTERS}
    assert quarters == {
        "tolerate": ["c"], "invest": ["a"], "migrate": ["b"], "eliminate": ["d", "e"],
    }  # fmt: skip
    assert [each.id for each in found.unstated] == ["blank", "half"]


def test_what_was_decided_against_what_the_fit_says() -> None:
    dots = {each.tool.id: each for each in quadrant(audited(FITS, "bloat")).dots}
    assert [dots[each].agrees for each in "abc"] == [True, False, None]
    assert dots["b"].successor == dots["a"].tool


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=30))
def test_a_dot_stands_in_its_field_and_on_no_other_dot(fits: list[tuple[int, int]]) -> None:
    tools = "".join(
        f"  t{n:02}: {{fit: {{business: {b}, technical: {t}}}}}\n" for n, (b, t) in enumerate(fits)
    )
    dots = quadrant(audited(f"stackaudit: 1\ntools:\n{tools}", "inventory/thin-entry")).dots
    for dot in dots:
        assert (dot.technical - 1) / 4 < dot.x < dot.technical / 4
        assert (dot.business - 1) / 4 < dot.y < dot.business / 4
        assert dot.quarter == quarter_of(dot.business, dot.technical)
        assert (dot.x > 0.5) == (dot.quarter in ("invest", "tolerate"))
        assert (dot.y > 0.5) == (dot.quarter in ("invest", "migrate"))
    assert len({(dot.x, dot.y) for dot in dots}) == len(fits)


def test_no_fit() -> None:
    assert quadrant(audited("stackaudit: 1\ntools: {a: {}}\n", "silo")).empty == "no-fit"
    assert quadrant(audited("stackaudit: 1\n", "silo")).empty == "no-tools"


TERMS = """\
stackaudit: 1
tools:
  soon: {contract: {cost: 900/year, renews: 2027-02-01, notice: 3mo, auto_renew: true}}
  sooner: {contract: {renews: 2027-01-01}}
  over: {contract: {cost: 5/year, renews: 2026-11-20, notice: 30d}}
  far: {contract: {renews: 2028-06-01}}
  ahead: {contract: {renews: 2027-12-01, notice: 6mo}}
  ever: {contract: {renews: never}}
  past: {contract: {renews: 2026-01-01}}
  blank: {contract: {cost: 5/year}}
  free: {contract: {cost: 0}}
"""


def test_renewals_by_the_day_on_which_something_has_to_be_decided() -> None:
    found = renewals(audited(TERMS, "bloat"))
    assert [(each.contract.id, each.deadline, each.days_left) for each in found.soon] == [
        ("over", dt.date(2026, 10, 21), -12),
        ("soon", dt.date(2026, 11, 1), -1),
        ("sooner", None, None),
        ("ahead", dt.date(2027, 6, 1), 211),
    ]
    assert (found.cost.amount, found.cost.at_least) == (905, True)
    assert [each.id for each in found.later] == ["ever", "far"]
    assert ([e.id for e in found.past], [e.id for e in found.unstated]) == (["past"], ["blank"])


def test_places_on_the_time_line() -> None:
    found = renewals(audited(TERMS, "bloat"))
    soon = {each.contract.id: each for each in found.soon}
    assert (found.start, found.end) == (dt.date(2026, 11, 2), dt.date(2027, 11, 2))
    assert soon["sooner"].x == pytest.approx(60 / 365, abs=1e-4)
    assert soon["ahead"].x == 1  # renews after the line ends, has to be decided before
    assert soon["ahead"].x_deadline == pytest.approx(211 / 365, abs=1e-4)
    assert soon["over"].x_deadline is None
    assert [each.first.month for each in found.months] == [12, *range(1, 12)]
    assert found.months[0].x == pytest.approx(29 / 365, abs=1e-4)


def test_a_renewal_names_the_findings_about_it() -> None:
    result = audited(TERMS, "bloat/missed-notice", "bloat/notice-window", "bloat/idle-seats")
    named = {each.contract.id: each.findings for each in renewals(result).soon}
    for each in result.findings:
        about = {ref.id for ref in each.finding.subjects if ref.kind == "contract"}
        assert all(each.finding.fingerprint in named[name] for name in about)


@pytest.mark.parametrize(
    ("tools", "reason"),
    [
        ("{}", "no-tools"),
        ("{a: {}}", "no-contracts"),
        ("{a: {contract: {cost: 5/year}}}", "no-renewal-dates"),
        ("{a: {contract: {cost: 0}}}", "all-free"),
        ("{a: {contract: {renews: never}}}", "no-renewal-soon"),
    ],
)
def test_why_nothing_renews(tools: str, reason: str) -> None:
    assert renewals(audited(f"stackaudit: 1\ntools: {tools}\n", "bloat")).empty == reason
