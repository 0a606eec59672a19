"""A key as a subject: a grant that a tool holds, or the credential that a flow runs on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from stackaudit.errors import Place
from stackaudit.inventory.model import Credential
from stackaudit.phrase import phrase
from stackaudit.rules.kinds.data import section_place
from stackaudit.rules.kinds.flow import FlowSubject
from stackaudit.rules.subjects import Subject, Undecided, register_kind

if TYPE_CHECKING:
    from stackaudit.graph.missing import Missing
    from stackaudit.rules.kinds.tool import ToolSubject
    from stackaudit.rules.world import World

_GONE: Final = ("retired", "rejected")
_OVER: Final = ("planned", "finished", "absent")


class CredentialSubject(Subject):
    """A grant (its tool, the tool that it opens, its kind), or the credential of a flow."""

    __slots__ = ("flow", "keys", "tool")
    kind: ClassVar[str] = "credential"
    entry: Credential

    def __init__(
        self,
        world: World,
        ids: tuple[str, ...],
        entry: Credential,
        keys: tuple[str | int, ...],
        owner: ToolSubject | FlowSubject,
    ) -> None:
        super().__init__(world, ids, entry)
        self.keys = keys
        """Where it stands in the entry of its tool or flow."""
        self.flow = owner if isinstance(owner, FlowSubject) else None
        """The flow that runs on it; None for a grant."""
        self.tool = None if isinstance(owner, FlowSubject) else owner
        """The tool in whose entry a grant is stated; None for the credential of a flow."""

    def named(self) -> tuple[tuple[str, str], ...]:
        if self.flow is not None:
            return (("flow", self.id),)
        holder, on, name = self.ids
        return (("tool", holder), ("tool", on), ("grant", name))

    def label(self) -> str:
        if self.flow is not None:
            return phrase("the key of {flow}", flow=self.flow.label())
        holder, of = (self.world.tools[each].label() for each in self.ids[:2])
        return phrase("the key of {tool} to {of}", tool=holder, of=of)

    def path_of(self, key: str) -> tuple[str, str | None, tuple[str | int, ...]]:
        section = "tools" if self.flow is None else "flows"
        return (section, self.id, (*self.keys, *key.split(".")))

    def place(self) -> Place:
        section = "tools" if self.flow is None else "flows"
        return self.world.stack.origins.place(section, self.id, *self.keys)


def _credentials(world: World) -> Iterator[Subject]:
    """a key that is in use: a grant of a tool to another, or the credential that a flow runs on

    What a retired or rejected tool still holds is not in use, nor what opens one.
    """
    gone = {name for name, tool in world.tools.items() if tool.entry.stage in _GONE}
    for name, tool in world.tools.items():
        if name not in gone:
            yield from _grants(world, tool, gone)
    for flow in world.flows.values():
        entry = flow.entry
        ended = entry.status in _OVER or entry.source in gone or entry.target in gone
        if entry.credential and not ended:
            yield CredentialSubject(world, (flow.id,), entry.credential, ("credential",), flow)


def _grants(world: World, tool: ToolSubject, gone: set[str]) -> Iterator[Subject]:
    """The grants of a tool; of several of one kind to one tool the second is `oauth-2`."""
    seen: Counter[tuple[str, str]] = Counter()
    for number, grant in enumerate(tool.entry.grants or ()):
        what = (grant.on, grant.kind or "key")
        seen[what] += 1
        name = what[1] if seen[what] == 1 else f"{what[1]}-{seen[what]}"
        if grant.on not in gone:
            ids = (tool.id, grant.on, name)
            yield CredentialSubject(world, ids, grant, ("grants", number), tool)


def _credentials_unknown(world: World) -> Iterator[Undecided]:
    """Tools of which nobody said which keys they hold; at once, all flows that need a key."""
    from stackaudit.graph.missing import LISTED_FLOWS

    if not world.graph.flows_known:
        yield Undecided((("stack", "flows"),), (LISTED_FLOWS,), section_place(world, "flows"))
    for name, tool in world.tools.items():
        missing = tuple(_unstated(world, tool))
        if missing:
            yield Undecided((("tool", name),), missing, tool.place())
    keyless = tuple(_keyless(world))
    if keyless:
        place = world.stack.origins.place("flows", keyless[0].entry)
        yield Undecided((("stack", "credentials of flows"),), keyless, place)


def _unstated(world: World, tool: ToolSubject) -> Iterator[Missing]:
    """What nobody said of the keys that a tool in use holds, and of the flows that have one."""
    from stackaudit.graph.missing import Missing

    if tool.entry.in_use and tool.entry.grants is None:
        yield Missing("tools", tool.id, "grants")
    if world.graph.flows_known and tool.id in world.graph.partly_listed:
        yield Missing("tools", tool.id, "incomplete")


def _keyless(world: World) -> Iterator[Missing]:
    """The flows that carry data, need a key, and say nothing of it."""
    from stackaudit.graph.exposure import KEYLESS
    from stackaudit.graph.missing import Missing

    for name in world.graph.carrying:
        flow = world.stack.flows[name]
        if flow.credential is None and flow.method not in KEYLESS:
            yield Missing("flows", name, "credential.held_by")  # what makes it one


register_kind("credential", _credentials, _credentials_unknown)
