"""Writing one record (a review) into its section: new in its place, or over the one that is there.

Everything else stays byte for byte. A new record stands where its name belongs among the others,
so that two branches that each add one rarely touch the same lines.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stackaudit.inventory.edit import spans as shapes
from stackaudit.inventory.edit.entry_layout import Entry, Layout, comments_in
from stackaudit.inventory.edit.render import inline, scalar
from stackaudit.inventory.edit.spans import Span, spans
from stackaudit.inventory.edit.splice import BOM, Patch, applied, edited, line_end, newline_of
from stackaudit.inventory.reader import read_document


def recorded(
    text: str,
    section: str,
    name: str,
    entry: Entry,
    *,
    keys: Sequence[str],
    order: Sequence[str] = (),
    file: str = "<text>",
) -> str:
    """The text with the entry under `name` in the section.

    An entry that is there keeps its other keys; of `keys`, which the record is made of, it has
    those of `entry` afterwards and no others. `order` are names in the order in which the entries
    may stand if they do not stand in that of the alphabet. Raises InventoryError if the text is
    not YAML; a result that says something else is a bug and raises AssertionError.
    """
    bom, body = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    root = spans(body, file)
    if not isinstance(root, shapes.Mapping) or root.flow or section not in root.entries:
        result = edited(text, {section: {name: entry}}, file)
    else:
        writer = _Recorder(body, newline_of(body), section, keys, order)
        result = bom + applied(body, list(writer.patches(root, name, entry)))
    _check(text, result, section, name, entry, keys, file)
    return result


class _Recorder:
    """Finds the patches that write one record."""

    def __init__(
        self, text: str, newline: str, section: str, keys: Sequence[str], order: Sequence[str]
    ) -> None:
        self.text = text
        self.newline = newline
        self.section = section
        self.keys = keys
        self.order = order

    def patches(self, root: shapes.Mapping, name: str, entry: Entry) -> Iterator[Patch]:
        """The patches that write the record into the section, which is there."""
        key, section = root.entries[self.section]
        if not isinstance(section, shapes.Mapping) or not section.entries:
            yield from self._first(key, section, root.column, name, entry)
        elif name in section.entries:
            yield from self._over(section, name, entry)
        elif section.flow:
            yield self._into_braces(section, name, entry)
        else:
            yield self._into_lines(section, name, entry)

    # A new record

    def _first(
        self, key: shapes.Scalar, section: Span, column: int, name: str, entry: Entry
    ) -> Iterator[Patch]:
        """Into a section that has none yet: `reviews:`, `reviews: ~`, `reviews: {}`."""
        colon = self.text.index(":", key.end) + 1
        if section.end > section.start:
            yield Patch(colon, section.end, "")
        at = line_end(self.text, max(colon, section.end if section.end > section.start else colon))
        yield Patch(at, at, self._lines(Layout(column + 2).lines(name, entry), at))

    def _into_lines(self, section: shapes.Mapping, name: str, entry: Entry) -> Patch:
        before, after = self._neighbours(section, name)
        if before is not None:
            at = self._past_comments(line_end(self.text, before.end), section.column)
        else:
            assert after is not None
            at = self._above_comments(self._line_start(after.start))
        return Patch(at, at, self._lines(Layout.of(section).lines(name, entry), at))

    def _into_braces(self, section: shapes.Mapping, name: str, entry: Entry) -> Patch:
        before, after = self._neighbours(section, name)
        text = f"{scalar(name)}: {inline(entry)}"
        if before is not None:
            return Patch(before.end, before.end, f", {text}")
        assert after is not None
        return Patch(after.start, after.start, f"{text}, ")

    def _neighbours(
        self, section: shapes.Mapping, name: str
    ) -> tuple[Span | None, shapes.Scalar | None]:
        """The value of the entry after which the new one belongs; or the first key, if none."""
        names = list(section.entries)
        at = self._place(names, name)
        if at:
            return section.entries[names[at - 1]][1], None
        return None, section.entries[names[0]][0]

    def _place(self, names: list[str], name: str) -> int:
        """After how many entries a new one belongs.

        In the order of the alphabet or the other order, if the entries are in it; else after the
        last in the alphabet of those before it, so that different names get different places.
        """
        if names == sorted(names):
            return bisect(names, name)
        ranks = {each: rank for rank, each in enumerate(self.order)}
        if name in ranks and all(each in ranks for each in names):
            placed = [ranks[each] for each in names]
            if placed == sorted(placed):
                return bisect(placed, ranks[name])
        earlier = max((each for each in names if each < name), default=None)
        return 0 if earlier is None else names.index(earlier) + 1

    def _past_comments(self, at: int, column: int) -> int:
        """Past the comment lines that are indented like the inside of the entry before."""
        while at < len(self.text):
            end = line_end(self.text, at + 1)
            line = self.text[at:end]
            inside = len(line) - len(line.lstrip(" ")) > column
            if not (inside and line.lstrip(" ").startswith("#")):
                break
            at = end
        return at

    def _above_comments(self, at: int) -> int:
        """Above the comment lines that stand right over a line."""
        while at > 0:
            start = self._line_start(at - 1)
            if not self.text[start:at].lstrip(" ").startswith("#"):
                break
            at = start
        return at

    def _line_start(self, at: int) -> int:
        while at > 0 and self.text[at - 1] not in "\r\n":
            at -= 1
        return at

    def _lines(self, lines: Sequence[str], at: int) -> str:
        starts = at == 0 or self.text[at - 1] in "\r\n"
        return ("" if starts else self.newline) + "".join(line + self.newline for line in lines)

    # Over a record that is there

    def _over(self, section: shapes.Mapping, name: str, entry: Entry) -> Iterator[Patch]:
        key, span = section.entries[name]
        if isinstance(span, shapes.Mapping) and not span.flow and not section.flow:
            yield from self._key_by_key(section, span, entry)
            return
        whole = {**self._kept(span), **entry}
        if section.flow or not isinstance(span, shapes.Mapping):
            yield Patch(span.start, span.end, inline(whole))
            return
        yield from self._unfolded(section, key, span, whole)

    def _kept(self, span: Span) -> dict[str, Any]:
        """What an entry says beside the keys of the record: notes, people's own keys."""
        if not isinstance(span, shapes.Mapping):
            return {}
        entries = span.entries.items()
        return {key: plain(value) for key, (_, value) in entries if key not in self.keys}

    def _unfolded(
        self, section: shapes.Mapping, key: shapes.Scalar, span: shapes.Mapping, entry: Entry
    ) -> Iterator[Patch]:
        """Over an entry in braces: in braces again, or as lines with the comments from inside."""
        layout = Layout.of(section)
        comments = comments_in(self.text, span)
        lines = layout.lines(key.text, entry)
        if len(lines) == 1 and not comments:
            yield Patch(span.start, span.end, inline(entry))
            return
        colon = self.text.index(":", key.end) + 1
        indent = " " * (layout.column + layout.step)
        inner = [*(f"{indent}{each}" for each in comments), *layout.inner(entry)]
        at = line_end(self.text, span.end)
        yield Patch(colon, span.end, "")
        yield Patch(at, at, self._lines(inner, at))

    def _key_by_key(
        self, section: shapes.Mapping, span: shapes.Mapping, entry: Entry
    ) -> Iterator[Patch]:
        """Over an entry in lines of its own; the keys that stay the same are left alone."""
        layout = Layout(section.column, span.column - section.column)
        for key, (start, value) in span.entries.items():
            if key not in self.keys or (key in entry and plain(value) == entry[key]):
                continue
            yield from self._changed(layout, start, value, entry.get(key), span.column)
        new = {key: value for key, value in entry.items() if key not in span.entries}
        if new:
            at = line_end(self.text, span.end)
            yield Patch(at, at, self._lines(layout.inner(new), at))

    def _changed(
        self, layout: Layout, key: shapes.Scalar, value: Span, new: Any, column: int
    ) -> Iterator[Patch]:
        """One key changed, or taken out with its line."""
        start, end = self._line_start(key.start), line_end(self.text, value.end)
        if new is None:
            yield Patch(start, end, "")
            return
        lines = layout.key(key.text, new, column)
        if self._on_one_line(value) and len(lines) == 1 and value.end > value.start:
            yield Patch(value.start, value.end, inline(new))
            return
        indent = " " * (column + layout.step)
        comments = [f"{indent}{each}" for each in comments_in(self.text, value)]
        head, *rest = lines
        yield Patch(start, end, self._lines([head, *comments, *rest] if rest else lines, start))

    def _on_one_line(self, value: Span) -> bool:
        text = self.text[value.start : value.end]
        return "\n" not in text and "\r" not in text


