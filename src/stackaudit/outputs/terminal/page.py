"""Lays text out in lines: wrapped at words, with hanging indents, safe for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Self, TypeAlias

from rich.cells import set_cell_size
from rich.console import Console
from rich.style import Style
from rich.text import Text

from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.terminal.glyphs import Encoding
from stackaudit.outputs.terminal.line import Line, blank, cells
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
        self.styled = console.color_system is not None
        self.width = min(console.width, LONGEST_LINE)
        self._lines: list[Line] = []

    def text(self, *parts: Part) -> Line:
        """The parts as one line; of one piece where no style would be seen."""
        named = (part if isinstance(part, tuple) else (part, "plain") for part in parts)
        runs = tuple((self._fit(content), name) for content, name in named if content)
        if not self.styled and len(runs) > 1:
            return Line((("".join(content for content, _ in runs), "plain"),))
        return Line(runs)

    def _fit(self, content: str) -> str:
        return self.encoding.fit(visible(content))

    def cells(self, content: str) -> int:
        """How many columns a text takes."""
        return cells(self._fit(content))

    def write(
        self, *parts: Part, indent: int = 0, lead: Part | list[Part] = "", hang: int = 0
    ) -> None:
        """A paragraph, wrapped at words; `lead` stands before it in a column `hang` wide.

        Lines after the first begin below the text, not below the lead; without a lead they are
        indented by `hang`.
        """
        first = self.text(*(lead if isinstance(lead, list) else [lead]))
        column = max(first.cells, hang)
        if first.runs:
            first += blank(column - first.cells)
        room = self.width - indent
        for line in _paragraph(self.text(*parts), room - first.cells, room - column):
            self._print(blank(indent), first, line)
            first = blank(column)

    def whole(self, *parts: Part, indent: int = 0) -> None:
        """A line that is never broken: to be copied, or searched for."""
        self._print(blank(indent), self.text(*parts))

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
        column = max(first.cells, hang)
        room = self.width - indent - column
        separator = self.text((" · ", "faint"))
        lines: list[Line] = []
        for group in groups:
            text = self.text(*group)
            if lines and lines[-1].cells + separator.cells + text.cells <= room:
                lines[-1] = lines[-1] + separator + text
            else:
                lines.extend(text.wrapped(room))
        first += blank(column - first.cells)
        for line in lines:
            self._print(blank(indent), first, line)
            first = blank(column)

    def listed(self, lead: list[Part], *parts: Part, indent: int = 2) -> None:
        """An entry of a list: beside its lead, or where that leaves no room, below it.

        Into a pipe it is one line, whole, so that it can be searched for.
        """
        if not self.console.is_terminal:
            self.whole(*lead, *parts, indent=indent)
            return
        if self.width - indent - self.text(*lead).cells >= ROOM:
            self.write(*parts, indent=indent, lead=lead)
            return
        self.whole(*lead, indent=indent)
        self.write(*parts, indent=indent + 4)

    def line(self, *pieces: Line) -> None:
        """A line that is laid out already."""
        self._print(*pieces)

    def blank(self) -> None:
        """An empty line."""
        self._print()

    def badge(self, word: str, style: str) -> list[Part]:
        """A word that stands out (on a ground of its own where there are colors) and a space."""
        if self.console.color_system is None or self.console.no_color:
            return [(word, "strong"), "  "]
        return [(f" {word} ", f"badge_{style}"), " "]

    def padded(self, content: str, width: int) -> str:
        """The text with spaces after it, up to so many columns."""
        return content + " " * (width - self.cells(content))

    def cut(self, content: str, width: int) -> str:
        """The text, cut with … where it is longer than so many columns."""
        shown = self._fit(content)
        if cells(shown) <= width:
            return shown
        mark = self._fit("…")
        return set_cell_size(shown, max(width - cells(mark), 0)).rstrip() + mark

    def lines(self, content: str, width: int) -> list[str]:
        """The content in lines of at most so many columns, broken at words."""
        return [each.plain.rstrip() for each in self.text(content).wrapped(width)]

    def _print(self, *pieces: Line) -> None:
        runs = tuple(run for piece in pieces for run in piece.runs)
        self._lines.append(Line(runs).ended())
        if len(self._lines) >= AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._lines:
            if self.styled:
                lines = (self._rich(each) for each in self._lines)
                self.console.print(Text("\n", no_wrap=True).join(lines), soft_wrap=True)
            else:  # nothing that the library would do to it
                self.console.file.write("".join(f"{each.plain}\n" for each in self._lines))
                self.console.file.flush()
            self._lines.clear()

    def _rich(self, line: Line) -> Text:
        made = Text(no_wrap=True, end="")
        for content, name in line.runs:
            made.append(content, self.styles[name])
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()


def _paragraph(text: Line, first: int, width: int) -> list[Line]:
    """The text in lines of `width`, the first of which has a width of its own."""
    begin, *more = text.wrapped(first)
    if not more or first == width:
        return [begin, *more]
    rest = text.part(len(begin.plain), len(text.plain)).stripped()
    return [begin, *(rest.wrapped(width) if rest.plain else [])]


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
