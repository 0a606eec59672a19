"""Lane map, matrix, silos, overlap: the chapters that show how things hang together."""

from __future__ import annotations

from stackaudit.figures.report.lanes import lanes
from stackaudit.figures.report.matrix import matrix
from stackaudit.figures.report.overlap import overlap
from stackaudit.figures.report.silos import silos
from tests.stacks import audited

STACK = """\
stackaudit: 1
datasets:
  contact: {privacy: personal, system_of_record: crm}
  figures: {privacy: none, system_of_record: bi}
capabilities:
  email: {needs: [contact]}
tools:
  crm: {name: The CRM, capabilities: [crm], holds: [contact], collects: []}
  mailer: {capabilities: [email], holds: [], collects: []}
  bi: {capabilities: [bi], holds: [figures], collects: []}
  lone: {capabilities: [surveys], holds: [contact], collects: []}
flows:
  - {from: crm, to: bi, data: [contact], method: file}
"""
NO_FLOWS = "stackaudit: 1\ntools: {a: {}}\nflows: []\n"


def crowd(number: int, flows: str = "flows: []") -> str:
    tools = "".join(f"  t{n:03}: {{capabilities: [email]}}\n" for n in range(number))
    return f"stackaudit: 1\ntools:\n{tools}{flows}\n"


def test_the_map_says_why_it_has_no_lines_or_nothing_at_all() -> None:
    assert lanes(audited(STACK, "silo")).no_links is None
    assert lanes(audited(NO_FLOWS, "silo")).no_links == "no-flows"
    assert lanes(audited("stackaudit: 1\ntools: {a: {}}\n", "silo")).no_links == "flows-unknown"
    assert lanes(audited("stackaudit: 1\n", "silo")).empty == "no-tools"


def test_the_map_of_many_tools_is_bundled_and_the_detailed_one_stays() -> None:
    found = lanes(audited(crowd(61), "security"))
    assert (found.map.bundled, found.detailed.bundled) == (True, False)
    assert (len(found.map.chips), len(found.detailed.chips)) == (1, 61)


def test_the_matrix_has_senders_as_rows_in_the_order_of_the_lanes() -> None:
    found = matrix(audited(STACK, "integration"))
    ids = [each.id for each in found.heads]
    assert (found.by, ids) == ("tools", ["lone", "crm", "mailer", "bi"])
    cell = found.cell(ids.index("crm"), ids.index("bi"))
    assert cell is not None
    assert (cell.flows, cell.data, cell.style) == (("crm-to-bi-file",), ("contact",), "by_hand")
    assert found.cell(ids.index("bi"), ids.index("crm")) is None


def test_a_missing_flow_has_the_number_that_it_has_in_the_map() -> None:
    result = audited(STACK, "integration/unmet-need")
    found, gaps = matrix(result), lanes(result).map.gaps
    (missing,) = [each for each in found.cells if each.missing]
    assert (missing.flows, missing.style) == ((), None)
    assert missing.missing == gaps[0].fingerprints
    assert missing.numbers == (gaps[0].number,)


def test_above_sixty_tools_the_matrix_is_by_capability() -> None:
    flows = "flows: [{from: t000, to: t001, data: []}]"
    found = matrix(audited(crowd(61, flows), "security"))
    assert (found.by, [each.tools for each in found.heads]) == ("capabilities", [61])
    assert [(each.row, each.column) for each in found.cells] == [(0, 0)]
    assert matrix(audited(crowd(60), "security")).by == "tools"


def test_why_the_matrix_is_empty() -> None:
    assert matrix(audited(NO_FLOWS, "silo")).empty == "no-flows"
    assert matrix(audited("stackaudit: 1\ntools: {a: {}}\n", "silo")).empty == "flows-unknown"
    assert matrix(audited("stackaudit: 1\n", "silo")).empty == "no-tools"


def test_silos_are_groups_and_lone_tools() -> None:
    found = silos(audited(STACK, "silo"))
    assert [[each.id for each in group.tools] for group in found.components] == [["bi", "crm"]]
    assert found.components[0].island is False
    assert [each.id for each in found.components[0].records] == ["contact", "figures"]
    assert [(e.tool.id, e.sensitivity, e.sure) for e in found.lone] == [
        ("lone", "personal", True),
        ("mailer", "none", True),
    ]


def test_a_tool_whose_flows_are_listed_in_part_is_not_surely_alone() -> None:
    text = STACK.replace("bi: {", "bi: {").replace("lone: {", "lone: {incomplete: [flows], ")
    (lone,) = [each for each in silos(audited(text, "silo")).lone if each.tool.id == "lone"]
    assert not lone.sure


def test_an_island_is_a_group_without_a_master() -> None:
    text = STACK.replace("from: crm, to: bi", "from: lone, to: mailer")
    (group,) = silos(audited(text, "silo")).components
    assert group.island is True


def test_silos_of_a_stack_without_flows() -> None:
    assert silos(audited("stackaudit: 1\ntools: {a: {}}\n", "silo")).empty == "flows-unknown"
    assert silos(audited("stackaudit: 1\n", "silo")).empty == "no-tools"


OVERLAP = """\
stackaudit: 1
tools:
  braze: {capabilities: [email, push], users: 50, contract: {cost: 90000/year}}
  mailchimp: {capabilities: [email, forms], contract: {cost: 9600/year}}
  forms: {capabilities: [forms]}
  old: {capabilities: [push], lifecycle: retired}
  odd: {}
"""


def test_overlap_shows_what_two_tools_in_use_provide() -> None:
    found = overlap(audited(OVERLAP, "bloat"))
    rows = {
        row.capability.id: [(each.tool.id, each.role) for each in row.providers]
        for row in found.rows
    }
    assert rows == {
        "email": [("braze", "main"), ("mailchimp", "main")],
        "forms": [("forms", "main"), ("mailchimp", "also")],
    }
    assert [each.id for each in found.tools] == ["mailchimp", "braze", "forms"]
    assert (found.single, [each.id for each in found.unplaced]) == (1, ["odd"])


def test_what_crowds_costs_and_saves() -> None:
    email = overlap(audited(OVERLAP, "bloat/overlapping-tools")).rows[0]
    assert (email.crowded, email.mains, email.cost.amount) == (True, 2, 99600)
    assert (email.saves.amount, len(email.findings)) == (9600, 1)


def test_tools_for_different_markets_do_not_crowd() -> None:
    text = OVERLAP.replace("braze: {", "braze: {used_for: {regions: [dach]}, ").replace(
        "mailchimp: {", "mailchimp: {used_for: {regions: [uk]}, "
    )
    (row,) = [e for e in overlap(audited(text, "bloat")).rows if e.capability.id == "email"]
    assert (row.crowded, row.mains) == (False, 2)


def test_why_there_is_no_overlap() -> None:
    assert overlap(audited("stackaudit: 1\n", "silo")).empty == "no-tools"
    assert overlap(audited("stackaudit: 1\ntools: {a: {}}\n", "silo")).empty == "no-capabilities"
    one = "stackaudit: 1\ntools: {a: {capabilities: [email]}}\n"
    assert overlap(audited(one, "silo")).empty == "no-overlap"
