"""The inventory as tables: tools, flows, contracts, data."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.model import UNPLACED, Style
from stackaudit.figures.report.exposure import ReviewState, state_of
from stackaudit.figures.report.lookup import (
    by_name,
    capability_item,
    contract_item,
    cost_of,
    dataset_items,
    tool_items,
    tools_of,
    under,
    weight,
)
from stackaudit.figures.report.parts import Cost, Item, Reason
from stackaudit.figures.report.spend import use_of
from stackaudit.figures.sensitivity import Sensitivity, of_data, of_dataset, sensitivity_of
from stackaudit.figures.summary import contract_costs
from stackaudit.findings.judged import Judged
from stackaudit.inventory.model import Flow
from stackaudit.inventory.values import Duration
from stackaudit.rules.facts import contract as facts
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.severity import Severity
from stackaudit.rules.world import World


@dataclass(frozen=True, slots=True)
class ToolRow:
    """A tool."""

    tool: Item
    vendor: str | None
    lifecycle: str
    """planned, pilot, active, retiring, retired or rejected."""
    lane: str
    """Of its main capability; unplaced if it has none."""
    capabilities: tuple[Item, ...]
    """The first is what it is mainly for."""
    business: str | None
    """The owner as stated; `none` if there is nobody, None if nobody said."""
    technical: str | None
    cost: Cost
    users: int | None
    sensitivity: Sensitivity
    data: tuple[Item, ...]
    """Datasets that are surely in it."""
    region: str | None
    review: ReviewState
    flows_in: int
    """Of any status but absent."""
    flows_out: int
    findings: Mapping[Severity, int]
    """Those that stand for themselves and are not waived; severities without one are left out."""
    fingerprints: tuple[str, ...]
    """Of all findings about it, the worst first."""


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A flow that is stated to exist."""

    id: str
    source: Item
    target: Item
    through: Item | None
    data: tuple[Item, ...] | None
    """None: nobody said."""
    sensitivity: Sensitivity
    method: str | None
    every: Duration | Literal["event"] | None
    status: str
    """planned, active, broken, paused or finished."""
    style: Style | None
    """How it is drawn; None for a finished one."""
    protect: str | None
    owner: str | None
    """As stated; `none` if nobody answers for it."""


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract, of one tool or of several."""

    contract: Item
    tools: tuple[Item, ...]
    cost: float | None
    """A year, in the stack's currency."""
    metric: str | None
    bought: int | None
    used: int | None
    use: float | None
    """Share of what was bought, 0 and up; None if unknown."""
    renews: dt.date | Literal["never"] | None
    deadline: dt.date | None
    """The last day to give notice."""
    auto_renew: bool | None


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """A kind of data."""

    dataset: Item
    privacy: str | None
    confidentiality: str | None
    sensitivity: Sensitivity
    record: Item | None
    record_stated: bool
    """Whether somebody said which tool is right, or that none is."""
    tools: tuple[Item, ...]
    """The tools in use in which it surely is."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The tables; tools, contracts and data by id, flows by id."""

    tools: tuple[ToolRow, ...]
    flows: tuple[FlowRow, ...]
    contracts: tuple[ContractRow, ...]
    datasets: tuple[DatasetRow, ...]
    empty: Reason | None
    """no-tools."""
    no_flows: Reason | None
    no_contracts: Reason | None
    no_datasets: Reason | None


def inventory(result: AuditResult) -> Inventory:
    """The tables of an audit."""
    world, about, costs = result.world, _about(result), contract_costs(result)
    roots = frozenset(under(result))
    return Inventory(
        tools=tuple(_tool(world, each, about.get(each, ()), roots) for each in world.tools),
        flows=tuple(_flow(world, name, subject.entry) for name, subject in world.flows.items()),
        contracts=tuple(_contract(each, costs.get(name)) for name, each in world.contracts.items()),
        datasets=tuple(_dataset(world, each) for each in world.datasets),
        empty=None if world.tools else "no-tools",
        no_flows=_no_flows(result),
        no_contracts=None if world.contracts else "no-contracts",
        no_datasets=None if world.datasets else "no-datasets",
    )


