"""The chapters of a book as blocks, for pages that are read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from stackaudit.figures.report.decisions import Decision
from stackaudit.figures.report.lineage import Way
from stackaudit.figures.report.parts import ChapterId, Item
from stackaudit.figures.report.silos import Component
from stackaudit.outputs.report.tables import (
    deciding,
    findings,
    inventory,
    pictures,
    register,
    summary,
    then,
)
from stackaudit.outputs.report.tables.blocks import (
    Block,
    Bullets,
    Chapter,
    Grid,
    Heading,
    Picture,
    Text,
)
from stackaudit.outputs.report.tables.model import Pages, Table


def chapters(pages: Pages) -> Iterator[Chapter]:
    """The chapters that the book shows, in their order."""
    language = pages.language
    for id_ in pages.book.chapters:
        why = pages.book.empty(id_)
        empty = None if why is None else language.reason(why)
        blocks = tuple(_CHAPTERS[id_](pages))
        yield Chapter(id_, language.chapter(id_), language.about(id_), blocks, empty)


def _grid(table: Table, title: str = "") -> Iterator[Block]:
    """A table of the columns that have something in them, with a heading; none without rows."""
    if table.rows:
        if title:
            yield Heading(title)
        yield Grid(table.filled())


def _named(pages: Pages, *groups: tuple[str, Iterable[Item]]) -> Iterator[Block]:
    """Things that stand beside a picture: `Without a stated fit: a, b`."""
    entries = tuple(Text(pages.names(each), pages.word(key)) for key, each in groups if each)
    if entries:
        yield Bullets(entries)


def _kpis(pages: Pages) -> Iterator[Block]:
    yield Grid(summary.figures(pages))
    yield from _grid(summary.severities(pages), pages.word("sheet.severities"))


def _decisions(pages: Pages) -> Iterator[Block]:
    found, language = pages.book.decisions, pages.language
    yield from _grid(
        deciding.decisions(pages).only(
            "number", "severity", "subject", "title", "saves", "effort", "lead"
        )
    )
    for each in found.first:
        yield from _decision(each, pages)
    if found.others:
        yield Text(language.count("decision.others", found.others))


def _decision(each: Decision, pages: Pages) -> Iterator[Block]:
    word = pages.word
    about = "" if each.about == "rule" else f"{each.subject.name}: "
    yield Heading(f"{each.number}. {about}{each.title}")
    yield Text(each.message)
    entries = [
        Text(each.fix, word("finding.fix")),
        Text(each.ask_it, word("finding.ask_it")),
        Text(each.ask_marketing, word("finding.ask_marketing")),
    ]
    if each.owners.business:
        entries.append(Text(", ".join(each.owners.business), word("decision.business")))
    if each.owners.technical:
        entries.append(Text(", ".join(each.owners.technical), word("decision.technical")))
    entries.append(Text(pages.tools(each.tools), word("column.tools")))
    entries.append(Text(pages.numbers(each.findings), word("column.findings")))
    yield Bullets(tuple(each for each in entries if each.text))


def _lanes(pages: Pages) -> Iterator[Block]:
    found = pages.book.lanes
    if found.empty is not None:
        return
    yield Picture("lanes", pages.word("lane_map.title"))
    if found.map.bundled:
        yield Text(pages.word("lane_map.bundled"))
    if found.no_links is not None:
        yield Text(pages.language.reason(found.no_links))
    yield from _grid(findings.missing(pages), pages.word("lane_map.gaps"))


def _matrix(pages: Pages) -> Iterator[Block]:
    if pages.book.matrix.empty is None:
        yield Picture("matrix", pages.language.chapter("matrix"))
        if pages.book.matrix.by == "capabilities":
            yield Text(pages.word("matrix.by_capabilities"))
        yield from _grid(pictures.matrix(pages))


def _silos(pages: Pages) -> Iterator[Block]:
    found = pages.book.silos
    for each in found.components:
        yield Heading(pages.language.count("silos.group", len(each.tools)))
        yield Bullets(tuple(_component(each, pages)))
    yield from _grid(pictures.lone(pages), pages.word("silos.lone"))


def _component(each: Component, pages: Pages) -> Iterator[Text]:
    yield Text(pages.names(each.tools), pages.word("column.tools"))
    yield Text(pages.names(each.data) or pages.word("unknown"), pages.word("column.data"))
    if each.records:
        yield Text(pages.names(each.records), pages.word("silos.records"))
    if each.island:
        yield Text(pages.word("silos.island"))


def _lineage(pages: Pages) -> Iterator[Block]:
    found = pages.book.lineage
    for way in found.ways:
        yield from _way(way, pages)
    yield from _named(pages, ("lineage.unclassified", found.unclassified))
    if found.ways and found.no_flows is not None:
        yield Text(pages.language.reason(found.no_flows))


def _way(way: Way, pages: Pages) -> Iterator[Block]:
    word = pages.word
    yield Heading(way.dataset.name)
    record = "lineage.no_record" if way.record_stated else "lineage.record_unknown"
    entries = [
        Text(pages.language.sensitivity(way.sensitivity), word("column.sensitivity")),
        Text(way.record.name if way.record else word(record), word("lineage.record")),
    ]
    for key, items in (("entries", way.entries), ("ends", way.ends), ("apart", way.apart)):
        if items:
            entries.append(Text(pages.tools(items), word(f"lineage.{key}")))
    if not way.complete:
        entries.append(Text(word("lineage.incomplete")))
    yield Bullets(tuple(entries))
    if any(stop.previous for stop in way.stops):
        title = f"{pages.language.chapter('lineage')}: {way.dataset.name}"
        yield Picture(f"lineage/{way.dataset.id}", title)
        yield from _grid(pictures.stops(way, pages))


def _overlap(pages: Pages) -> Iterator[Block]:
    found = pages.book.overlap
    if found.rows:
        yield Picture("overlap", pages.language.chapter("overlap"))
        yield from _grid(pictures.overlap(pages))
    if found.single:
        yield Text(pages.language.count("overlap.single", found.single))
    yield from _named(pages, ("overlap.unplaced", found.unplaced))


def _spend(pages: Pages) -> Iterator[Block]:
    found, language = pages.book.spend, pages.language
    if found.tiles:
        yield Picture("spend", language.chapter("spend"))
    if found.budget is not None:
        label = language.word("spend.budget", year=found.year or "")
        yield Text(language.money(found.budget, pages.book.currency), label.strip())
    yield from _grid(pictures.spend(pages))
    yield from _named(
        pages,
        ("spend.unpriced", found.unpriced),
        ("spend.unstated", found.unstated),
        ("spend.free", found.free),
    )


def _quadrant(pages: Pages) -> Iterator[Block]:
    if pages.book.quadrant.dots:
        yield Picture("quadrant", pages.language.chapter("quadrant"))
        yield from _grid(pictures.quadrant(pages))
    yield from _named(pages, ("quadrant.unstated", pages.book.quadrant.unstated))


def _renewals(pages: Pages) -> Iterator[Block]:
    found = pages.book.renewals
    if found.soon:
        yield Picture("renewals", pages.language.chapter("renewals"))
        yield from _grid(pictures.renewals(pages))
    yield from _named(
        pages,
        ("renewals.past", found.past),
        ("renewals.unstated", found.unstated),
        ("renewals.later", found.later),
    )


def _exposure(pages: Pages) -> Iterator[Block]:
    found = pages.book.exposure
    if found.squares:
        yield Picture("exposure", pages.word("exposure.grid"))
        yield from _grid(pictures.exposure(pages))
    yield from _grid(pictures.spreads(pages), pages.word("exposure.paths"))


def _roadmap(pages: Pages) -> Iterator[Block]:
    table = deciding.roadmap(pages)
    yield from _grid(
        table.only(
            "horizon", "step", "subject", "when", "severity", "saves", "effort",
            "business_owner", "technical_owner", "findings",
        )
    )  # fmt: skip


def _questions(pages: Pages) -> Iterator[Block]:
    table = deciding.questions(pages)
    yield from _grid(table.only("number", "subject", "question", "ask", "hint", "checks"))


def _inventory(pages: Pages) -> Iterator[Block]:
    book = pages.book.inventory
    yield from _grid(
        inventory.tools(pages).without("lane", "users", "data", "id"), pages.word("sheet.tools")
    )
    for table, why in (
        (inventory.flows(pages).without("id", "through", "protect"), book.no_flows),
        (inventory.contracts(pages).without("id", "metric"), book.no_contracts),
        (inventory.datasets(pages).without("id"), book.no_datasets),
    ):
        yield Heading(table.title)
        yield Grid(table) if table.rows else Text(pages.reason(why) or "")


def _limits(pages: Pages) -> Iterator[Block]:
    yield from _grid(summary.basis(pages), pages.word("sheet.basis"))
    undecided = {each.rule for each in pages.book.limits.undecided}
    rules = summary.rules(pages)
    short = rules.only("title", "category", "severity", "checks", "found", "open")
    yield from _grid(short.first(len(undecided)), pages.word("limits.undecided"))
    used = rules.only("rule", "since", "digest")
    yield from _grid(used, pages.word("limits.rules"))


_CHAPTERS: Final[Mapping[ChapterId, Callable[[Pages], Iterator[Block]]]] = MappingProxyType(
    {
        "kpis": _kpis,
        "changes": then.blocks,
        "decisions": _decisions,
        "lanes": _lanes,
        "matrix": _matrix,
        "silos": _silos,
        "lineage": _lineage,
        "overlap": _overlap,
        "spend": _spend,
        "quadrant": _quadrant,
        "renewals": _renewals,
        "exposure": _exposure,
        "roadmap": _roadmap,
        "register": register.blocks,
        "questions": _questions,
        "inventory": _inventory,
        "limits": _limits,
    }
)
