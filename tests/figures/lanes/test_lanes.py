"""The lane map: what is on it, and that nothing on it is in the way of anything else."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.figures.lanes.build import lane_map, neighbourhood
from stackaudit.figures.lanes.model import MOST_TOOLS, LaneMap
from stackaudit.figures.lanes.place import Placed, placed
from stackaudit.figures.lanes.route import Curve, Point, Rect, Router
from stackaudit.rules.severity import Severity
from tests.stacks import audited

ROOT = Path(__file__).parents[3]
STACK = """\
stackaudit: 1
datasets:
  contact: {privacy: personal, system_of_record: crm}
  revenue: {privacy: none}
  health: {privacy: special}
capabilities:
  email: {needs: [contact]}
tools:
  crm: {name: The CRM, capabilities: [crm], holds: [contact], collects: [contact]}
  mailer: {capabilities: [email], holds: [], collects: []}
  forms: {capabilities: [forms], holds: [health], collects: [health]}
  bi: {capabilities: [bi], holds: [revenue], collects: []}
  odd: {holds: [], collects: []}
  zap: {capabilities: [ipaas]}
  soon: {capabilities: [sms], lifecycle: planned}
  gone: {capabilities: [sms], lifecycle: retired}
flows:
  - {from: forms, to: crm, data: [health], method: manual}
  - {from: crm, to: bi, data: [revenue], method: etl, through: zap}
  - {from: crm, to: bi, data: [contact], method: file}
  - {from: crm, to: soon, data: [contact], status: planned}
  - {from: bi, to: crm, data: [revenue], status: broken}
