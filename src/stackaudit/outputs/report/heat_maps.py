"""The two heat maps of a report, in its language and colors, before they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.model import Style
from stackaudit.figures.report import matrix
from stackaudit.figures.report.book import Book
from stackaudit.figures.report.overlap import Provider, Row
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.svg import heat_map
from stackaudit.outputs.svg.palette import SIGNS, Palette
from stackaudit.rules.severity import Severity

MOST_COLUMNS: Final = 60
"""Above so many tools the picture of overlaps has squares without columns."""
_DASHES: Final[Mapping[Style, str]] = {"by_hand": "5 3", "planned": "1.5 3", "broken": "8 3 2 3"}
_DOTS: Final = "1.5 3"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who sends to whom."""

    found: matrix.Matrix
    language: Language
    palette: Palette

    def whole(self) -> heat_map.HeatMap:
        """All of it, before it is drawn."""
        found, language = self.found, self.language
        names = [each.name or language.word("lane_map.no_capability") for each in found.heads]
        tools = found.by == "tools"
        lines = [
            heat_map.Line(name, each.lane, tool=each.id if tools else "")
            for name, each in zip(names, found.heads, strict=True)
        ]
        squares = [self._cell(each, names) for each in found.cells]
        return heat_map.HeatMap(
            "matrix",
            language.chapter("matrix"),
            language.about("matrix"),
            lines,
            lines,
            squares,
            self._matrix_keys(),
            diagonal=tools,
        )

    def _cell(self, cell: matrix.Cell, names: list[str]) -> heat_map.Square:
        language = self.language
        says = [f"{names[cell.row]} → {names[cell.column]}"]
        if cell.flows:
            says.append(language.count("matrix.flows", len(cell.flows)))
            says.append(language.sensitivity(cell.sensitivity))
        if cell.style is not None:
            says.append(language.style(cell.style))
        if cell.missing:
            says.append(language.word("matrix.missing"))
        numbers = ",".join(map(str, cell.numbers))
        sign = numbers or "!" if cell.missing else SIGNS[cell.sensitivity]
        return self._square(
            (cell.row, cell.column),
            cell.sensitivity if cell.flows else None,
            cell.style,
            sign,
            "; ".join(says),
            missing=bool(cell.missing),
        )

    def _square(
        self,
        at: tuple[int, int],
        sensitivity: Sensitivity | None,
        style: Style | None,
        sign: str,
        says: str,
        *,
        missing: bool = False,
    ) -> heat_map.Square:
        """Full for a machine, an outline for anything else, dotted in red for what is missing."""
        palette = self.palette
        full = sensitivity is not None and style in ("machine", None)
        fill = palette.sensitivity[sensitivity] if full and sensitivity else ""
        edge = palette.gap if missing else ""
        dashes, edge_class = (_DOTS, "stroke-gap") if missing else ("", "")
        if not edge and not full and sensitivity is not None:
            edge, edge_class = palette.sensitivity[sensitivity], f"stroke-{sensitivity}"
            dashes = _DASHES.get(style or "machine", "")
        return heat_map.Square(
            *at, fill, f"fill-{sensitivity}" if full else "no-fill", sign, says,
            dashes, edge, edge_class, dark=full,
        )  # fmt: skip

    def _matrix_keys(self) -> list[heat_map.Key]:
        language, cells = self.language, self.found.cells
        there = {each.sensitivity for each in cells if each.flows}
        keys = [
            heat_map.Key(self._square((0, 0), each, "machine", SIGNS[each], ""),
                         language.sensitivity(each))
            for each in SENSITIVITIES
            if each in there
        ]  # fmt: skip
        keys += [
            heat_map.Key(self._square((0, 0), "personal", style, SIGNS["personal"], ""),
                         language.style(style))
            for style in _DASHES
            if any(each.style == style for each in cells)
        ]  # fmt: skip
        if any(each.missing for each in cells):
            square = self._square((0, 0), None, None, "1", "", missing=True)
            keys.append(heat_map.Key(square, language.word("lane_map.missing")))
        return keys


@dataclass(frozen=True, slots=True)
class Overlap:
    """Capabilities × tools."""

    book: Book
    language: Language
    palette: Palette

    def whole(self) -> heat_map.HeatMap:
        """All of it, before it is drawn."""
        found, language = self.book.overlap, self.language
        wide = len(found.tools) <= MOST_COLUMNS
        place = {each.id: number for number, each in enumerate(found.tools)}
        most = max((len(each.providers) for each in found.rows), default=0)
        columns = (
            [heat_map.Line(each.name, tool=each.id) for each in found.tools]
            if wide
            else [heat_map.Line("") for _ in range(min(most, MOST_COLUMNS))]
        )
        squares = [
            self._provider(row, number, provider, place[provider.tool.id] if wide else column)
            for number, row in enumerate(found.rows)
            for column, provider in enumerate(row.providers)
            if wide or column < MOST_COLUMNS
        ]
        return heat_map.HeatMap(
            "overlap",
            language.chapter("overlap"),
            language.about("overlap"),
            [self._capability(each) for each in found.rows],
            columns,
            squares,
            self._overlap_keys(),
        )

    def _capability(self, row: Row) -> heat_map.Line:
        total = self.language.total(row.cost, self.book.currency) if not row.cost.nothing else ""
        return heat_map.Line(row.capability.name, note=total, bold=row.crowded)

    def _provider(self, row: Row, number: int, provider: Provider, column: int) -> heat_map.Square:
        says = f"{provider.tool.name}: {row.capability.name}, "
        says += self.language.word(f"provides.{provider.role}")
        return self._role(provider.role, says, number, column, crowded=row.crowded)

    def _role(
        self, role: str, says: str, row: int, column: int, *, crowded: bool
    ) -> heat_map.Square:
        if role == "also":
            edge = self.palette.faint
            return heat_map.Square(row, column, "", "no-fill", "○", says, "", edge,
                                   "stroke-faint", dark=False)  # fmt: skip
        if crowded:
            fill = self.palette.severity[Severity.MEDIUM]
            return heat_map.Square(row, column, fill, "severity-medium", "●", says)
        return heat_map.Square(
            row, column, self.palette.sensitivity["none"], "fill-none", "●", says
        )

    def _overlap_keys(self) -> list[heat_map.Key]:
        word = self.language.word
        return [
            heat_map.Key(self._role("main", "", 0, 0, crowded=True),
                         f"{word('provides.main')} ({word('overlap.crowded')})"),
            heat_map.Key(self._role("main", "", 0, 0, crowded=False), word("provides.main")),
            heat_map.Key(self._role("also", "", 0, 0, crowded=False), word("provides.also")),
        ]  # fmt: skip