def _no_flows(result: AuditResult) -> Reason | None:
    if result.world.flows:
        return None
    return "no-flows" if result.stack.knows_flows else "flows-unknown"


def _about(result: AuditResult) -> Mapping[str, list[Judged]]:
    """Tool → the findings about it, the worst first."""
    found: dict[str, list[Judged]] = {}
    for each in sorted(result.findings, key=weight):
        for tool in tools_of(result.world, each):
            found.setdefault(tool, []).append(each)
    return found


def _tool(world: World, id_: str, found: Sequence[Judged], roots: frozenset[str]) -> ToolRow:
    tool, graph = world.stack.tools[id_], world.graph
    capabilities = tool.capabilities or ()
    main = graph.capabilities.get(capabilities[0]) if capabilities else None
    counts = Counter(
        each.finding.severity
        for each in found
        if each.finding.fingerprint in roots and each.status != "waived"
    )
    return ToolRow(
        tool=tool_items(world, (id_,))[0],
        vendor=tool.vendor,
        lifecycle=tool.stage,
        lane=(main.lane if main else None) or UNPLACED,
        capabilities=tuple(capability_item(world, each) for each in capabilities),
        business=tool.owner.business if tool.owner else None,
        technical=tool.owner.technical if tool.owner else None,
        cost=cost_of(world, id_),
        users=tool.users,
        sensitivity=sensitivity_of(world, id_),
        data=by_name(dataset_items(world, graph.present(id_))),
        region=tool.region,
        review=state_of(world, id_),
        flows_in=len(graph.inflows(id_)),
        flows_out=len(graph.outflows(id_)),
        findings={each: counts[each] for each in sorted(counts, reverse=True)},
        fingerprints=tuple(each.finding.fingerprint for each in found),
    )


def _flow(world: World, name: str, flow: Flow) -> FlowRow:
    source, target = tool_items(world, (flow.source, flow.target))
    return FlowRow(
        id=name,
        source=source,
        target=target,
        through=next(iter(tool_items(world, filter(None, (flow.through,)))), None),
        data=None if flow.data is None else by_name(dataset_items(world, set(flow.data))),
        sensitivity=of_data(world.stack, flow.data or (), complete=flow.data is not None),
        method=flow.method,
        every=flow.every,
        status=flow.status or "active",
        style=_style(flow),
        protect=flow.protect,
        owner=flow.owner,
    )


def _style(flow: Flow) -> Style | None:
    """As the lane map draws it."""
    if flow.status == "finished":
        return None
    if flow.status == "broken":
        return "broken"
    if flow.status in ("planned", "paused"):
        return "planned"
    return "by_hand" if flow.method in ("file", "manual") else "machine"


def _contract(contract: ContractSubject, cost: float | None) -> ContractRow:
    renews = contract.entry.renews
    return ContractRow(
        contract=contract_item(contract.world, contract.id),
        tools=tool_items(contract.world, contract.covers),
        cost=None if cost is None else round(cost, 2),
        metric=facts.metric(contract),
        bought=facts.bought(contract),
        used=facts.used(contract),
        use=use_of(contract),
        renews=renews,
        deadline=facts.notice_deadline(contract) if isinstance(renews, dt.date) else None,
        auto_renew=contract.entry.auto_renew,
    )


def _dataset(world: World, id_: str) -> DatasetRow:
    entry, graph = world.stack.datasets[id_], world.graph
    record = graph.record_tool(id_)
    return DatasetRow(
        dataset=dataset_items(world, (id_,))[0],
        privacy=entry.privacy,
        confidentiality=entry.confidentiality,
        sensitivity=of_dataset(world.stack, id_),
        record=next(iter(tool_items(world, filter(None, (record,)))), None),
        record_stated=graph.record(id_) is not None,
        tools=by_name(tool_items(world, graph.present_in(id_))),
    )
