"""How much of what the rules ask of a tool the inventory states."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from stackaudit.rules.finding import Open
from stackaudit.rules.rule import Rule

if TYPE_CHECKING:
    from stackaudit.rules.world import World

_ENTRY_OF_TOOL: Final = {"tool": "", "holding": "", "provision": "", "contract": "contract."}
"""Kinds whose facts are stated in the entry of a tool, and under which key."""


def asked_keys(rules: Iterable[Rule]) -> dict[str, int]:
    """The keys of a tool's entry that the rules read, with how many rules read each."""
    counts: Counter[str] = Counter()
    for rule in rules:
        keys = set()
        for fact in rule.facts():
            prefix = _ENTRY_OF_TOOL.get(fact.kind)
            if prefix is not None and not fact.default:
                keys.update(f"{prefix}{key}" for key in (fact.key, *fact.rests_on) if key)
        counts.update(keys)
    return dict(sorted(counts.items()))


@dataclass(frozen=True, slots=True)
class Completeness:
    """The share of asked facts that is stated, tool by tool."""

    world: World
    keys: dict[str, int]
    """Asked keys → how many rules read them."""
    wanted: dict[str, Counter[str]]
    """Tool → keys that would decide open rules, weighted by the severity of those."""

    @classmethod
    def of(cls, world: World, rules: Iterable[Rule], open_rules: Iterable[Open]) -> Completeness:
        """Measure a world by the rules that ran and what they left open."""
        wanted: dict[str, Counter[str]] = defaultdict(Counter)
        for each in open_rules:
            for unknown in each.unknown:
                section, _, rest = unknown.missing.partition(".")
                tool, _, key = rest.partition(".")
                if section == "tools" and key:
                    wanted[tool][key] += int(each.severity)
        return cls(world, asked_keys(rules), wanted)

    def asked(self, tool: str) -> int:
        """How many facts the rules ask of the tool."""
        return len(self.keys)

    def share(self, tool: str) -> float:
        """The part of them that is stated; 1 if nothing is asked."""
        if not self.keys:
            return 1.0
        return sum(self.states(tool, key) for key in self.keys) / len(self.keys)

    def states(self, tool: str, key: str) -> bool:
        """Whether the inventory says it, be it `none`."""
        entry = self.world.stack.tools[tool]
        if key.startswith("contract."):
            return entry.contract is not None or tool in self.world.covering
        value: Any = reduce(_inner, key.split("."), entry)
        return value is not None

    def most_useful(self, tool: str, number: int = 3) -> tuple[str, ...]:
        """The keys, not stated, that would decide the most; worst open rules first."""
        wanted = self.wanted.get(tool, Counter())
        missing = {key for key in self.keys if not self.states(tool, key)} | set(wanted)
        ranked = sorted(missing, key=lambda key: (-wanted[key], -self.keys.get(key, 0), key))
        return tuple(ranked[:number])

    def stack_share(self) -> float:
        """The share over all tools in use; 1 where there are none."""
        shares = [self.share(name) for name, tool in self.world.tools.items() if tool.entry.in_use]
        return sum(shares) / len(shares) if shares else 1.0


def _inner(value: Any, name: str) -> Any:
    return None if value is None else value if value == "none" else getattr(value, name)
