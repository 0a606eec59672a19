"""What is at stake behind a path of the inventory: money, and people's data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.subjects import tools_of
from stackaudit.rules.asking import Path
from stackaudit.rules.world import World

PRIVACY: Final[Mapping[str | None, int]] = {"none": 0, None: 1, "personal": 2, "special": 3}
"""How sensitive data is; of data nobody classified it is not known that it is not."""


@dataclass(frozen=True, slots=True)
class Stakes:
    """What depends on the tools that paths are about."""

    world: World
    costs: Mapping[str, float]
    """What every contract costs a year, where that is stated."""
    known: dict[str, str | None] = field(default_factory=dict)
    """The most sensitive data of the tools looked at so far."""

    def cost(self, paths: Iterable[Path]) -> float | None:
        """The yearly cost of the contracts behind them, each counted once."""
        names = {name for path in paths for name in self._contracts(path)}
        stated = [self.costs[name] for name in sorted(names) if name in self.costs]
        return round(sum(stated), 2) if stated else None

    def _contracts(self, path: Path) -> set[str]:
        """What may have a contract: its tools, and the contracts that cover them."""
        if path.section == "contracts":
            return {path.entry}
        covering, tools = self.world.covering, tools_of(self.world, path)
        return {name for tool in tools for name in (tool, *covering.get(tool, ()))}

    def privacy(self, path: Path) -> str | None:
        """The most sensitive data that it is about."""
        found = [self._of_tool(tool) for tool in tools_of(self.world, path)]
        if path.section == "datasets":
            found.append(self._worst({path.entry}))
        return max(found, key=lambda word: PRIVACY[word], default=None)

    def _of_tool(self, tool: str) -> str | None:
        if tool not in self.known:
            handled = self.world.graph.exposure(tool).items
            self.known[tool] = self._worst({e.dataset for e in handled if e.how != "key"})
        return self.known[tool]

    def _worst(self, names: set[str]) -> str | None:
        datasets = self.world.stack.datasets
        found = [datasets[name].privacy for name in sorted(names) if name in datasets]
        return max(found, key=lambda word: PRIVACY[word], default=None)
