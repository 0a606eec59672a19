"""Exposure: review state by sensitivity, and the tools whose breach would give away the most."""

from __future__ import annotations

from typing import Final, Literal

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.lookup import (
    by_name,
    causes,
    dataset_items,
    tool_items,
)
from stackaudit.figures.report.parts import Item, Reason
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity, sensitivity_of
from stackaudit.rules.facts.exposure import exposes
from stackaudit.rules.facts.review import review_state
from stackaudit.rules.kleene import Collection
from stackaudit.rules.world import World

ReviewState = Literal[
    "none", "rejected", "expired", "changed", "requested", "in_review", "approved", "unknown"
]
STATES: Final[tuple[ReviewState, ...]] = (
    "none",
    "rejected",
    "expired",
    "changed",
    "requested",
    "in_review",
    "approved",
    "unknown",
)
"""The rows, the most urgent first; unknown: reviews are listed in part, or its end hangs on
something unknown."""
NOT_COUNTING: Final[tuple[ReviewState, ...]] = STATES[:3] + STATES[4:6]
"""Those in which no approval counts today."""
TOP: Final = 10
"""So many paths are shown."""


@dataclass(frozen=True, slots=True)
class Square:
    """The tools in one state that handle data of one sensitivity."""

    state: ReviewState
    sensitivity: Sensitivity
    tools: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A tool, and what a breach of it would give away."""

    tool: Item
    state: ReviewState
    sensitivity: Sensitivity
    exposes: tuple[Item, ...]
    """The tools whose personal data a breach surely gives away, itself included."""
    complete: bool
    """Whether it cannot be more."""
    data: tuple[Item, ...]
    """The personal datasets among it."""
    path: tuple[Item, ...]
    """The longest of the ways by which the data comes to be exposed here; empty if nothing is."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What is reviewed of what matters."""

    squares: tuple[Square, ...]
    """Those that have tools, row by row."""
    top: tuple[Spread, ...]
    """Tools whose breach gives away the personal data of two or more tools, the most first."""
    findings: tuple[str, ...]
    """Fingerprints of the findings of category security that stand for themselves."""
    empty: Reason | None

    def square(self, state: ReviewState, sensitivity: Sensitivity) -> tuple[Item, ...]:
        """The tools there; none for a square that is left out."""
        found = (e.tools for e in self.squares if (e.state, e.sensitivity) == (state, sensitivity))
        return next(found, ())


def exposure(result: AuditResult) -> Exposure:
    """What is reviewed, and what a breach would give away."""
    in_use = result.world.graph.in_use
    security = (e for e in causes(result) if e.finding.category == "security")
    return Exposure(
        squares=_squares(result.world),
        top=_top(result.world),
        findings=tuple(each.finding.fingerprint for each in security),
        empty=None if in_use else "no-tools",
    )


def state_of(world: World, tool: str) -> ReviewState:
    """The state of a tool's review today."""
    state = review_state(world.tools[tool])
    return next((each for each in STATES if each == state), "unknown")


def _squares(world: World) -> tuple[Square, ...]:
    found: dict[tuple[ReviewState, Sensitivity], list[str]] = {}
    for tool in world.graph.in_use:
        found.setdefault((state_of(world, tool), sensitivity_of(world, tool)), []).append(tool)
    return tuple(
        Square(state, sensitivity, by_name(tool_items(world, found[state, sensitivity])))
        for state in STATES
        for sensitivity in SENSITIVITIES
        if (state, sensitivity) in found
    )


def _top(world: World) -> tuple[Spread, ...]:
    spreads = (_spread(world, tool) for tool in world.graph.in_use)
    wide = [each for each in spreads if len(each.exposes) > 1]
    return tuple(sorted(wide, key=lambda each: (-len(each.exposes), each.tool.id))[:TOP])


def _spread(world: World, tool: str) -> Spread:
    opened: Collection = exposes(world.tools[tool])
    sure = [e for e in world.graph.exposure(tool).items if e.sure and e.personal_here]
    path = max((each.path for each in sure), key=lambda way: (len(way), way), default=())
    return Spread(
        tool=tool_items(world, (tool,))[0],
        state=state_of(world, tool),
        sensitivity=sensitivity_of(world, tool),
        exposes=by_name(tool_items(world, (each.id for each in opened or ()))),
        complete=isinstance(opened, tuple),
        data=by_name(dataset_items(world, {each.dataset for each in sure})),
        path=tool_items(world, path),
    )
