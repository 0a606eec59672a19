"""Which of the tools that were seen are one, and which of them the inventory has already.

A product is what says that two names mean the same: the catalog must be certain of both. What it
only guesses stays apart and becomes a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Final

from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.fill import product_of_tool
from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.scalars import NONE
from stackaudit.inventory.stack import Stack
from stackaudit.inventory.values import ValueProblem, parse_money
from stackaudit.sources.guesses import guessed, shown
from stackaudit.sources.names import folded, id_of, written
from stackaudit.sources.observation import Doubt, FlowSeen, Observation, Remark, Seen, ToolSeen

MOST_DOUBTS: Final = 10_000
"""More doubts than this are counted and no longer kept."""
MOST_GUESSES: Final = 500
"""Names that no product has for sure, of which it is said what they may mean."""


@dataclass(slots=True)
class Sighted:
    """A tool that was seen, once or often."""

    id: str
    name: str
    seen: Seen
    facts: dict[str, Any]
    """Key of the entry → value, of the first row that states it."""
    vendor: str | None = None
    product: str | None = None
    known: bool = False
    """Whether the inventory has it already."""
    names: set[str] = field(default_factory=set)
    """All names it was seen under, in lower case."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A flow that was seen, between tools that are known by their ids."""

    source: str
    target: str
    seen: Seen
    facts: Mapping[str, Any]
    """Key of a flow's entry → value; `data` among them where it was seen."""


@dataclass(slots=True)
class Gathered:
    """Everything that the sources saw, each tool once."""

    tools: dict[str, Sighted] = field(default_factory=dict)
    flows: list[Moved] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    uncounted: int = 0
    """Doubts beyond the number that is kept."""

    def doubt(self, doubt: Doubt) -> None:
        """Note a doubt, or count it where there are too many to keep."""
        if len(self.doubts) < MOST_DOUBTS:
            self.doubts.append(doubt)
        else:
            self.uncounted += 1


def gathered(
    observations: Iterable[Observation], catalog: Catalog, stack: Stack | None = None
) -> Gathered:
    """Every tool once, under the id that the inventory has for it or would get."""
    identifying = _Identifying(catalog, stack, Gathered())
    identifying.learn()
    flows: list[FlowSeen] = []
    for each in observations:
        if isinstance(each, ToolSeen):
            identifying.add(each)
        elif isinstance(each, Doubt):
            if not identifying.is_answered(each):
                identifying.found.doubt(each)
        elif isinstance(each, Remark):
            identifying.found.remarks.append(each)
        else:
            flows.append(each)
    for each in flows:  # when all tools are known, in whatever order the files came
        identifying.add_flow(each)
    return identifying.found


