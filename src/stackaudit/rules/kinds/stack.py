"""The stack as a whole as a subject."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.inventory.stack import Stack
from stackaudit.phrase import phrase
from stackaudit.rules.subjects import Subject, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class StackSubject(Subject):
    """All tools of one organization together."""

    __slots__ = ()
    kind: ClassVar[str] = "stack"
    entry: Stack

    def named(self) -> tuple[tuple[str, str], ...]:
        return (("stack", "stack"),)

    def label(self) -> str:
        return self.entry.organization or phrase("the stack")

    def path_of(self, key: str) -> tuple[str, str | None, tuple[str | int, ...]]:
        """The key begins at the top of the file: `budget.total`."""
        section, *keys = key.split(".")
        return (section, None, tuple(keys))

    def place(self) -> Place:
        return Place(self.world.stack.origins.main_file, 1, 1)


def _stack(world: World) -> Iterable[Subject]:
    """all tools of one organization together"""
    return (world.stack_subject,)


register_kind("stack", _stack)
