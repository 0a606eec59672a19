"""What the pictures show, as tables: for those who cannot see them, and for formats without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.figures.report.exposure import STATES, ReviewState, Spread
from stackaudit.figures.report.lineage import Stop, Way
from stackaudit.figures.report.matrix import Cell as MatrixCell
from stackaudit.figures.report.overlap import Row
from stackaudit.figures.report.quadrant import Dot
from stackaudit.figures.report.renewals import Renewal
from stackaudit.figures.report.silos import LoneTool
from stackaudit.figures.report.spend import Tile
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.outputs.report.tables.inventory import cost_cell
from stackaudit.outputs.report.tables.model import (
    Amount,
    Cell,
    Column,
    Field,
    Pages,
    Share,
    Table,
    table,
)


def matrix(pages: Pages) -> Table:
    """Who sends to whom; by capability where there are too many tools."""
    heads = pages.book.matrix.heads
    names = [each.name or pages.word("lane_map.no_capability") for each in heads]
    datasets = {row.dataset.id: row.dataset.name for row in pages.book.inventory.datasets}

    def data(cell: MatrixCell, _: Pages) -> Cell:
        return ", ".join(datasets.get(each, each) for each in cell.data)

    def how(cell: MatrixCell, p: Pages) -> Cell:
        return None if cell.style is None else p.language.style(cell.style)

    def missing(cell: MatrixCell, p: Pages) -> Cell:
        if not cell.missing:
            return None
        return ", ".join(map(str, cell.numbers)) or p.word("matrix.missing")

    fields: tuple[Field[MatrixCell], ...] = (
        Field("from", "text", 26, lambda cell, _: names[cell.row]),
        Field("to", "text", 26, lambda cell, _: names[cell.column]),
        Field("flows", "number", 8, lambda cell, _: len(cell.flows)),
        Field("data", "text", 26, data),
        Field("method", "text", 18, how),
        Field("missing", "text", 10, missing),
    )
    return table("matrix", "", fields, pages.book.matrix.cells, pages)


def lone(pages: Pages) -> Table:
    """The tools that stand alone."""
    found, title = pages.book.silos.lone, pages.word("silos.lone")
    return table("lone", title, _LONE, found, pages)


def _sure(each: LoneTool, pages: Pages) -> Cell:
    return pages.word("silos.sure" if each.sure else "silos.unsure")


_LONE: Final[tuple[Field[LoneTool], ...]] = (
    Field("tool", "text", 26, lambda each, _: each.tool.name),
    Field("data", "text", 30, lambda each, p: p.names(each.data)),
    Field("sensitivity", "text", 20, lambda each, p: p.language.sensitivity(each.sensitivity)),
    Field("certain", "text", 26, _sure),
)


def stops(way: Way, pages: Pages) -> Table:
    """The tools that one dataset reaches."""
    names = {stop.tool.id: stop.tool.name for stop in way.stops}

    def previous(stop: Stop, p: Pages) -> Cell:
        if stop.previous is None:
            return p.word("lineage.enters")
        return names.get(stop.previous, stop.previous)

    fields: tuple[Field[Stop], ...] = (
        Field("tool", "text", 26, lambda stop, _: stop.tool.name),
        Field("from", "text", 26, previous),
        Field("through", "text", 18, lambda stop, _: stop.through.name if stop.through else None),
        Field("method", "text", 18, _method),
        Field("late", "text", 18, _late),
        Field("personal", "text", 10, lambda stop, p: p.language.flag(stop.personal)),
        Field("erases", "text", 10, lambda stop, p: p.language.flag(stop.erases)),
    )
    return table(f"lineage/{way.dataset.id}", "", fields, way.stops, pages)


def _method(stop: Stop, pages: Pages) -> Cell:
    return None if stop.flow is None else pages.language.stated("method", stop.method)


def _late(stop: Stop, pages: Pages) -> Cell:
    language, least, most = pages.language, stop.late_least, stop.late_most
    if least is None or not stop.depth:
        return None
    if most is None:
        shown = language.word("lineage.late_least", value=language.length(least))
        return shown if least else pages.word("unknown")
    if least == most:
        exactly = language.word("lineage.late_exactly", value=language.length(most))
        return exactly if most else pages.word("lineage.in_step")
    values = {"least": language.length(least), "most": language.length(most)}
    return language.word("lineage.late", **values)


def overlap(pages: Pages) -> Table:
    """The capabilities that several tools provide."""
    return table("overlap", "", _OVERLAP, pages.book.overlap.rows, pages)


def _providers(row: Row, role: str, pages: Pages) -> str:
    return pages.names(each.tool for each in row.providers if each.role == role)


_OVERLAP: Final[tuple[Field[Row], ...]] = (
    Field("capability", "text", 24, lambda row, _: row.capability.name),
    Field("mainly", "text", 36, lambda row, p: _providers(row, "main", p)),
    Field("also", "text", 36, lambda row, p: _providers(row, "also", p)),
    Field("crowded", "text", 10, lambda row, p: p.language.flag(row.crowded)),
    Field("cost", "money", 12, lambda row, p: p.total(row.cost)),
    Field("saves", "money", 12, lambda row, p: p.total(row.saves)),
    Field("findings", "text", 12, lambda row, p: p.numbers(row.findings)),
)


def spend(pages: Pages) -> Table:
    """The contracts with a known cost, the dearest first."""
    return table("spend", "", _SPEND, pages.book.spend.tiles, pages)


def _use(tile: Tile, pages: Pages) -> Cell:
    return pages.word("unknown") if tile.use is None else Share(tile.use)


_SPEND: Final[tuple[Field[Tile], ...]] = (
    Field("contract", "text", 28, lambda tile, _: tile.contract.name),
    Field("tools", "text", 36, lambda tile, p: p.names(tile.tools)),
    Field("cost", "money", 12, lambda tile, _: Amount(tile.cost)),
    Field("share", "share", 9, lambda tile, _: Share(tile.share)),
    Field("use", "share", 9, _use),
)


def quadrant(pages: Pages) -> Table:
    """The tools by fit."""
    return table("quadrant", "", _QUADRANT, pages.book.quadrant.dots, pages)


def _decided(dot: Dot, pages: Pages) -> Cell:
    if dot.decided is None:
        return None
    shown = pages.language.quarter(dot.decided)
    return shown if dot.agrees else f"{shown} ({pages.word('quadrant.disagrees')})"


_QUADRANT: Final[tuple[Field[Dot], ...]] = (
    Field("quarter", "text", 14, lambda dot, p: p.language.quarter(dot.quarter)),
    Field("tool", "text", 28, lambda dot, _: dot.tool.name),
    Field("fit_business", "number", 10, lambda dot, _: dot.business),
    Field("fit_technical", "number", 10, lambda dot, _: dot.technical),
    Field("decided", "text", 28, _decided),
    Field("cost", "money", 12, lambda dot, p: cost_cell(dot.cost, p)),
)


def renewals(pages: Pages) -> Table:
    """What renews within a year, by the day on which something has to be decided."""
    return table("renewals", "", _RENEWALS, pages.book.renewals.soon, pages)


def _notice(each: Renewal, pages: Pages) -> Cell:
    if each.deadline is None:
        return pages.word("unknown")
    if each.days_left is not None and each.days_left < 0:
        shown = pages.language.short_date(each.deadline)
        return f"{shown} ({pages.word('renewals.passed')})"
    return each.deadline


def _cost(each: Renewal, pages: Pages) -> Cell:
    return pages.word("unknown") if each.cost is None else Amount(each.cost)


_RENEWALS: Final[tuple[Field[Renewal], ...]] = (
    Field("contract", "text", 28, lambda each, _: each.contract.name),
    Field("deadline", "day", 16, _notice),
    Field("renews", "day", 12, lambda each, _: each.renews),
    Field("auto_renew", "text", 10, lambda each, p: p.language.flag(each.auto_renew)),
    Field("cost", "money", 12, _cost),
    Field("findings", "text", 12, lambda each, p: p.numbers(each.findings)),
)


def exposure(pages: Pages) -> Table:
    """Review state × sensitivity: how many tools, and which."""
    language, found = pages.language, pages.book.exposure
    shown = [each for each in SENSITIVITIES if any(found.square(state, each) for state in STATES)]
    columns = (
        Column("review", pages.word("column.review"), "text", 16),
        *(Column(each, language.sensitivity(each), "text", 28) for each in shown),
    )

    def row(state: ReviewState) -> Iterator[Cell]:
        yield language.review(state)
        for each in shown:
            yield pages.names(found.square(state, each)) or None

    there = [state for state in STATES if any(found.square(state, each) for each in shown)]
    rows = tuple(tuple(row(state)) for state in there)
    return Table("exposure", language.word("exposure.grid"), columns, rows)


def spreads(pages: Pages) -> Table:
    """The tools whose breach would give away the data of others."""
    title = pages.word("exposure.paths")
    return table("spreads", title, _SPREADS, pages.book.exposure.top, pages)


def _tools(each: Spread, pages: Pages) -> Cell:
    number = pages.language.number(len(each.exposes))
    return number if each.complete else pages.language.word("at_least", value=number)


_SPREADS: Final[tuple[Field[Spread], ...]] = (
    Field("tool", "text", 26, lambda each, _: each.tool.name),
    Field("review", "text", 14, lambda each, p: p.language.review(each.state)),
    Field("exposed", "text", 14, _tools),
    Field("data", "text", 30, lambda each, p: p.names(each.data)),
    Field("path", "text", 40, lambda each, _: " → ".join(item.name for item in each.path)),
)
