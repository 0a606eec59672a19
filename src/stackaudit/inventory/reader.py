"""YAML with positions, on the event interface of PyYAML's C parser.

The builder here makes containers that know their lines (:mod:`.nodes`), leaves scalars as
text until the type of their field reads them, and refuses what an inventory never needs and
an attacker does: duplicate keys, aliases, merge keys, tags, second documents, deep nesting.
All problems of a file are gathered; only broken syntax ends the reading early.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import field
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from stackaudit.dataclass import dataclass
from stackaudit.errors import InventoryError, Place, Problem, quoted
from stackaudit.inventory.decode import decode
from stackaudit.inventory.foreign import MERGE, AliasError, Expanded, merged
from stackaudit.inventory.nodes import Lines, Map, Node, Seq, unpack

MAX_DEPTH: Final = 64
MAX_NODES: Final = 16_000_000
MAX_SCALAR: Final = 64 * 1024
MAX_PROBLEMS: Final = 100
"""Reading stops after so many problems in one file: by then it is not an inventory."""

NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})

_WORDS: Final = dict.fromkeys(("true", "yes", "on", "y"), 1.0) | dict.fromkeys(
    ("false", "no", "off", "n"), 0.0
)
"""What other readers take for true and false, which are equal to 1 and 0 as keys."""
_LONGEST_WORD: Final = 5
_NUMBER_BEGINS: Final = frozenset("0123456789+-.")


@dataclass(slots=True)
class Budget:
    """How many values are still allowed; shared by all files of one inventory."""

    nodes: int = MAX_NODES


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its name, its tree (None when nothing could be read), its problems."""

    file: str
    root: Node
    problems: tuple[Problem, ...] = ()
    repeated: tuple[tuple[str, Node], ...] = ()
    """Keys at the top that were refused because they repeat one, with their values."""


def read_document(
    data: bytes, file: str, budget: Budget | None = None, *, foreign: bool = False
) -> Document:
    """Read one YAML document; what is wrong with it is in `problems`, nothing is raised.

    `foreign` is for other people's YAML: aliases are written out, tags left aside, merge keys
    merged; everything else is refused as in an inventory.
    """
    try:
        data, text = decode(data, file)
    except InventoryError as error:
        return Document(file, None, error.problems)
    guarded = not foreign and ("&" in text or "!" in text)
    lines = Lines(text)
    del text  # the parser reads the bytes; a large file need not be in memory twice
    builder = _Builder(file, lines, budget or Budget(), guarded, foreign)
    root = builder.build(data)
    repeated = builder.without_repeats(root)
    return Document(file, merged(root) if foreign else root, tuple(builder.problems), repeated)


def _parser(data: bytes) -> Any:
    """The C parser; the Python one (slower, same events) where a platform lacks the C library."""
    try:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:  # pragma: no cover - wheels for Linux, macOS and Windows have it
        return yaml.SafeLoader(data)
    return CParser(data)


class _TooMuchError(Exception):
    """Reading has to stop here; the problem is already noted."""


