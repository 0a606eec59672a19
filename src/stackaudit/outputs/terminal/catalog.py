"""What the catalog of products answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rich.console import Console

from stackaudit.catalog.taxonomy import Capability
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.table import Cell, Column, gap_of, width_of, write_table
from stackaudit.outputs.terminal.words import number

Row = Mapping[str, Any]


def report_products(rows: Sequence[Row], console: Console) -> None:
    """What a search found: id, name, vendor, what it is for."""
    columns = [Column("product"), Column("name", least=12), Column("vendor", least=10),
               Column("for", least=16)]  # fmt: skip
    with Page(console) as page:
        cells = [
            (
                (row["product"], "type"),
                row["name"],
                row["vendor"] or "",
                ", ".join(row["capabilities"]),
            )
            for row in rows
        ]
        if cells:
            write_table(page, columns, cells, indent=0, gap=gap_of(page))
        page.write((number(len(cells), "product"), "strong"))


def report_matches(rows: Sequence[Row], console: Console) -> None:
    """What each name means; a match that is not certain is put as a question."""
    columns = [Column("name", least=12), Column("product"), Column("called", least=12),
               Column("score", right=True), Column("", least=24)]  # fmt: skip
    with Page(console) as page:
        cells: list[list[Cell]] = [
            [
                row["name"],
                (row["product"] or "-", "type"),
                row["product_name"] or "",
                f"{row['score']:.2f}",
                "certain"
                if row["certain"]
                else _asked(row["others"])
                if row["product"]
                else "nothing fits",
            ]
            for row in rows
        ]
        if width_of(page, columns, cells, gap_of(page)) > page.width:
            del columns[_CALLED]  # the name that was asked for is worth more room
            for each in cells:
                del each[_CALLED]
        write_table(page, columns, cells, indent=0, gap=gap_of(page))


_CALLED: Final = 2
_NAMED: Final = 2
"""So many other products are named; of more the first, and the others are counted."""


def _asked(others: Sequence[str]) -> str:
    """Whether it is this product, or one of the others that it may be as well."""
    if not others:
        return "is it?"
    if len(others) > _NAMED:
        return f"or {others[0]}, or one of {len(others) - 1:,} others?"
    return f"or {', '.join(others)}?"


def report_product(facts: Row, console: Console) -> None:
    """All that is known of one product, and the pages that say so."""
    with Page(console) as page:
        page.write((str(facts["name"]), "strong"), f"  {facts['product']}")
        for key, value in facts.items():
            if key not in ("product", "name", "integrations", "connectors") and value:
                page.write(_plain(value), indent=2, lead=(key.replace("_", " "), "label"), hang=18)
        _integrations(page, facts["integrations"])
        _connectors(page, facts["connectors"])


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(each) for each in value)
    return "yes" if value is True else str(value)


def _integrations(page: Page, ways: Iterable[Row]) -> None:
    """The ways to and from it; pages are never cut, since half an address opens nothing."""
    rows = [
        (f"{way['from']} → {way['to']}", ", ".join(way["data"]), way["method"] or "", way["source"])
        for way in ways
    ]
    if rows:
        page.blank()
        columns = [Column("integration"), Column("data", least=12), Column("method"),
                   Column("source")]  # fmt: skip
        write_table(page, columns, rows, indent=2, gap=gap_of(page))


def _connectors(page: Page, connectors: Iterable[Row]) -> None:
    rows = [(each["hub"], each["as"], each["page"] or "") for each in connectors]
    if rows:
        page.blank()
        columns = [Column("hub"), Column("as"), Column("page")]
        write_table(page, columns, rows, indent=2, gap=gap_of(page))


def report_stats(stats: Row, console: Console) -> None:
    """How large the catalog is."""
    with Page(console) as page:
        for key, value in stats.items():
            shown = f"{value:,}" if isinstance(value, int) else _plain(value)
            page.write(shown, lead=(key.replace("_", " "), "label"), hang=24)


def report_capabilities(capabilities: Iterable[Capability], console: Console) -> None:
    """The taxonomy of capabilities: id, lane, what each is."""
    found = list(capabilities)
    with Page(console) as page:
        width = max(page.cells(each.id) for each in found)
        for each in found:
            lead: list[Part] = [(page.padded(each.id, width), "type"), f"  {each.lane:9} "]
            page.listed(lead, f"{each.name}. {each.definition}", indent=0)
        page.write((number(len(found), "capability", "capabilities"), "strong"))
