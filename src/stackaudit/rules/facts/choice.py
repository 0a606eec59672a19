"""Of two tools that do the same: which to keep, and why.

Every tool has one rank, whatever it is compared with, so that of any number of overlapping tools
one is never to go: what was decided comes first, then whether it is used, by how many people,
how many tools depend on its data, how well it is connected, what it costs. What is not stated
speaks for no tool.
"""

from __future__ import annotations

import datetime as dt
import math
from enum import IntEnum
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.phrase import AND, counted, in_a_row, phrase
from stackaudit.rules.facts.paid import tool_cost
from stackaudit.rules.facts.tool import unused_since
from stackaudit.rules.kinds.portfolio import OverlapSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Interval, Number, number

ASLEEP: Final = dt.timedelta(days=90)
"""So long without use, and a tool is out of use."""


class Decided(IntEnum):
    """What people have decided about a tool, from to be kept to leaving."""

    KEPT = 0
    INVESTED_IN = 1
    NOTHING = 2
    ON_TRIAL = 3
    LEAVING = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """The tool to keep, the one that could go, and what speaks for the first."""

    keep: ToolSubject
    drop: ToolSubject
    reasons: tuple[str, ...]
    """Empty where nothing that is stated sets the two apart."""
    blind: bool
    """Whether at most the cost speaks for one of them, and nothing is known of the use of both."""

    @property
    def verdict(self) -> str:
        """Which to keep and why, for a sentence; or that this is open."""
        if self.blind:
            known = "lower cost" in self.reasons
            return phrase(_CHEAPER, tool=self.keep.label()) if known else phrase(_NOTHING_SAID)
        why = in_a_row(self.reasons or (phrase(_EQUAL),), AND)
        return phrase("to keep: {tool} ({why})", tool=self.keep.label(), why=why)

    @property
    def saving(self) -> Number:
        """What a year without the one that could go saves; where that is open, the bounds of it."""
        going: Number = tool_cost(self.drop)
        if not self.blind:
            return going
        staying: Number = tool_cost(self.keep)
        if going is None or staying is None:
            return None
        return number(min(_least(going), _least(staying)), max(_most(going), _most(staying)))


def _least(cost: float | Interval) -> float:
    return cost.low if isinstance(cost, Interval) else cost


def _most(cost: float | Interval) -> float:
    return cost.high if isinstance(cost, Interval) else cost


_NOTHING_SAID: Final = "which to keep is open, since nothing stated tells them apart"
_CHEAPER: Final = "which to keep is open: {tool} costs less, and nobody stated who uses them"
_EQUAL: Final = "by all that is stated they are equal, and it is the first by name"


@dataclass(frozen=True, slots=True)
class _Standing:
    """What there is to say for a tool; None for what nobody stated."""

    decided: Decided
    asleep: bool
    users: int | None
    dependents: int | None
    flows: int | None
    cost: float | None

    def rank(self) -> tuple[float, ...]:
        """The smaller, the better.

        People, tools and flows count by doublings first, so that a few more users do not outweigh
        all that hangs on the other tool; one by one they only break a tie.
        """
        counts = [self.users or 0, self.dependents or 0, self.flows or 0]
        return (
            self.decided,
            self.asleep,
            *(-count.bit_length() for count in counts),
            math.inf if self.cost is None else self.cost,
            *(-count for count in counts),
        )


def choose(overlap: OverlapSubject) -> Choice:
    """The better of the two by rank; of equals, the first by id."""
    memory = overlap.memory
    if "choice" not in memory:
        memory["choice"] = _choice(overlap.a, overlap.b)
    choice: Choice = memory["choice"]
    return choice


def _choice(a: ToolSubject, b: ToolSubject) -> Choice:
    keep, drop = sorted((a, b), key=lambda each: (_standing(each).rank(), each.id))
    better, worse = _standing(keep), _standing(drop)
    beyond_cost = (*_decisions(keep, drop), *_of_use(better, worse))
    reasons = (*beyond_cost, *_of_cost(better, worse))
    return Choice(keep, drop, reasons, not beyond_cost and not _use_is_known(better, worse))


