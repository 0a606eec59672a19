"""Everything rules can look at: the stack, its graph, the day of the audit, and the subjects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from stackaudit.inventory.merge import made_id
from stackaudit.inventory.model import Flow
from stackaudit.inventory.stack import Stack
from stackaudit.rules.completeness import Completeness
from stackaudit.rules.finding import Results
from stackaudit.rules.kinds.data import CapabilitySubject, DatasetSubject
from stackaudit.rules.kinds.flow import FlowSubject
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.kinds.stack import StackSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.review_policy import ReviewPolicy
from stackaudit.rules.show import ENGLISH, Wording
from stackaudit.rules.waiver import Waivers

if TYPE_CHECKING:
    from stackaudit.catalog.catalog import Catalog
    from stackaudit.catalog.fill import Filled
    from stackaudit.graph.stack_graph import StackGraph


class World:
    """One stack on one day. Subjects are made once, so that what they remember is shared."""

    def __init__(
        self,
        stack: Stack,
        graph: StackGraph,
        today: dt.date,
        filled: Filled | None = None,
        catalog: Catalog | None = None,
        waivers: Waivers | None = None,
        review_policy: ReviewPolicy | None = None,
    ) -> None:
        self.stack = stack
        self.graph = graph
        self.today = today
        self.filled = filled
        """What the catalog added to the stack; None if it was not asked."""
        self.catalog = catalog
        """Where to look for connectors; None if there is no catalog to look in."""
        self.waivers = waivers if waivers is not None else Waivers(())
        """What is accepted."""
        self.review_policy = review_policy if review_policy is not None else ReviewPolicy()
        """What is asked of security reviews."""
        self.wording: Wording = ENGLISH
        """How results name subjects and show the facts that they rest on."""
        self.completeness = Completeness(self, {}, {})
        """What the first pass over the rules found missing; for rules about entries."""
        self.earlier = Results((), (), ())
        """What the rules before gave; for rules about waivers, which come last."""
        self.memory: dict[str, Any] = {}
        """What facts about the whole stack work out once."""

    def from_catalog(self, section: str, entry: str | None, key: str | int) -> bool:
        """Whether the catalog, and not the inventory, says this of a tool."""
        if section != "tools" or self.filled is None or not self.filled.origins:
            return False
        return (entry or "", str(key)) in self.filled.origins

    @cached_property
    def tools(self) -> dict[str, ToolSubject]:
        """Every tool, by id."""
        return {name: ToolSubject(self, (name,), tool) for name, tool in self.stack.tools.items()}

    @cached_property
    def flows(self) -> dict[str, FlowSubject]:
        """Every stated flow but those known not to exist, by id."""
        return {
            name: FlowSubject(self, (name,), flow)
            for name, flow in self.stack.flows.items()
            if flow.status != "absent"
        }

    @cached_property
    def datasets(self) -> dict[str, DatasetSubject]:
        """Every dataset, by id."""
        return {n: DatasetSubject(self, (n,), entry) for n, entry in self.stack.datasets.items()}

    @cached_property
    def capabilities(self) -> dict[str, CapabilitySubject]:
        """Every capability of the taxonomy and of the stack, by id."""
        return {
            name: CapabilitySubject(self, (name,), capability)
            for name, capability in self.graph.capabilities.items()
        }

    @cached_property
    def contracts(self) -> dict[str, ContractSubject]:
        """Every contract, by id: a tool's own has the id of the tool."""
        own = {
            name: ContractSubject(self, (name,), contract)
            for name in self.stack.tools
            if (contract := self.stack.own_contract(name)) is not None
        }
        shared = {
            name: ContractSubject(self, (name,), contract)
            for name, contract in self.stack.contracts.items()
        }
        return dict(sorted({**own, **shared}.items()))

    @cached_property
    def covering(self) -> dict[str, tuple[str, ...]]:
        """The shared contracts that cover each tool; tools under none are left out."""
        found: dict[str, list[str]] = {}
        for name, contract in self.stack.contracts.items():
            for tool in contract.covers:
                found.setdefault(tool, []).append(name)
        return {tool: tuple(names) for tool, names in found.items()}

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Ids that tools had before, and have no more, with the tool that each is now."""
        tools = self.stack.tools
        former = {old: id_ for id_, tool in tools.items() for old in tool.previously or ()}
        return {old: id_ for old, id_ in former.items() if old not in tools}

    def former_ids(self, kind: str, name: str) -> tuple[str, ...]:
        """The ids that a subject had when its tool, or a tool at its end, had another one."""
        if kind in ("tool", "contract"):
            tool = self.stack.tools.get(name)
            return (tool.previously or ()) if tool else ()
        if kind == "flow" and (flow := self.stack.flows.get(name)) and flow.id is None:
            return tuple(self._former_flow_ids(flow))
        return ()

    def _former_flow_ids(self, flow: Flow) -> Iterator[str]:
        """Under every mix of now and former ids of its ends, but the one of today."""
        sources, targets = self._names(flow.source), self._names(flow.target)
        throughs: tuple[str | None, ...] = self._names(flow.through) if flow.through else (None,)
        for source, target, through in list(product(sources, targets, throughs))[1:]:
            yield made_id(source, target, flow.method, through)

    def _names(self, tool: str) -> tuple[str, ...]:
        """The id of a tool, and those it had before."""
        found = self.stack.tools.get(tool)
        return (tool, *((found.previously or ()) if found else ()))

    @cached_property
    def stack_subject(self) -> StackSubject:
        """The stack as a whole."""
        return StackSubject(self, (), self.stack)