@dataclass(slots=True)
class _Identifying:
    catalog: Catalog
    stack: Stack | None
    found: Gathered
    last: tuple[ToolSeen, str] | None = None
    """The tool that was seen last, whose doubts come next, and its id."""
    by_name: dict[str, str] = field(default_factory=dict)
    """Folded name → id."""
    by_product: dict[str, list[str]] = field(default_factory=dict)
    by_price: dict[tuple[str, str], str] = field(default_factory=dict)
    """Vendor and price → the id of the first tool with both."""
    ids: set[str] = field(default_factory=set)
    matched: dict[tuple[str, str | None, str | None], str | None] = field(default_factory=dict)
    guesses: int = 0

    def learn(self) -> None:
        """The names and products of the tools that the inventory has; stated names go first."""
        tools = self.stack.tools if self.stack else {}
        self.ids.update(tools)
        for id_, tool in tools.items():
            product = product_of_tool(id_, tool, self.catalog)
            if product is not None:
                self.by_product.setdefault(product.id, []).append(id_)
            if tool.name:
                self.by_name.setdefault(folded(tool.name), id_)
        for id_, tool in tools.items():
            for name in (id_, *(tool.previously or ())):
                self.by_name.setdefault(folded(name), id_)

    def add(self, tool: ToolSeen) -> None:
        """Put a tool with what was seen of it before, or begin a new one."""
        product = self._product(tool)
        id_ = self._same(tool, product)
        self.last = (tool, id_) if id_ is not None else None
        if id_ is not None and id_ in self.found.tools:
            self._merge(self.found.tools[id_], tool, product)
            return
        known = id_ is not None
        id_ = id_ or self._free_id(tool.name)
        facts = dict(tool.facts)
        self.found.tools[id_] = Sighted(
            id_, tool.name, tool.seen, facts, tool.vendor, product, known, {written(tool.name)}
        )
        self.ids.add(id_)
        self._ask_about_price(tool, id_, known=known)
        self.by_name.setdefault(folded(tool.name), id_)
        if product and id_ not in self.by_product.setdefault(product, []):
            self.by_product[product].append(id_)

    def _ask_about_price(self, tool: ToolSeen, id_: str, *, known: bool) -> None:
        """A doubt where a new tool has the vendor and the price of another: one under two names?"""
        price = tool.facts.get("contract.cost")
        if not tool.vendor or price is None or not _is_paid(price):
            return
        first = self.by_price.setdefault((folded(tool.vendor), str(price)), id_)
        if first != id_ and not known:
            other = self.found.tools[first]
            message = f"{shown(tool.name)} has the vendor and the price of {shown(other.name)}"
            hint = "if they are one tool, make one row of it"
            self.found.doubt(Doubt(tool.seen, None, f"{message} ({other.seen})", hint))

    def add_flow(self, flow: FlowSeen) -> None:
        """Put a flow between the tools that its ends are; a doubt where one is not known."""
        ends = [self._tool_called(name) for name in (flow.source, flow.target)]
        for name, id_ in zip((flow.source, flow.target), ends, strict=True):
            if id_ is None:
                message = f"no tool is called {shown(name)}; the flow was left out"
                hint = "add the tool, or write the name that the inventory has"
                self.found.doubt(Doubt(flow.seen, None, message, hint))
                return
        source, target = (str(each) for each in ends)
        if source == target:
            message = f"{shown(flow.source)} is where it comes from and where it goes"
            self.found.doubt(Doubt(flow.seen, None, message, "the flow was left out"))
            return
        through = self._in_between(flow) if flow.through else None
        if through in (source, target):  # an end that moves it itself is not in between
            through = None
        method = flow.facts.get("method")
        facts = {"data": flow.data, "method": method, "through": through, **flow.facts}
        stated = {key: value for key, value in facts.items() if value is not None}
        self.found.flows.append(Moved(source, target, flow.seen, stated))

    def _in_between(self, flow: FlowSeen) -> str | None:
        """The tool that moves a flow: one that is known, or a new one, since the flow names it."""
        name = str(flow.through)
        known = self._tool_called(name)
        if known is not None:
            return known
        product = self.catalog.certain(name)
        if product is None or self.by_product.get(product.id):
            message = f"{shown(name)} may be one of several tools, and no `through` was written"
            self.found.doubt(Doubt(flow.seen, None, message, "write the id of the one it is"))
            return None
        self.add(ToolSeen(product.name, flow.seen))
        return self._tool_called(product.name)

    def _tool_called(self, name: str) -> str | None:
        """The id of the one tool that a name means for sure."""
        by_name = self.by_name.get(folded(name))
        if by_name is not None:
            return by_name
        product = self.catalog.certain(name, None, None)
        ids = self.by_product.get(product.id, []) if product else []
        return ids[0] if len(ids) == 1 else None

    def is_answered(self, doubt: Doubt) -> bool:
        """Whether the inventory states by now what a table left in doubt."""
        if self.last is None or doubt.key is None or doubt.seen != self.last[0].seen:
            return False
        tool, id_ = self.last
        stated = self._stated(id_, doubt.key)
        return stated is not None and stated != tool.facts.get(doubt.key)

    def _stated(self, id_: str, key_: str) -> Any:
        return self.stack.origins.node("tools", id_, *key_.split(".")) if self.stack else None

    def _product(self, tool: ToolSeen) -> str | None:
        """The product that is meant certainly; asked once for each name."""
        if tool.facts.get("product"):
            stated: str = tool.facts["product"]
            return None if stated == NONE else stated
        asked = (tool.name, tool.vendor, tool.domain)
        if asked not in self.matched:
            sure = self.catalog.certain(*asked)
            self.matched[asked] = sure.id if sure else None
            known = self.by_name.get(folded(tool.name))
            if sure is None and not (known and self._stated(known, "product")):
                self._guess(tool)
        return self.matched[asked]

    def _guess(self, tool: ToolSeen) -> None:
        """What the name may mean, as a question; only for so many names, since it takes long."""
        self.guesses += 1
        if self.guesses > MOST_GUESSES:
            return
        match = self.catalog.match(tool.name, tool.vendor, tool.domain)
        same = match.product is not None and folded(tool.name) == folded(match.product.name)
        doubt = guessed(tool, match, same_name=same)
        if doubt is not None:
            self.found.doubt(doubt)
        elif tool.vendor == tool.name and folded(tool.name) not in self.by_name:
            message = f"{shown(tool.name)} was paid, and no product is known by that name"
            hint = "if nothing that runs was bought there, take it out"
            self.found.doubt(Doubt(tool.seen, None, message, hint))

    def _same(self, tool: ToolSeen, product: str | None) -> str | None:
        """The id of the tool that this is too: by its name, else as the only one of its product."""
        by_name = self.by_name.get(folded(tool.name))
        if by_name is not None:
            return by_name
        ids = self.by_product.get(product or "", [])
        if len(ids) != 1:
            return None
        first = self.found.tools.get(ids[0])
        if first is not None and _two_contracts(first.facts, tool.facts):
            message = f"the same product as {shown(first.name)} ({first.seen}), at another price"
            self.found.doubt(Doubt(tool.seen, None, message, "if they are one, make one row of it"))
            return None
        return ids[0]

    def _merge(self, first: Sighted, tool: ToolSeen, product: str | None) -> None:
        if written(tool.name) not in first.names:
            first.names.add(written(tool.name))
            self.by_name.setdefault(folded(tool.name), first.id)
            message = f"{shown(tool.name)} and {shown(first.name)} are one product: one tool"
            self.found.remarks.append(Remark(tool.seen, f"{message} ({first.seen})"))
        for name, value in tool.facts.items():
            if first.facts.setdefault(name, value) != value:
                message = f"{name} differs from {first.seen}, which was taken"
                self.found.doubt(Doubt(tool.seen, None, message, "say which is right"))
        first.vendor = first.vendor or tool.vendor
        first.product = first.product or product

    def _free_id(self, name: str) -> str:
        wanted = id_of(name)
        found, number = wanted, 2
        while found in self.ids:
            found, number = f"{wanted}-{number}", number + 1
        return found


def _two_contracts(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both rows state a price, and not the same: what is bought twice is not one thing."""
    prices = [facts.get("contract.cost") for facts in (one, other)]
    return None not in prices and prices[0] != prices[1] and all(map(_is_paid, prices))


def _is_paid(price: Any) -> bool:
    try:
        return not isinstance(price, str) or bool(parse_money(price).amount)
    except ValueProblem:
        return True