@dataclass(slots=True)
class _Builder:
    file: str
    lines: Lines
    budget: Budget
    guarded: bool
    """Whether the text has a `&` or `!` at all, and so perhaps an anchor or a tag."""
    foreign: bool = False
    """Whether aliases, tags and merge keys are understood instead of refused."""
    problems: list[Problem] = field(default_factory=list)
    repeats: list[tuple[Map, int, str]] = field(default_factory=list)
    """Mappings with a repeated key: its offset, under which it is set aside, and its name."""
    keys: dict[str, str] = field(default_factory=dict)
    """Keys met before that need no second look, each once in memory."""

    def build(self, data: bytes) -> Node:
        """The tree of the one document in `data`; None where there is none."""
        try:
            parser = _parser(data)
            return self._document(Expanded(parser) if self.foreign else parser)
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError:
            self.problems.append(
                Problem("yaml-syntax", "the file is not YAML", Place(self.file, 1, 1), _LOOK)
            )
        except AliasError as error:
            with suppress(_TooMuchError):
                self.note("alias", str(error), error.offset, "write the value out")
        except _TooMuchError:
            pass
        return None

    def without_repeats(self, root: Node) -> tuple[tuple[str, Node], ...]:
        """Take repeated keys out of the tree; returns those at the top, with their values."""
        if root is None:
            return ()
        taken = [(owner, name, owner.drop(aside)) for owner, aside, name in self.repeats]
        return tuple((name, value) for owner, name, value in taken if owner is root)

    def note(self, code: str, message: str, offset: int, hint: str | None = None) -> None:
        """Remember a problem; stops the reading when there are too many of them."""
        place = self._place(offset)
        self.problems.append(Problem(code, message, place, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            self.problems.append(
                Problem("too-many-problems", "reading stops here", place, "mend these first")
            )
            raise _TooMuchError

    def _place(self, offset: int) -> Place:
        return Place(self.file, *unpack(self.lines.position(offset)))

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        problem = (error.problem or "the file is not YAML").strip()
        place = self._place(getattr(mark, "index", 0))
        self.problems.append(Problem("yaml-syntax", problem, place, _syntax_hint(problem)))

    def _document(self, parser: Any) -> Node:
        get_event = parser.get_event
        get_event()  # the start of the stream
        event = get_event()
        if type(event) is StreamEndEvent:
            self.note("empty", "the file is empty", 0, "an inventory begins with `stackaudit: 1`")
            return None
        root = self._root(get_event)
        get_event()  # the end of the document
        event = get_event()
        if type(event) is DocumentStartEvent:
            hint = "keep one document in a file; use `include:` for more"
            mark: Any = event.start_mark
            self.note("second-document", "a second document begins here", mark.index, hint)
        return root

    def _root(self, get_event: Any) -> Node:
        event = get_event()
        at = event.start_mark.index
        if type(event) is ScalarEvent:
            return self._scalar(event, at)
        node = self._container(event, at, 0)
        if node is not None:
            self._fill(node, get_event)
        return node

    def _fill(self, root: Map | Seq, get_event: Any) -> None:  # noqa: C901, PLR0912, PLR0915
        """Build what is inside `root`, with a stack of our own instead of recursion.

        This is the hot path of reading and the one long function here: for an ordinary key or
        scalar it calls nothing of ours, and the counter of the loop is the budget (one for a
        key with its value, an item, the end of a container). A scalar or key that may need a
        second look (new, repeated, with an anchor) gets it in a method.
        """
        stack: list[Map | Seq] = []
        top = root
        mark_at = top.marks.append
        in_map = type(top) is Map
        key = ""
        known, guarded = self.keys, self.guarded
        texts: dict[str, str] = {}  # each text once in memory
        node: Node
        for left in range(self.budget.nodes, 0, -1):
            event = get_event()
            kind = type(event)
            if in_map:
                if kind is ScalarEvent:
                    at = event.start_mark.index
                    name = known.get(event.value)
                    if name is None or name in top or guarded:
                        name = self._key(top, event, at)  # type: ignore[arg-type]
                    key = name
                    mark_at(at)
                    event = get_event()
                    kind = type(event)
                elif kind is not MappingEndEvent:
                    self._complex_key(event)
            if kind is ScalarEvent:
                node = texts.get(event.value)
                if node is None or guarded:
                    node = self._scalar(event, event.start_mark.index)
                    if node is not None and node not in NULLS:  # which mean something in quotes
                        texts[node] = node
                mark_at(event.start_mark.index)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if not stack:
                    self.budget.nodes = left
                    return
                top = stack.pop()
                mark_at = top.marks.append
                in_map = type(top) is Map
                continue
            else:
                at = event.start_mark.index
                mark_at(at)
                node = self._container(event, at, len(stack) + 1)
            if in_map:
                top[key] = node  # type: ignore[call-overload]
            else:
                top.append(node)  # type: ignore[union-attr]
            if kind is not ScalarEvent and node is not None:
                stack.append(top)
                top = node  # type: ignore[assignment]
                mark_at = top.marks.append
                in_map = kind is MappingStartEvent
        at = top.marks[-1] if top.marks else top.offset
        self.note("too-many-nodes", f"more than {MAX_NODES:,} values in one inventory", at)
        raise _TooMuchError

    def _scalar(self, event: Any, at: int) -> str | None:
        self._refuse(event, at)
        text: str = event.value
        if len(text) > MAX_SCALAR:
            self._too_long(at)
        return None if text in NULLS and event.implicit[0] else text

    def _container(self, event: Any, at: int, depth: int) -> Map | Seq | None:
        """A new mapping or sequence; None for an alias, which is noted."""
        kind = type(event)
        if kind is AliasEvent:
            self.note("alias", "aliases (`*name`) are not allowed", at, "write the value out")
            return None
        self._refuse(event, at)
        if depth >= MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels"
            self.note("too-deep", message, at, "an inventory needs fewer than ten")
            raise _TooMuchError
        return Seq(at, self.lines) if kind is SequenceStartEvent else Map(at, self.lines)

    def _complex_key(self, event: Any) -> None:
        at = event.start_mark.index
        self._container(event, at, 0)
        self.note("complex-key", "a key must be a plain name", at, "write the key as one word")
        raise _TooMuchError

    def _key(self, owner: Map, event: Any, at: int) -> Any:
        """The key as it goes into the mapping: a repeated one is noted and set aside."""
        self._refuse(event, at)
        text: str = event.value
        if len(text) > MAX_SCALAR:
            self._too_long(at)
        if text in owner:
            return self._repeated(owner, text, text, at)
        if event.implicit[0]:
            if text == MERGE and not self.foreign:
                hint = "write the values out where they are used"
                self.note("merge-key", "merge keys (`<<`) are not allowed", at, hint)
                return self._aside(owner, text, at)
            number = _number(text)
            if number is not None:
                twin = _twin(owner, number, text)
                return sys.intern(text) if twin is None else self._repeated(owner, twin, text, at)
        if text.startswith("x-"):
            owner.has_own_keys = True
            return sys.intern(text)
        return self.keys.setdefault(text, sys.intern(text))

    def _repeated(self, owner: Map, first: str, text: str, at: int) -> Any:
        place = Place(self.file, *unpack(owner.key_position(first)))
        message = f"the key {quoted(text)} is already there at {place}"
        self.note("duplicate-key", message, at, "remove one of the two")
        return self._aside(owner, text, at)

    def _aside(self, owner: Map, text: str, at: int) -> Any:
        self.repeats.append((owner, at, text))
        return at

    def _refuse(self, event: Any, at: int) -> None:
        if event.anchor is not None:
            self.note("anchor", "anchors (`&name`) are not allowed", at, "remove the anchor")
        if event.tag is not None:
            self.note("tag", "tags (`!…`) are not allowed", at, "write the plain value")

    def _too_long(self, at: int) -> None:
        message = f"a text longer than {MAX_SCALAR // 1024} KiB"
        self.note("too-long", message, at, "keep long documents elsewhere and link to them")


_LOOK: Final = "check the indent, the quotes and the brackets just before this place"


def _syntax_hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that contains `: `, or check the indent"
    if "cannot start any token" in problem:
        return "put quotes around a text that begins with a special sign"
    return _LOOK


def _twin(owner: Map, number: float, text: str) -> str | None:
    """A key that other YAML readers would take for the same (`1`, `1.0`, `true`)."""
    if owner.numbers is None:
        owner.numbers = {}
    twin = owner.numbers.setdefault(number, text)
    return None if twin == text else twin


def _number(text: str) -> float | None:
    """What other YAML readers make of a plain key, if that is a number or equal to one."""
    if text[:1] in _NUMBER_BEGINS:
        try:
            return float(text)
        except ValueError:
            return None
    if len(text) <= _LONGEST_WORD:
        return _WORDS.get(text.lower())
    return None
