"""Decisions: what one of them settles, and which come first."""

from __future__ import annotations

from stackaudit.figures.report.decisions import MOST, Decision, all_decisions, decisions
from stackaudit.findings.gate import Gate
from stackaudit.rules.severity import Severity
from tests.stacks import audited, waiver

OVERLAP = """\
stackaudit: 1
currency: EUR
tools:
  braze: {capabilities: [email, push], contract: {cost: 90000/year, seats: 30, used: 29}}
  mailchimp: {name: Mailchimp, capabilities: [email], owner: {business: crm, technical: none},
    contract: {cost: 9600/year, seats: 6, used: 1}}
  one: {capabilities: [surveys]}
  two: {capabilities: [surveys]}
  three: {capabilities: [surveys]}
"""
UNREVIEWED = """\
stackaudit: 1
datasets: {contact: {privacy: personal}}
tools:
  a: {holds: [contact], collects: [], owner: {business: zoe, technical: it}}
  b: {holds: [contact], collects: [], owner: {business: amy, technical: it}}
flows: []
"""


def found(text: str, *rules: str) -> dict[str, Decision]:
    every = all_decisions(audited(text, *rules))
    return {f"{each.about}:{each.subject.id}": each for each in every}


def test_tools_for_one_job_are_one_decision_about_the_capability() -> None:
    decision = found(OVERLAP, "bloat/overlapping-tools", "bloat/crowded-capability")
    assert list(decision) == ["capability:email", "capability:surveys"]
    assert len(decision["capability:surveys"].findings) == 6
    assert {each.id for each in decision["capability:surveys"].tools} == {"one", "two", "three"}


def test_findings_about_the_money_of_one_contract_are_one_decision() -> None:
    decision = found(OVERLAP, "bloat/idle-seats")["tool:mailchimp"]
    assert decision.subject.name == "Mailchimp"
    assert decision.saves.amount == 8000
    assert decision.owners.all == ("crm",)


def test_one_fix_for_several_tools_is_one_decision() -> None:
    (decision,) = found(UNREVIEWED, "security/unreviewed-tool").values()
    assert (decision.about, decision.rule) == ("rule", "security/unreviewed-tool")
    assert [each.id for each in decision.tools] == ["a", "b"]
    assert (decision.owners.business, decision.owners.technical) == (("amy", "zoe"), ("it",))


def test_what_gates_comes_first_then_severity_then_money() -> None:
    def ranks(gate: Gate) -> list[tuple[bool, int, float]]:
        every = all_decisions(audited(OVERLAP, "bloat", "inventory", gate=gate))
        assert [each.number for each in every] == list(range(1, len(every) + 1))
        return [(not each.gates, -each.severity, -each.saves.amount) for each in every]

    gated = ranks(Gate({"inventory": Severity.LOW}))
    assert gated == sorted(gated)
    assert not gated[0][0]
    free = ranks(Gate(never=True))
    assert free == sorted(free) != gated


def test_a_waived_finding_asks_for_no_decision() -> None:
    accepted = [waiver("security/unreviewed-tool", each) for each in ("a", "b")]
    result = audited(UNREVIEWED, "security/unreviewed-tool", waivers=accepted)
    assert (decisions(result).first, decisions(result).empty) == ((), "no-findings")


def test_at_most_ten_and_the_best_of_every_category() -> None:
    tools = "".join(
        f"  t{n}: {{holds: [contact], collects: [], contract: {{cost: {n}000/year, seats: 9,"
        " used: 1}, capabilities: [email], access: {mfa: none, sso: none, shared_login: true}}\n"
        for n in range(1, 15)
    )
    text = (
        f"stackaudit: 1\ndatasets: {{contact: {{privacy: personal}}}}\ntools:\n{tools}flows: []\n"
    )
    result = audited(text)
    chosen = decisions(result)
    assert len(chosen.first) == MOST
    assert [each.number for each in chosen.first] == list(range(1, MOST + 1))
    assert chosen.others == len(all_decisions(result)) - MOST
    weighty = {e.rule.partition("/")[0] for e in all_decisions(result) if e.severity.word != "low"}
    assert {each.rule.partition("/")[0] for each in chosen.first} >= weighty


def test_every_finding_that_is_not_waived_is_in_one_decision() -> None:
    result = audited(OVERLAP, "bloat", "inventory")
    settled = [name for each in all_decisions(result) for name in each.findings]
    assert sorted(settled) == sorted(each.finding.fingerprint for each in result.findings)


def test_no_findings_is_not_the_same_as_too_little_known() -> None:
    assert decisions(audited("stackaudit: 1\n", "security")).empty == "no-tools"
    unknown = audited("stackaudit: 1\ntools: {a: {}}\n", "security/no-mfa")
    assert decisions(unknown).empty == "too-little-known"
