"""What becomes of observations: the one place where they are merged into an inventory.

What a person stated is never overwritten. What is unknown is filled in; a value that an earlier
import wrote, and that nobody changed since, follows the table. To tell the two apart, the
inventory keeps a mark of each imported value, at its end under `x-imported`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.inventory.stack import Stack
from stackaudit.sources.differences import Difference, Kind, Plan, nest, plain, put, same
from stackaudit.sources.flow_plan import plan_flows
from stackaudit.sources.identify import Gathered, Sighted

IMPORTED: Final = "x-imported"
"""The key of the inventory under which the marks of imported values stand."""
MARK: Final = 6
"""Hex digits of a mark: enough to tell a value that was changed from one that was not."""


def plan(stack: Stack, found: Gathered, rates: Mapping[str, Decimal] | None = None) -> Plan:
    """What of the things seen goes into an inventory that exists."""
    made = Plan()
    main = stack.origins.main_file
    for tool in found.tools.values():
        if tool.id in stack.tools:
            file = _file_of(stack, tool.id)
            _Merging(stack, tool, made, file).merge()
        else:
            made.differences.append(Difference("new", tool.id, after=tool.name))
            put(made, main, ("tools", tool.id), entry_of(tool))
            put(made, main, (IMPORTED, tool.id), " ".join(sorted(_marks(facts_of(tool)))))
    plan_flows(stack, found.flows, made)
    for currency, worth in (rates or {}).items():
        if currency not in stack.exchange_rates and _uses(made, currency):
            put(made, main, ("exchange_rates", currency), f"{worth:f}")
    return made


def facts_of(tool: Sighted) -> dict[str, Any]:
    """Everything to state of a tool, its product, name and vendor first."""
    first = {"product": tool.product, "name": tool.name, "vendor": tool.vendor}
    facts = {key: value for key, value in first.items() if value is not None}
    facts |= {key: _writable(value) for key, value in tool.facts.items() if key != "product"}
    if tool.facts.get("product"):
        facts["product"] = tool.facts["product"]
    if "contract.cost" in facts:
        facts.pop("x-cost", None)
    return facts


def entry_of(tool: Sighted) -> dict[str, Any]:
    """The entry of a tool that the inventory does not have yet."""
    entry: dict[str, Any] = {}
    for key, value in facts_of(tool).items():
        nest(entry, key.split("."), value)
    return entry


def imported_marks(found: Gathered) -> dict[str, str]:
    """The marks of all tools of a fresh inventory."""
    return {t.id: " ".join(sorted(_marks(facts_of(t)))) for t in found.tools.values()}


@dataclass(slots=True)
class _Merging:
    """One tool that the inventory has, and what was seen of it."""

    stack: Stack
    tool: Sighted
    plan: Plan
    file: str

    def merge(self) -> None:
        """Fill what is unknown, update what an import wrote, report what is stated otherwise."""
        before = self._earlier()
        marks = set(before)
        for key, value in self._offered():
            stated = self._stated(key)
            if stated is None:
                if self._closed(key) or mark(key, value) in before:  # said, or taken out again
                    self.plan.differences.append(Difference("kept", self.tool.id, key, None, value))
                else:
                    self._write("filled", key, None, value, marks)
            elif not same(key, stated, value):
                old = mark(key, stated)
                if old in before:
                    marks.discard(old)
                    self._write("updated", key, stated, value, marks)
                else:
                    self.plan.differences.append(
                        Difference("kept", self.tool.id, key, stated, value)
                    )
        if marks != before:
            line = " ".join(sorted(marks))
            put(self.plan, self.stack.origins.main_file, (IMPORTED, self.tool.id), line)

    def _offered(self) -> Iterator[tuple[str, Any]]:
        """What was seen; names and products are left as the inventory has them."""
        stated_cost = self._stated("contract.cost") is not None
        for key, value in facts_of(self.tool).items():
            if key == "name" or (key == "product" and self._stated("product") is not None):
                continue  # two names of one product are no difference
            if key == "vendor" and self._stated("vendor") is not None:
                continue  # who bought whom is no news of this organization
            if not (key == "x-cost" and stated_cost):
                yield key, value

    def _write(self, kind: Kind, key: str, before: Any, value: Any, marks: set[str]) -> None:
        self.plan.differences.append(Difference(kind, self.tool.id, key, before, value))
        put(self.plan, self.file, ("tools", self.tool.id, *key.split(".")), value)
        marks.add(mark(key, value))

    def _stated(self, key: str) -> Any:
        return plain(self.stack.origins.node("tools", self.tool.id, *key.split(".")))

    def _closed(self, key: str) -> bool:
        """Whether the file says that there is no such thing at all, as in `contract: none`."""
        parts = key.split(".")
        above = (self._stated(".".join(parts[:size])) for size in range(1, len(parts)))
        return any(isinstance(each, str) for each in above)

    def _earlier(self) -> set[str]:
        line = None
        for document in self.stack.origins.documents:
            section = document.root.get(IMPORTED) if isinstance(document.root, dict) else None
            line = section.get(self.tool.id) if isinstance(section, dict) else line
        return set(line.split()) if isinstance(line, str) else set()


def mark(key: str, value: Any) -> str:
    """The mark of a value: short, and another one as soon as somebody changes the value."""
    text = json.dumps([key, plain(value)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]


def _marks(facts: Mapping[str, Any]) -> set[str]:
    return {mark(key, value) for key, value in facts.items()}


def _writable(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _file_of(stack: Stack, tool: str) -> str:
    """The file of the inventory that declares a tool."""
    return stack.origins.documents[stack.origins.declared["tools"][tool]].file


def _uses(made: Plan, currency: str) -> bool:
    """Whether anything that is written is in this currency."""
    return any(
        isinstance(cost := entry.get("contract", {}).get("cost"), Mapping)
        and cost.get("currency") == currency
        for changes in made.changes.values()
        for entry in changes.get("tools", {}).values()
        if isinstance(entry.get("contract", {}), Mapping)
    )
