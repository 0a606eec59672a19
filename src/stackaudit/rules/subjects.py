"""What a rule looks at: a tool, a flow, a need, a pair of tools …; each kind says how to list it.

A subject is a light handle: the entry it stands for, the world it is part of, and a memory for
facts that were worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.phrase import AND, in_a_row

if TYPE_CHECKING:
    from stackaudit.graph.missing import Missing
    from stackaudit.rules.world import World


class Subject:
    """One thing a rule may find something about."""

    __slots__ = ("entry", "id", "ids", "memory", "world")

    kind: ClassVar[str] = ""
    section: ClassVar[str | None] = None
    """The section of the inventory in which the subject has an entry of its own."""
    directed: ClassVar[bool] = True
    """Whether the order of `ids` has a meaning; if not, fingerprints sort them."""

    def __init__(self, world: World, ids: tuple[str, ...], entry: Any) -> None:
        self.world = world
        self.ids = ids
        self.id = ids[0] if ids else ""
        """The id, for kinds that have just one."""
        self.entry = entry
        self.memory: dict[Any, Any] = {}

    def named(self) -> tuple[tuple[str, str], ...]:
        """What the ids are ids of: (kind, id) pairs, as findings list their subjects."""
        return tuple((self.kind, each) for each in self.ids)

    def label(self) -> str:
        """How a person would name it, in a heading or a list."""
        return in_a_row(self.ids, AND)

    def path_of(self, key: str) -> tuple[str, str | None, tuple[str | int, ...]]:
        """Section, entry and keys of a stated fact, to find its place or its absence."""
        return (self.section or "tools", self.id, tuple(key.split(".")))

    def place(self) -> Place:
        """Where the inventory declares it."""
        return self.world.stack.origins.place(self.section or "tools", self.id)

    def more_places(self) -> tuple[Place, ...]:
        """Other places that a finding about it should lead to."""
        return ()

    def contract_id(self) -> str | None:
        """The contract that money said of this subject belongs to."""
        return None

    def __eq__(self, other: object) -> bool:
        """The same thing: some kinds (holdings, needs) are made anew whenever they are listed."""
        return self is other or (type(other) is type(self) and other.ids == self.ids)

    def __hash__(self) -> int:
        return hash((self.kind, self.ids))

    def __repr__(self) -> str:
        return f"<{self.kind} {'/'.join(self.ids)}>"


@dataclass(frozen=True, slots=True)
class Undecided:
    """Subjects that cannot be listed, because the inventory does not say enough."""

    ids: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]
    place: Place
    known: tuple[tuple[str, Any], ...] = ()
    """Facts that each such subject has, with their values: they may rule a finding out."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of subject: its name in rules, what it is, how to list its members."""

    name: str
    doc: str
    members: Callable[[World], Iterable[Subject]]
    undecided: Callable[[World], Iterable[Undecided]]


KINDS: Final[dict[str, Kind]] = {}


def nothing_undecided(_world: World) -> tuple[Undecided, ...]:
    """For kinds whose members are always known."""
    return ()


def register_kind(
    name: str,
    members: Callable[[World], Iterable[Subject]],
    undecided: Callable[[World], Iterable[Undecided]] = nothing_undecided,
) -> None:
    """Make a kind known to rules; the docstring of `members` says what it is."""
    doc = " ".join((members.__doc__ or "").split())
    KINDS[name] = Kind(name, doc, members, undecided)


def kinds() -> dict[str, Kind]:
    """Every kind of subject, by name."""
    import stackaudit.rules.kinds  # noqa: F401  (registers them)

    return KINDS