def _use_is_known(one: _Standing, other: _Standing) -> bool:
    """Whether something of how the tools are used is stated of both."""
    uses = ((each.users, each.dependents) for each in (one, other))
    return any(None not in pair for pair in zip(*uses, strict=True))


def _standing(tool: ToolSubject) -> _Standing:
    if "standing" not in tool.memory:
        tool.memory["standing"] = _Standing(
            decided=_decided(tool),
            asleep=_asleep(tool),
            users=_users(tool),
            dependents=_dependents(tool),
            flows=_flows(tool),
            cost=_cost(tool),
        )
    standing: _Standing = tool.memory["standing"]
    return standing


def _decided(tool: ToolSubject) -> Decided:
    entry = tool.entry
    if entry.keep not in (None, "none"):
        return Decided.KEPT
    to_go = entry.disposition in ("migrate", "eliminate")
    replaced = to_go or entry.successor not in (None, "none")
    if entry.stage == "retiring" or replaced:
        return Decided.LEAVING
    if entry.stage == "pilot":
        return Decided.ON_TRIAL
    return Decided.INVESTED_IN if entry.disposition == "invest" else Decided.NOTHING


def _asleep(tool: ToolSubject) -> bool:
    since: dt.date | None = unused_since(tool)
    return since is not None and tool.world.today - since >= ASLEEP


def _users(tool: ToolSubject) -> int | None:
    if tool.entry.users is not None:
        return tool.entry.users
    contract = tool.world.stack.own_contract(tool.id)
    return contract.used if contract else None


def _dependents(tool: ToolSubject) -> int | None:
    """How many tools take data from it directly.

    Only those: with the ones behind them, a form that feeds a hub would have more than the hub.
    """
    stack = tool.world.stack
    if not stack.knows_flows:
        return None
    leaving = tool.world.graph.carrying_outflows(tool.id)
    return len({stack.flows[each].target for each in leaving})


def _flows(tool: ToolSubject) -> int | None:
    graph, name = tool.world.graph, tool.id
    if not tool.world.stack.knows_flows:
        return None
    ends = (graph.carrying_inflows, graph.carrying_outflows, graph.carrying_passing)
    return sum(len(flows(name)) for flows in ends)


def _cost(tool: ToolSubject) -> float | None:
    cost = tool_cost(tool)
    return float(cost) if isinstance(cost, int | float) else None


def _decisions(keep: ToolSubject, drop: ToolSubject) -> tuple[str, ...]:
    """What was decided, and whether they are used at all, as far as it sets the two apart."""
    better, worse = _standing(keep), _standing(drop)
    found: list[str] = []
    if better.decided < worse.decided:
        speaks = _FOR.get(better.decided) or _AGAINST[worse.decided]
        found.append(phrase(speaks, tool=drop.label()))
    if worse.asleep and not better.asleep:
        found.append(phrase("{tool} is out of use", tool=drop.label()))
    return tuple(found)


_FOR: Final = {Decided.KEPT: "deliberately kept", Decided.INVESTED_IN: "invested in"}
_AGAINST: Final = {
    Decided.ON_TRIAL: "{tool} is only a pilot",
    Decided.LEAVING: "{tool} is to go already",
}
_MEASURES: Final = (
    ("{n} user against {less}", "{n} users against {less}"),
    ("{n} dependent tool against {less}", "{n} dependent tools against {less}"),
    ("{n} flow against {less}", "{n} flows against {less}"),
)
"""Of use, each for one and for any other number."""


def _of_use(keep: _Standing, drop: _Standing) -> tuple[str, ...]:
    """Each measure of use that speaks for the one to keep, as far as it is known."""
    counts = (
        (keep.users, drop.users),
        (keep.dependents, drop.dependents),
        (keep.flows, drop.flows),
    )
    return tuple(
        counted(better, *patterns, less=phrase("unknown") if worse is None else worse)
        for patterns, (better, worse) in zip(_MEASURES, counts, strict=True)
        if better is not None and better > (worse or 0)
    )


def _of_cost(keep: _Standing, drop: _Standing) -> tuple[str, ...]:
    """Whether its cost speaks for the one to keep."""
    if keep.cost is None:
        return ()
    if drop.cost is None:
        return (phrase("known cost"),)
    return (phrase("lower cost"),) if keep.cost < drop.cost else ()
