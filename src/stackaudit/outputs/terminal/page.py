"""Lays text out in lines: wrapped at words, with hanging indents, safe for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.style import Style
from rich.text import Text

from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.terminal.glyphs import Encoding
from stackaudit.outputs.terminal.styles import FEW_COLORS, MANY_COLORS

Part: TypeAlias = "str | tuple[str, str]"
"""A piece of text, plain or with the name of a style."""

LONGEST_LINE: Final = 120
"""Longer lines of prose are hard to read, however wide the terminal is."""

ROOM: Final = 28
"""The least room for a paragraph beside what leads it."""


class Page:
    """Writes to a console, line by line.

    Whatever it is given is text, never markup: control characters are shown, characters that the
    stream cannot write are replaced, both before anything is measured.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self.encoding = Encoding(console.encoding)
        self.styles = _styles(console)
        self.full_width = console.width - console.legacy_windows
        self.width = min(self.full_width, LONGEST_LINE)

    def text(self, *parts: Part) -> Text:
        """The parts as one text."""
        made = Text(no_wrap=True, end="")
        for part in parts:
            content, name = part if isinstance(part, tuple) else (part, "plain")
            made.append(self.encoding.fit(visible(content)), self.styles[name])
        return made

    def cells(self, content: str) -> int:
        """How many columns a text takes."""
        return cell_len(self.encoding.fit(visible(content)))

    def write(
        self, *parts: Part, indent: int = 0, lead: Part | list[Part] = "", hang: int = 0
    ) -> None:
        """A paragraph, wrapped at words; `lead` stands before it in a column `hang` wide.

        Lines after the first begin below the text, not below the lead; without a lead they are
        indented by `hang`.
        """
        first = self.text(*(lead if isinstance(lead, list) else [lead]))
        column = max(cell_len(first.plain), hang)
        first.append(" " * (column - cell_len(first.plain)) if first.plain else "")
        for line in self._wrapped(self.text(*parts), self.width - indent - column):
            self._print(Text(" " * indent), first, line)
            first = Text(" " * column)

    def whole(self, *parts: Part, indent: int = 0) -> None:
        """A line that is never broken: to be copied, or searched for."""
        self._print(Text(" " * indent), self.text(*parts))

    def listed(self, lead: list[Part], *parts: Part, indent: int = 2) -> None:
        """An entry of a list: beside its lead, or where that leaves no room, below it.

        Into a pipe it is one line, whole, so that it can be searched for.
        """
        if not self.console.is_terminal:
            self.whole(*lead, *parts, indent=indent)
            return
        if self.width - indent - cell_len(self.text(*lead).plain) >= ROOM:
            self.write(*parts, indent=indent, lead=lead)
            return
        self.whole(*lead, indent=indent)
        self.write(*parts, indent=indent + 4)

    def line(self, text: Text) -> None:
        """A line that is laid out already."""
        self._print(text)

    def blank(self) -> None:
        """An empty line."""
        self._print()

    def padded(self, content: str, cells: int) -> str:
        """The text with spaces after it, up to so many columns."""
        return content + " " * (cells - self.cells(content))

    def cut(self, content: str, cells: int) -> str:
        """The text, cut with … where it is longer than so many columns."""
        shown = self.encoding.fit(visible(content))
        if cell_len(shown) <= cells:
            return shown
        mark = self.encoding.fit("…")
        return set_cell_size(shown, max(cells - cell_len(mark), 0)).rstrip() + mark

    def _wrapped(self, text: Text, width: int) -> Iterator[Text]:
        yield from text.wrap(self.console, max(width, 10), overflow="fold", no_wrap=False)

    def _print(self, *texts: Text) -> None:
        line = Text(no_wrap=True)
        for text in texts:
            line.append_text(text)
        line.rstrip()
        self.console.print(line, soft_wrap=True)


def _styles(console: Console) -> Mapping[str, Style]:
    few = console.color_system in ("standard", "windows")
    return FEW_COLORS if few else MANY_COLORS


def joined(parts: Iterable[Iterable[Part]], separator: str = " · ") -> list[Part]:
    """Groups of parts with a separator between them."""
    found: list[Part] = []
    for group in parts:
        if found:
            found.append((separator, "faint"))
        found.extend(group)
    return found