"""


@pytest.fixture(scope="module")
def found() -> LaneMap:
    return lane_map(audited(STACK, "integration", "security"))


def test_lanes_boxes_and_chips(found: LaneMap) -> None:
    assert {
        lane.id: {box.capability: [chip.id for chip in box.chips] for box in lane.boxes}
        for lane in found.lanes
    } == {
        "engage": {},
        "collect": {"forms": ["forms"]},
        "know": {"crm": ["crm"], "ipaas": ["zap"]},
        "activate": {"email": ["mailer"], "sms": ["soon"]},
        "measure": {"bi": ["bi"]},
        "unplaced": {"": ["odd"]},
    }


def test_what_a_chip_says(found: LaneMap) -> None:
    chips = {chip.id: chip for chip in found.chips}
    assert chips["crm"].name == "The CRM"
    assert {name: chip.sensitivity for name, chip in chips.items()} == {
        "crm": "special", "mailer": "none", "forms": "special", "bi": "personal",
        "odd": "none", "zap": "unknown", "soon": "unknown",
    }  # fmt: skip
    assert chips["zap"].carries == 1
    assert chips["crm"].worst == Severity.CRITICAL
    assert chips["soon"].lifecycle == "planned"
    assert chips["crm"].reviewed is False


def test_links_are_one_line_between_two_tools(found: LaneMap) -> None:
    assert [(each.source, each.target, each.data, each.style) for each in found.links] == [
        ("bi", "crm", ("revenue",), "broken"),
        ("crm", "bi", ("contact", "revenue"), "machine"),
        ("crm", "soon", ("contact",), "planned"),
        ("forms", "crm", ("health",), "by_hand"),
    ]


def test_a_missing_flow_has_a_number_and_says_why(found: LaneMap) -> None:
    (gap,) = found.gaps
    assert (gap.number, gap.source, gap.target, gap.data) == (1, "crm", "mailer", ("contact",))
    assert gap.why
    assert len(gap.fingerprints) == 1


def test_a_bundled_map_has_capabilities_for_chips() -> None:
    found = lane_map(audited(STACK, "integration"), bundled=True)
    assert found.bundled
    assert [chip.id for chip in found.chips] == [
        "collect/forms", "know/crm", "know/ipaas", "activate/email", "activate/sms",
        "measure/bi", "unplaced/",
    ]  # fmt: skip
    assert ("know/crm", "measure/bi") in found.ends


def test_many_tools_are_bundled_by_themselves() -> None:
    tools = "".join(f"  t{n}: {{capabilities: [email]}}\n" for n in range(MOST_TOOLS + 1))
    found = lane_map(audited(f"stackaudit: 1\ntools:\n{tools}", "bloat/unplaced-tool"))
    assert found.bundled
    (chip,) = found.chips
    assert len(chip.tools) == MOST_TOOLS + 1


def test_the_neighbourhood_of_one_tool(found: LaneMap) -> None:
    near = neighbourhood(found, "soon")
    assert [chip.id for chip in near.chips] == ["crm", "soon"]
    assert near.ends == (("crm", "soon"),)


@pytest.mark.parametrize("stack", ["northwind", "sourcegraph"])
def test_shipped_stacks_are_drawn_without_anything_in_the_way(stack: str) -> None:
    text = (ROOT / "stacks" / f"{stack}.yaml").read_text("utf-8")
    check(placed(lane_map(audited(text, "integration", "silo"))))


def test_no_number_stands_upon_another_as_long_as_its_way_has_room() -> None:
    ends = [Point(300.0 * n, 0.0) for n in range(4)]
    way = tuple(Curve(a, a, b, b) for a, b in itertools.pairwise(ends))
    router = Router(chips={}, lane_of={}, lanes=[], corridors=[])
    labels = router.labels([way] * 15)
    for one, other in itertools.combinations(labels, 2):
        assert math.dist(one, other) >= 20
    beside = [label for label in labels if 300 < label[0] < 600]
    assert beside == labels[-len(beside) :]  # upon a lane is only what has no room between lanes


CAPABILITIES = ["crm", "email", "forms", "sms", "cdp", "ads", ""]


@settings(max_examples=40, deadline=None)
@given(
    tools=st.lists(
        st.sampled_from(["crm", "email", "forms", "sms", "cdp", "", "ads"]), max_size=14
    ),
    data=st.data(),
)
def test_any_stack_is_drawn_without_anything_in_the_way(
    tools: list[str], data: st.DataObject
) -> None:
    names = [f"t{number}" for number in range(len(tools))]
    pairs = list(itertools.permutations(names, 2))
    ends = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    lines = ["stackaudit: 1", "tools:" if tools else "tools: {}"]
    lines += [f"  {n}: {{capabilities: [{c}]}}" for n, c in zip(names, tools, strict=True)]
    lines += ["flows:"] if ends else ["flows: []"]
    lines += [f"  - {{from: {source}, to: {target}}}" for source, target in ends]
    text = "\n".join(lines) + "\n"
    found = lane_map(audited(text, "bloat/unplaced-tool"))
    assert placed(found) == placed(found)
    check(placed(found))


def check(picture: Placed) -> None:
    """No two chips or boxes overlap, all is inside, lines end at their chips and cross no box."""
    chips = {each.chip.id: each.rect for each in picture.chips}
    boxes = [each.rect for each in picture.boxes]
    for rects in (list(chips.values()), boxes):
        assert not [pair for pair in itertools.combinations(rects, 2) if overlap(*pair)]
    for rect in (*chips.values(), *boxes):
        assert 0 <= rect.left < rect.right <= picture.width
        assert 0 <= rect.top < rect.bottom <= picture.height
    for (source, target), path in zip(
        picture.found.ends, [*(e.path for e in picture.links), *(e.path for e in picture.gaps)],
        strict=True,
    ):  # fmt: skip
        start, end = path[0].start, path[-1].end
        assert start.x in (chips[source].left, chips[source].right)
        assert end.x in (chips[target].left, chips[target].right)
        assert chips[source].top < start.y < chips[source].bottom
        assert chips[target].top < end.y < chips[target].bottom
        for curve in path[1:-1]:
            points = [curve.at(step / 10) for step in range(11)]
            for rect in boxes:
                assert not [p for p in points if inside(rect, p.x, p.y)], (source, target)


def overlap(one: Rect, other: Rect) -> bool:
    apart = one.right <= other.left or other.right <= one.left
    return not (apart or one.bottom <= other.top or other.bottom <= one.top)


def inside(rect: Rect, x: float, y: float) -> bool:
    return rect.left + 1 < x < rect.right - 1 and rect.top < y < rect.bottom
