"""The figures at the head of every report, each with how it is counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.findings.judged import Judged
from stackaudit.findings.money import Total, at_stake, savings
from stackaudit.rules.facts.contract import annual_cost
from stackaudit.rules.finding import Finding, Lead
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.load import CATEGORIES
from stackaudit.rules.severity import Severity


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """One category of rules: findings by severity, money, open questions."""

    category: str
    by_severity: Mapping[Severity, int]
    folded: int
    """How many of the findings are consequences of another one."""
    open: int
    gating: int
    saves: Total
    at_stake: Total

    @property
    def findings(self) -> int:
        """All findings of the category, waived and folded ones too."""
        return sum(self.by_severity.values())


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of an audit."""

    tools: int
    tools_in_use: int
    flows: int
    datasets: int
    annual_cost: Total
    """What all contracts cost a year, as far as it is stated."""
    categories: tuple[CategoryFigures, ...]
    """Those that have a finding or an open question, in the order of the categories."""
    by_severity: Mapping[Severity, int]
    by_status: Mapping[str, int]
    by_lead: Mapping[Lead, int]
    saves: Total
    at_stake: Total
    open: int
    gating: int
    completeness: float
    """Share of the facts stated among those that the rules ask for, over tools in use."""

    @property
    def findings(self) -> int:
        """All findings, waived and folded ones too."""
        return sum(self.by_severity.values())


def summarize(result: AuditResult) -> Summary:
    """Count an audit."""
    costs = contract_costs(result)
    active = [each.finding for each in result.findings if each.status != "waived"]
    return Summary(
        tools=len(result.stack.tools),
        tools_in_use=sum(tool.in_use for tool in result.stack.tools.values()),
        flows=len(result.world.flows),
        datasets=len(result.stack.datasets),
        annual_cost=Total(round(sum(costs.values()), 2), len(costs) < len(result.world.contracts)),
        categories=tuple(_categories(result, costs)),
        by_severity=_by_severity(each.finding for each in result.findings),
        by_status=Counter(each.status for each in result.findings),
        by_lead=Counter(finding.lead for finding in active),
        saves=savings(active, costs),
        at_stake=at_stake(active, costs),
        open=len(result.open),
        gating=len(result.verdict.gating),
        completeness=result.world.completeness.stack_share(),
    )


def contract_costs(result: AuditResult) -> Mapping[str, float]:
    """What every contract costs a year, where that is stated."""
    found: dict[str, float] = {}
    for name, contract in result.world.contracts.items():
        cost = _cost(contract)
        if cost is not None:
            found[name] = cost
    return found


def _cost(contract: ContractSubject) -> float | None:
    cost = annual_cost(contract)
    return None if cost is None else float(cost)


def _categories(result: AuditResult, costs: Mapping[str, float]) -> Iterable[CategoryFigures]:
    found: defaultdict[str, list[Judged]] = defaultdict(list)
    for each in result.findings:
        found[each.finding.category].append(each)
    left_open = Counter(each.category for each in result.open)
    for category in CATEGORIES:
        if category in found or category in left_open:
            yield _category(category, found[category], left_open[category], costs)


def _category(
    category: str, judged: list[Judged], left_open: int, costs: Mapping[str, float]
) -> CategoryFigures:
    active = [each.finding for each in judged if each.status != "waived"]
    return CategoryFigures(
        category=category,
        by_severity=_by_severity(each.finding for each in judged),
        folded=sum(each.folded_under is not None for each in judged),
        open=left_open,
        gating=sum(each.gates for each in judged),
        saves=savings(active, costs),
        at_stake=at_stake(active, costs),
    )


def _by_severity(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in sorted(Severity, reverse=True)}
