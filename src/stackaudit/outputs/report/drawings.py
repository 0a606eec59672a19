"""The pictures of a report, each drawn from its chapter in the language and colors of the report.

All are SVG without scripts, styles or references, for pages and for print alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.model import Style
from stackaudit.figures.lanes.place import SCREEN, Sizes, placed
from stackaudit.figures.report.book import Book
from stackaudit.figures.report.exposure import STATES
from stackaudit.figures.report.lineage import Stop, Way
from stackaudit.figures.report.matrix import Cell
from stackaudit.figures.report.overlap import Provider, Row
from stackaudit.figures.report.quadrant import QUARTERS
from stackaudit.figures.report.renewals import Renewal
from stackaudit.figures.report.spend import Tile
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.svg import (
    exposure_grid,
    heat_map,
    lane_map,
    lineage,
    quadrant,
    timeline,
    treemap,
)
from stackaudit.outputs.svg.palette import LIGHT, SIGNS, Palette, Use
from stackaudit.rules.severity import Severity

MOST_COLUMNS: Final = 60
"""Above so many tools the picture of overlaps has squares without columns."""
MOST_GAPS: Final = 40
"""So many missing flows a map shows; all are listed below it."""
_DASHES: Final[Mapping[Style, str]] = {"by_hand": "5 3", "planned": "1.5 3", "broken": "8 3 2 3"}
_DOTS: Final = "1.5 3"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Every picture of a book, drawn when it is asked for."""

    book: Book
    language: Language
    palette: Palette = LIGHT

    def lanes(self, sizes: Sizes = SCREEN) -> str:
        """The lane map."""
        found = self.book.lanes.map
        if len(found.gaps) > MOST_GAPS:  # else nothing can be told apart
            found = replace(found, gaps=found.gaps[:MOST_GAPS])
        return lane_map.draw(placed(found, sizes), self.palette, self.language.lane_words())

    def matrix(self) -> str:
        """Who sends to whom."""
        return heat_map.draw(self.matrix_map(), self.palette)

    def matrix_map(self) -> heat_map.HeatMap:
        """The same before it is drawn."""
        found, language = self.book.matrix, self.language
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

    def _cell(self, cell: Cell, names: list[str]) -> heat_map.Square:
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
        language, cells = self.language, self.book.matrix.cells
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

    def overlap(self) -> str:
        """Capabilities × tools."""
        return heat_map.draw(self.overlap_map(), self.palette)

    def overlap_map(self) -> heat_map.HeatMap:
        """The same before it is drawn."""
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

    def spend(self) -> str:
        """The treemap."""
        language, currency = self.language, self.book.currency
        few, most = language.share(0.4), language.share(0.8)
        used = {use: language.word("spend.used", share=text) for use, text in (
            ("low", f"< {few}"), ("middle", f"{few}–{most}"), ("high", f"≥ {most}"),
        )}  # fmt: skip
        uses: Mapping[Use, str] = {
            "low": used["low"],
            "middle": used["middle"],
            "high": used["high"],
            "over": language.word("spend.over"),
            "unknown": language.word("spend.use_unknown"),
        }
        words = treemap.Words(
            language.chapter("spend"),
            language.about("spend"),
            uses,
            lambda amount: language.money(amount, currency),
            self.used,
        )
        return treemap.draw(self.book.spend, words, self.palette)

    def used(self, tile: Tile) -> str:
        """How much of a contract is used: 83 % used."""
        if tile.use is None:
            return ""
        return self.language.word("spend.used", share=self.language.share(tile.use))

    def quadrant(self, rows: tuple[int, int] = (quadrant.LEAST, quadrant.MOST)) -> str:
        """Tolerate, invest, migrate, eliminate."""
        language = self.language
        words = quadrant.Words(
            language.chapter("quadrant"),
            language.about("quadrant"),
            {each: language.quarter(each) for each in QUARTERS},
            language.word("quadrant.business"),
            language.word("quadrant.technical"),
            "1",
            "4",
            lambda number: language.count("more", number),
            lambda quarter: language.word("quadrant.decided", quarter=language.quarter(quarter)),
        )
        return quadrant.draw(self.book.quadrant, words, self.palette, rows)

    def renewals(self, row: float = timeline.ROW) -> str:
        """The time line."""
        language, currency = self.language, self.book.currency
        words = timeline.Words(
            title=language.chapter("renewals"),
            description=language.about("renewals"),
            month=language.month,
            says=self._renewal,
            money=lambda amount: language.money(amount, currency),
            passed=language.word("renewals.passed"),
            deadline=language.word("renewals.deadline"),
            renews=language.word("renewals.renews"),
            by_itself=language.word("column.auto_renew"),
            more=lambda number: language.count("more", number),
        )
        return timeline.draw(self.book.renewals, words, self.palette, row)

    def _renewal(self, each: Renewal) -> str:
        language = self.language
        renews = f"{language.word('renewals.renews')}: {language.date(each.renews)}"
        says = [each.contract.name, renews]
        if each.deadline is not None:
            says.append(f"{language.word('renewals.deadline')}: {language.date(each.deadline)}")
        if each.cost is not None:
            says.append(language.money(each.cost, self.book.currency))
        return "; ".join(says)

    def exposure(self) -> str:
        """Review state × sensitivity."""
        language = self.language
        words = exposure_grid.Words(
            language.word("exposure.grid"),
            language.about("exposure"),
            {each: language.review(each) for each in STATES},
            {each: language.sensitivity(each) for each in SENSITIVITIES},
            lambda number: language.count("more", number),
        )
        return exposure_grid.draw(self.book.exposure, words, self.palette)

    def lineage(self, way: Way) -> str:
        """The way of one dataset."""
        language = self.language
        words = lineage.Words(
            f"{language.chapter('lineage')}: {way.dataset.name}",
            language.about("lineage"),
            self._depth,
            self._late,
            self._stop,
            lambda number: language.count("more", number),
            language.word("lineage.record"),
        )
        return lineage.draw(way, words, self.palette)

    def _depth(self, depth: int) -> str:
        if not depth:
            return self.language.word("lineage.enters")
        return self.language.count("lineage.depth", depth)

    def _late(self, stop: Stop) -> str:
        language, least, most = self.language, stop.late_least, stop.late_most
        if least is None or not stop.depth:
            return ""
        if most is None:
            return (
                language.word("lineage.late_least", value=language.length(least)) if least else ""
            )
        if not most:
            return language.word("lineage.in_step")
        if least == most:
            return language.word("lineage.late_exactly", value=language.length(most))
        values = {"least": language.length(least), "most": language.length(most)}
        return language.word("lineage.late", **values)

    def _stop(self, stop: Stop) -> str:
        language = self.language
        says = [stop.tool.name, self._depth(stop.depth), self._late(stop)]
        if stop.method is not None:
            says.append(language.word(f"method.{stop.method}"))
        if stop.through is not None:
            says.append(language.word("lineage.through", tool=stop.through.name))
        personal = "personal" if stop.personal else "no_longer_personal"
        says.append(language.word(f"lineage.{personal}"))
        return "; ".join(each for each in says if each)
