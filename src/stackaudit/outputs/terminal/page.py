"""Lays text out in lines: wrapped at words, with hanging indents, safe for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Self, TypeAlias

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

AT_ONCE: Final = 64
"""Lines that are printed together: each call of the console has a price of its own."""

ROOM: Final = 28
"""The least room for a paragraph beside what leads it."""


class Page:
    """Writes to a console, line by line.

    Whatever it is given is text, never markup: control characters are shown, characters that the
    stream cannot write are replaced, both before anything is measured. Used in a `with`: what is
    written is on the console when that ends.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self.encoding = Encoding(console.encoding)
        self.styles = _styles(console)
        self.width = min(console.width, LONGEST_LINE)
        self._lines: list[Text] = []

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
        if first.plain:
            first.append(" " * (column - cell_len(first.plain)))
        room = self.width - indent
        for line in self._wrapped(self.text(*parts), room - column, room - cell_len(first.plain)):
            self._print(Text(" " * indent), first, line)
            first = Text(" " * column)

    def whole(self, *parts: Part, indent: int = 0) -> None:
        """A line that is never broken: to be copied, or searched for."""
        self._print(Text(" " * indent), self.text(*parts))

    def flow(
        self,
        groups: Iterable[Iterable[Part]],
        *,
        indent: int = 0,
        lead: list[Part] | None = None,
        hang: int = 0,
    ) -> None:
        """Groups with a · between them, as many on a line as fit, broken only between them."""
        first = self.text(*(lead or []))
        column = max(cell_len(first.plain), hang)
        room = self.width - indent - column
        separator = self.text((" · ", "faint"))
        lines: list[Text] = []
        for group in groups:
            text = self.text(*group)
            if lines and lines[-1].cell_len + separator.cell_len + text.cell_len <= room:
                lines[-1] = Text.assemble(lines[-1], separator, text)
            else:
                lines.extend(self._wrapped(text, room))
        first.append(" " * (column - cell_len(first.plain)))
        for line in lines:
            self._print(Text(" " * indent), first, line)
            first = Text(" " * column)

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

    def badge(self, word: str, style: str) -> list[Part]:
        """A word that stands out (on a ground of its own where there are colors) and a space."""
        if self.console.color_system is None or self.console.no_color:
            return [(word, "strong"), "  "]
        return [(f" {word} ", f"badge_{style}"), " "]

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

    def lines(self, content: str, cells: int) -> list[str]:
        """The content in lines of at most so many cells, broken at words."""
        return [each.plain.rstrip() for each in self._wrapped(self.text(content), cells)]

    def _wrapped(self, text: Text, width: int, first: int | None = None) -> list[Text]:
        """The text in lines of `width`, the first of which may have a width of its own."""
        if first is not None and first != width:
            begin = self._wrapped(text, first)[0]
            rest = text[len(begin.plain) :]
            return [begin, *(self._wrapped(_stripped(rest), width) if rest.plain.strip() else [])]
        if text.cell_len <= width:
            return [text]
        return list(text.wrap(self.console, max(width, 10), overflow="fold", no_wrap=False))

    def _print(self, *texts: Text) -> None:
        line = Text.assemble(*texts)
        line.rstrip()
        self._lines.append(line)
        if len(self._lines) >= AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._lines:
            self.console.print(Text("\n", no_wrap=True).join(self._lines), soft_wrap=True)
            self._lines.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()


def _stripped(text: Text) -> Text:
    """The text without spaces at its beginning."""
    return text[len(text.plain) - len(text.plain.lstrip()) :]


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
