"""How much of what the rules ask of a tool the inventory states."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.rules.finding import Open
from stackaudit.rules.rule import Rule

if TYPE_CHECKING:
    from stackaudit.inventory.model import Contract
    from stackaudit.rules.world import World

_ENTRY_OF_TOOL: Final = {"tool": "", "holding": "", "provision": "", "contract": "contract."}
"""Kinds whose facts are stated in the entry of a tool, and under which key."""

_COUNTED: Final = ("seats", "used")
"""Keys of a contract that `usage` says as well."""


def asked_keys(rules: Iterable[Rule]) -> dict[str, int]:
    """The keys of a tool's entry that decide rules, with how many rules each decides.

    Not among them is what rules assume where nothing is stated, as `lifecycle`.
    """
    counts: Counter[str] = Counter()
    for rule in rules:
        counts.update(set(_keys_of(rule)))
    return dict(sorted(counts.items()))


def _keys_of(rule: Rule) -> Iterator[str]:
    for fact in rule.facts():
        prefix = _ENTRY_OF_TOOL.get(fact.kind)
        if prefix is not None and not fact.default:
            yield from (f"{prefix}{key}" for key in (fact.key, *fact.rests_on) if key)


@dataclass(frozen=True, slots=True)
class Completeness:
    """The share of asked facts that is stated, tool by tool."""

    world: World
    keys: Mapping[str, int]
    """Asked keys → how many rules they decide."""
    wanted: Mapping[str, Counter[str]]
    """Tool → keys that would decide open rules, weighted by the severity of those."""
    _heads: tuple[tuple[str, tuple[str, ...]], ...] = field(init=False, repr=False)
    """The keys as what comes before the first point and all that comes after it."""
    _shares: dict[str, float] = field(init=False, repr=False, default_factory=dict)
    """The answers that were given; see `share`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_heads", _by_head(self.keys))

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

    @property
    def asked(self) -> int:
        """How many facts the rules ask of a tool."""
        return len(self.keys)

    def share(self, tool: str) -> float:
        """The part of them that is stated; 1 if nothing is asked."""
        if not self.keys:
            return 1.0
        if tool not in self._shares:
            self._shares[tool] = self._stated(tool) / len(self.keys)
        return self._shares[tool]

    def _stated(self, tool: str) -> int:
        """How many of the keys are stated."""
        entry, stated = self.world.stack.tools[tool], 0
        for head, keys in self._heads:
            value = getattr(entry, head)
            if head == "contract":
                stated += self._contract_states(tool, keys)
            elif value is None:
                continue
            elif value == "none" or keys == ("",):
                stated += len(keys)
            else:
                stated += sum([_says(value, key) for key in keys])
        return stated

    def states(self, tool: str, key: str) -> bool:
        """Whether the inventory says it, be it `none`."""
        head, _, rest = key.partition(".")
        if head == "contract":
            return self._contract_states(tool, (rest,)) == 1
        return _says(self.world.stack.tools[tool], key)

    def _contract_states(self, tool: str, keys: tuple[str, ...]) -> int:
        """How many of the keys a contract of the tool says; `contract: none` says them all."""
        if self.world.stack.tools[tool].contract == "none":
            return len(keys)
        contracts = self._contracts(tool)
        if len(contracts) == 1:
            return sum([_contract_says(contracts[0], key) for key in keys])
        return sum(any(_contract_says(each, key) for each in contracts) for key in keys)

    def _contracts(self, tool: str) -> list[Contract]:
        stack = self.world.stack
        own = stack.own_contract(tool)
        shared = [stack.contracts[each] for each in self.world.covering.get(tool, ())]
        return [*shared, own] if own is not None else list(shared)

    def most_useful(self, tool: str, number: int = 3) -> tuple[str, ...]:
        """The keys, not stated, that would decide the most; worst open rules first.

        Of a tool without any contract the whole contract is one of them, not each of its keys.
        """
        unnamed = not self.states(tool, "contract")

        def named(key: str) -> str:
            return "contract" if unnamed and key.startswith("contract.") else key

        worth, asking = Counter[str](), Counter[str]()
        for key, weight in self.wanted.get(tool, Counter[str]()).items():
            worth[named(key)] += weight
        for key, rules in self.keys.items():
            asking[named(key)] += rules
        missing = [key for key in {*worth, *asking} if not self.states(tool, key)]
        return tuple(sorted(missing, key=lambda key: (-worth[key], -asking[key], key))[:number])

    def stack_share(self) -> float:
        """The share over all tools in use; 1 where there are none."""
        shares = [self.share(name) for name, tool in self.world.tools.items() if tool.entry.in_use]
        return sum(shares) / len(shares) if shares else 1.0


def _by_head(keys: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for key in keys:
        head, _, rest = key.partition(".")
        found.setdefault(head, []).append(rest)
    return tuple((head, tuple(rest)) for head, rest in found.items())


def _contract_says(contract: Contract, key: str) -> bool:
    return _says(contract, key) or (key in _COUNTED and bool(contract.usage))


def _says(value: Any, key: str) -> bool:
    """Whether there is a value at the path; `none` on the way says all that is below."""
    if not key:
        return value is not None
    if "." in key:
        return reduce(_inner, key.split("."), value) is not None
    return _inner(value, key) is not None


def _inner(value: Any, name: str) -> Any:
    if value is None or value == "none":
        return value
    if isinstance(value, tuple):
        return value[int(name)] if name.isdigit() and int(name) < len(value) else None
    return getattr(value, name, None)
