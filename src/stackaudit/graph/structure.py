"""Tools and flows as stated, indexed: what every question about the stack starts from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from stackaudit.graph.capabilities import ResolvedCapability
from stackaudit.graph.ends import Ends, protects
from stackaudit.inventory.model.scalars import NONE
from stackaudit.inventory.stack import Stack

P = ParamSpec("P")
R = TypeVar("R")


def remembered(
    question: Callable[Concatenate[Structure, P], R],
) -> Callable[Concatenate[Structure, P], R]:
    """Keep the answer with the graph; a stack does not change, so it is worked out once."""

    @wraps(question)
    def ask(graph: Structure, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (question, args, *kwargs.items()) if kwargs else (question, args)
        answers = graph.answers
        if key not in answers:
            answers[key] = question(graph, *args, **kwargs)
        answer: R = answers[key]
        return answer

    return ask


@dataclass(frozen=True, eq=False)
class Structure:
    """The stack with the look-ups that questions need; ids come sorted, answers are kept."""

    stack: Stack
    capabilities: Mapping[str, ResolvedCapability]
    """The taxonomy with the stack's own declarations laid over it, by id."""
    carrying: tuple[str, ...]
    """Ids of the flows on which data moves today, sorted."""
    answers: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What was asked before; see `remembered`."""

    # Tools and what is known of them

    @cached_property
    def in_use(self) -> tuple[str, ...]:
        """The tools that people work with: pilot, active or retiring."""
        return tuple(name for name in sorted(self.stack.tools) if self.stack.tools[name].in_use)

    @cached_property
    def running(self) -> frozenset[str]:
        """The tools at which data can move: all but the planned and the retired.

        Those too, if a flow of theirs is stated to run all the same.
        """
        tools, ends = self.stack.tools, self.carrying_ends
        moving = {*ends.into, *ends.out, *ends.through}
        return frozenset(
            n for n in tools if tools[n].stage not in ("planned", "retired") or n in moving
        )

    @cached_property
    def flows_known(self) -> bool:
        """Whether a flow that is not listed does not exist (`partly_listed` tools apart)."""
        return self.stack.knows_flows and "flows" not in self.stack.incomplete

    @cached_property
    def partly_listed(self) -> frozenset[str]:
        """The running tools whose flows are stated to be listed only in part."""
        tools = self.stack.tools
        return frozenset(n for n in self.running if "flows" in (tools[n].incomplete or ()))

    @cached_property
    def tools_known(self) -> bool:
        """Whether a tool that is not listed does not exist."""
        return "tools" not in self.stack.incomplete

    def lists_flows_of(self, tool: str) -> bool:
        """Whether every flow of this tool is listed."""
        return self.flows_known and tool not in self.partly_listed

    # Flows; the ids come sorted

    @cached_property
    def stated_ends(self) -> Ends:
        """All flows that are stated to exist, whatever their status."""
        flows = self.stack.flows
        stated = [name for name in sorted(flows) if flows[name].status != "absent"]
        same = len(stated) == len(self.carrying)
        return self.carrying_ends if same else Ends.of(self.stack, stated)

    @cached_property
    def carrying_ends(self) -> Ends:
        """The flows on which data moves today."""
        return Ends.of(self.stack, self.carrying)

    def inflows(self, tool: str) -> tuple[str, ...]:
        """Flows to the tool, of any status but absent."""
        return tuple(self.stated_ends.into.get(tool, ()))

    def outflows(self, tool: str) -> tuple[str, ...]:
        """Flows from the tool, of any status but absent."""
        return tuple(self.stated_ends.out.get(tool, ()))

    def passing(self, tool: str) -> tuple[str, ...]:
        """Flows that run through the tool, of any status but absent."""
        return tuple(self.stated_ends.through.get(tool, ()))

    def carrying_inflows(self, tool: str) -> tuple[str, ...]:
        """Flows that bring data to the tool today."""
        return tuple(self.carrying_ends.into.get(tool, ()))

    def carrying_outflows(self, tool: str) -> tuple[str, ...]:
        """Flows that take data from the tool today."""
        return tuple(self.carrying_ends.out.get(tool, ()))

    def carrying_passing(self, tool: str) -> tuple[str, ...]:
        """Flows on which data passes through the tool today."""
        return tuple(self.carrying_ends.through.get(tool, ()))

    def carries(self, flow: str) -> bool:
        """Whether data moves on the flow today."""
        return flow in self._carrying

    @cached_property
    def _carrying(self) -> frozenset[str]:
        return frozenset(self.carrying)

    def routes_out(self, dataset: str) -> Mapping[str, Sequence[str]]:
        """The flows that surely carry the dataset, by the tool they leave."""
        return self._routes_out.get(dataset, {})

    def routes_into(self, dataset: str) -> Mapping[str, Sequence[str]]:
        """The flows that surely carry the dataset, by the tool they reach."""
        return self._routes_into.get(dataset, {})

    @remembered
    def _shielded(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.carrying:
            flow = self.stack.flows[name]
            if protects(flow):
                for dataset in flow.data or ():
                    found[dataset].append(name)
        return {dataset: tuple(names) for dataset, names in found.items()}

    def shielded(self, dataset: str) -> tuple[str, ...]:
        """The flows that surely carry the dataset, in a form that is not personal."""
        return self._shielded().get(dataset, ())

    @cached_property
    def unstated_out(self) -> Mapping[str, Sequence[str]]:
        """The flows that carry nobody said what, by the tool they leave."""
        return self._by_tool((f for f in self.carrying if self._data(f) is None), "source")

    @cached_property
    def unstated_into(self) -> Mapping[str, Sequence[str]]:
        """The flows that carry nobody said what, by the tool they reach."""
        return self._by_tool((f for f in self.carrying if self._data(f) is None), "target")

    def unstated_at(self, tool: str) -> tuple[str, ...]:
        """The flows to, from and through the tool that carry nobody said what."""
        ends = self.carrying_ends
        near = (by.get(tool, ()) for by in (ends.into, ends.out, ends.through))
        return tuple(sorted({name for names in near for name in names if self._data(name) is None}))

    def _data(self, flow: str) -> tuple[str, ...] | None:
        return self.stack.flows[flow].data

    def _by_tool(self, flows: Iterable[str], end: str) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in flows:
            found[getattr(self.stack.flows[name], end)].append(name)
        return dict(found)

    @cached_property
    def _routes_out(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        return self._routes("source")

    @cached_property
    def _routes_into(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        return self._routes("target")

    def _routes(self, end: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for name in self.carrying:
            flow = self.stack.flows[name]
            for dataset in flow.data or ():
                found.setdefault(dataset, {}).setdefault(getattr(flow, end), []).append(name)
        return found

    # Datasets

    def record(self, dataset: str) -> str | None:
        """Its system of record as stated: a tool, `none`, or None if nobody said."""
        entry = self.stack.datasets.get(dataset)
        return entry.system_of_record if entry else None

    def record_tool(self, dataset: str) -> str | None:
        """The tool that is its system of record; None if there is none, or nobody said."""
        record = self.record(dataset)
        return record if record != NONE else None

    @cached_property
    def _recorded(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self.stack.datasets):
            record = self.record_tool(name)
            if record is not None:
                found[record].append(name)
        return {tool: tuple(names) for tool, names in found.items()}

    def records_of(self, tool: str) -> tuple[str, ...]:
        """The datasets of which the tool is the system of record."""
        return self._recorded.get(tool, ())

    @remembered
    def may_be_record(self, dataset: str) -> frozenset[str]:
        """Where nobody said which tool is the system of record: those that may be it.

        They hold the dataset, or nobody said what they hold. In use or not: the copy that is
        right may be in a tool that is gone.
        """
        tools = self.stack.tools
        held = ((name, tools[name].holds) for name in tools)
        return frozenset(name for name, holds in held if holds is None or dataset in holds)

    @cached_property
    def unrecorded(self) -> tuple[str, ...]:
        """The datasets of which nobody said which tool, if any, is the system of record."""
        return tuple(name for name in sorted(self.stack.datasets) if self.record(name) is None)

    @remembered
    def kept(self, tool: str) -> frozenset[str]:
        """Datasets that are surely in the tool without any flow.

        It holds or collects them, or is their system of record.
        """
        stated = self.stack.tools[tool]
        return frozenset((*(stated.holds or ()), *(stated.collects or ()), *self.records_of(tool)))

    @remembered
    def present(self, tool: str) -> frozenset[str]:
        """Datasets that are surely in the tool: kept there, or brought by a carrying flow."""
        brought = (d for f in self.carrying_inflows(tool) for d in self._data(f) or ())
        return self.kept(tool).union(brought)

    def present_in(self, dataset: str) -> tuple[str, ...]:
        """The tools in use in which the dataset surely is."""
        return self._present_in.get(dataset, ())

    @cached_property
    def _present_in(self) -> Mapping[str, tuple[str, ...]]:
        return self._in_use_by(lambda tool: tuple(self.present(tool)))

    def may_have_more(self, tool: str) -> bool:
        """Whether datasets may be in the tool that `present` does not name."""
        stated = self.stack.tools[tool]
        return (
            stated.holds is None
            or stated.collects is None
            or tool in self.unstated_into
            or not self.lists_flows_of(tool)
        )

    def holders(self, dataset: str) -> tuple[str, ...]:
        """The tools in use that are stated to hold the dataset."""
        return self._stating("holds").get(dataset, ())

    def collectors(self, dataset: str) -> tuple[str, ...]:
        """The tools in use at which the dataset is stated to enter the stack."""
        return self._stating("collects").get(dataset, ())

    def personal(self, dataset: str) -> bool | None:
        """Whether it is personal data, of whichever category; None if nobody said."""
        return self._personal.get(dataset)

    @cached_property
    def _personal(self) -> Mapping[str, bool]:
        stated = ((name, entry.privacy) for name, entry in self.stack.datasets.items())
        return {name: privacy != "none" for name, privacy in stated if privacy is not None}

    # Capabilities

    def providers(self, capability: str) -> tuple[str, ...]:
        """The tools in use that mainly provide the capability: it is the first they list."""
        return self._main.get(capability, ())

    def offering(self, capability: str) -> tuple[str, ...]:
        """The tools in use that list the capability at all."""
        return self._stating("capabilities").get(capability, ())

    @cached_property
    def unplaced(self) -> tuple[str, ...]:
        """The tools in use of which nobody said what they are for."""
        return tuple(n for n in self.in_use if self.stack.tools[n].capabilities is None)

    @cached_property
    def _main(self) -> Mapping[str, tuple[str, ...]]:
        return self._in_use_by(lambda tool: (self.stack.tools[tool].capabilities or ())[:1])

    @remembered
    def _stating(self, key: str) -> Mapping[str, tuple[str, ...]]:
        return self._in_use_by(lambda tool: getattr(self.stack.tools[tool], key) or ())

    def _in_use_by(self, names: Callable[[str], tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for tool in self.in_use:
            for name in dict.fromkeys(names(tool)):
                found[name].append(tool)
        return {name: tuple(tools) for name, tools in found.items()}