def plain(span: Span) -> Any:
    """What a span says, as texts, lists and mappings."""
    if isinstance(span, shapes.Scalar):
        return span.text
    if isinstance(span, shapes.Mapping):
        return {key: plain(value) for key, (_, value) in span.entries.items()}
    return [plain(item) for item in span.items]


def _check(
    before: str, after: str, section: str, name: str, entry: Entry, keys: Sequence[str], file: str
) -> None:
    """The record must say what was asked for, and the rest of the file what it said before."""
    document = read_document(after.encode("utf-8"), file)
    assert not document.problems, f"writing made an invalid file: {document.problems[0]}"
    root: Any = document.root
    found = root[section][name]
    said = {key: value for key, value in found.items() if key in keys}
    assert _texts(said) == _texts(entry), "the record does not say what was asked for"
    was: Any = read_document(before.encode("utf-8"), file).root or {}
    same = _texts(_without(root, section, name)) == _texts(_without(was, section, name))
    assert same, "more has changed"


def _texts(value: Any) -> Any:
    """A value in plain containers, for comparing.

    Without line ends at its end: those of a text in a block hang on whether its last line, at the
    end of a file, has one, and it has when a line comes after it.
    """
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {key: _texts(each) for key, each in value.items()}
    return value.rstrip("\n") if isinstance(value, str) else [_texts(each) for each in value]


def _without(root: Any, section: str, name: str) -> dict[str, Any]:
    if not isinstance(root, Mapping):
        return {}
    here = root.get(section)
    entries = here if isinstance(here, Mapping) else {}
    rest = {key: value for key, value in entries.items() if key != name}
    others = {key: value for key, value in root.items() if key != section}
    return {**others, **({section: rest} if rest else {})}


__all__ = ["recorded"]
