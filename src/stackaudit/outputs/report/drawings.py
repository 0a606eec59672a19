"""The pictures of a report, each drawn from its chapter in the language and colors of the report.

All are SVG without scripts, styles or references, for pages and for print alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.place import SCREEN, Sizes, placed
from stackaudit.figures.report.book import Book
from stackaudit.figures.report.exposure import STATES
from stackaudit.figures.report.lineage import Stop, Way
from stackaudit.figures.report.quadrant import QUARTERS
from stackaudit.figures.report.renewals import Renewal
from stackaudit.figures.report.spend import Tile
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.outputs.report.heat_maps import Matrix, Overlap
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
from stackaudit.outputs.svg.palette import LIGHT, Palette, Use

MOST_GAPS: Final = 40
"""So many missing flows a map shows; all are listed below it."""


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
        return Matrix(self.book.matrix, self.language, self.palette).whole()

    def overlap(self) -> str:
        """Capabilities × tools."""
        return heat_map.draw(self.overlap_map(), self.palette)

    def overlap_map(self) -> heat_map.HeatMap:
        """The same before it is drawn."""
        return Overlap(self.book, self.language, self.palette).whole()

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
