"""The inventory as tables: tools, flows, contracts, kinds of data."""

from __future__ import annotations

import datetime as dt
from typing import Final

from stackaudit.figures.report.inventory import ContractRow, DatasetRow, FlowRow, ToolRow
from stackaudit.figures.report.parts import Cost
from stackaudit.outputs.report.tables.model import Amount, Cell, Field, Pages, Share, Table, table


def tools(pages: Pages) -> Table:
    """Every tool."""
    found = pages.book.inventory
    title = pages.word("sheet.tools")
    return table("tools", title, _TOOLS, found.tools, pages, pages.reason(found.empty))


def flows(pages: Pages) -> Table:
    """Every flow that is stated to exist."""
    found = pages.book.inventory
    title = pages.word("sheet.flows")
    return table("flows", title, _FLOWS, found.flows, pages, pages.reason(found.no_flows))


def contracts(pages: Pages) -> Table:
    """Every contract, with what it costs and how much of it is used."""
    found = pages.book.inventory
    title, empty = pages.word("sheet.contracts"), pages.reason(found.no_contracts)
    return table("contracts", title, _CONTRACTS, found.contracts, pages, empty)


def datasets(pages: Pages) -> Table:
    """Every kind of data."""
    found = pages.book.inventory
    title, empty = pages.word("sheet.datasets"), pages.reason(found.no_datasets)
    return table("datasets", title, _DATASETS, found.datasets, pages, empty)


def cost_cell(cost: Cost, pages: Pages) -> Cell:
    """A cost as an amount where there is one; a range, and what is unknown, in words."""
    if cost.exact and cost.least is not None:
        return Amount(cost.least)
    if cost.least and cost.most is None:
        return Amount(cost.least, at_least=True)
    return pages.language.cost(cost, pages.book.currency)


def _stated(value: int | str | None, pages: Pages) -> Cell:
    return pages.word("unknown") if value is None else value


def _counts(row: ToolRow, pages: Pages) -> Cell:
    found = (f"{number} {pages.language.severity(each)}" for each, number in row.findings.items())
    return ", ".join(found) or None


_TOOLS: Final[tuple[Field[ToolRow], ...]] = (
    Field("tool", "text", 30, lambda row, _: row.tool.name),
    Field("vendor", "text", 22, lambda row, p: _stated(row.vendor, p)),
    Field("lifecycle", "text", 11, lambda row, p: p.language.stated("lifecycle", row.lifecycle)),
    Field("lane", "text", 11, lambda row, p: p.language.lane(row.lane)),
    Field("capabilities", "text", 34, lambda row, p: p.names(row.capabilities)),
    Field("business_owner", "text", 20, lambda row, p: p.language.owner(row.business)),
    Field("technical_owner", "text", 20, lambda row, p: p.language.owner(row.technical)),
    Field("cost", "money", 16, lambda row, p: cost_cell(row.cost, p)),
    Field("users", "number", 10, lambda row, p: _stated(row.users, p)),
    Field("sensitivity", "text", 22, lambda row, p: p.language.sensitivity(row.sensitivity)),
    Field("data", "text", 30, lambda row, p: p.names(row.data)),
    Field("region", "text", 11, lambda row, p: _stated(row.region, p)),
    Field("review", "text", 14, lambda row, p: p.language.review(row.review)),
    Field("flows_in", "number", 9, lambda row, _: row.flows_in),
    Field("flows_out", "number", 9, lambda row, _: row.flows_out),
    Field("findings", "text", 26, _counts),
    Field("id", "text", 24, lambda row, _: row.tool.id),
)


def _carried(row: FlowRow, pages: Pages) -> Cell:
    return pages.word("unknown") if row.data is None else pages.names(row.data)


def _every(row: FlowRow, pages: Pages) -> Cell:
    if row.every is None:
        return pages.word("unknown")
    if row.every == "event":
        return pages.word("every.event")
    return pages.every(row.every)


_FLOWS: Final[tuple[Field[FlowRow], ...]] = (
    Field("from", "text", 28, lambda row, _: row.source.name),
    Field("to", "text", 28, lambda row, _: row.target.name),
    Field("through", "text", 22, lambda row, _: row.through.name if row.through else None),
    Field("data", "text", 30, _carried),
    Field("sensitivity", "text", 22, lambda row, p: p.language.sensitivity(row.sensitivity)),
    Field("method", "text", 20, lambda row, p: p.language.stated("method", row.method)),
    Field("every", "text", 16, _every),
    Field("status", "text", 14, lambda row, p: p.language.stated("flow_status", row.status)),
    Field("protect", "text", 14, lambda row, p: p.language.stated("protect", row.protect)),
    Field("owner", "text", 20, lambda row, p: p.language.owner(row.owner)),
    Field("id", "text", 34, lambda row, _: row.id),
)


def _cost(row: ContractRow, pages: Pages) -> Cell:
    return pages.word("unknown") if row.cost is None else Amount(row.cost)


def _use(row: ContractRow, pages: Pages) -> Cell:
    return pages.word("unknown") if row.use is None else Share(row.use)


def _day(day: dt.date | str | None, pages: Pages) -> Cell:
    if isinstance(day, str):
        return pages.word("never")
    return pages.word("unknown") if day is None else day


def _deadline(row: ContractRow, pages: Pages) -> Cell:
    return None if row.renews == "never" else _day(row.deadline, pages)


_CONTRACTS: Final[tuple[Field[ContractRow], ...]] = (
    Field("contract", "text", 30, lambda row, _: row.contract.name),
    Field("tools", "text", 34, lambda row, p: p.names(row.tools)),
    Field("cost", "money", 16, _cost),
    Field("metric", "text", 14, lambda row, _: row.metric),
    Field("bought", "number", 12, lambda row, p: _stated(row.bought, p)),
    Field("used", "number", 12, lambda row, p: _stated(row.used, p)),
    Field("use", "share", 10, _use),
    Field("renews", "day", 13, lambda row, p: _day(row.renews, p)),
    Field("deadline", "day", 13, _deadline),
    Field("auto_renew", "text", 12, lambda row, p: p.language.flag(row.auto_renew)),
    Field("id", "text", 24, lambda row, _: row.contract.id),
)


def _record(row: DatasetRow, pages: Pages) -> Cell:
    if row.record is not None:
        return row.record.name
    return pages.word("none" if row.record_stated else "unknown")


_DATASETS: Final[tuple[Field[DatasetRow], ...]] = (
    Field("dataset", "text", 28, lambda row, _: row.dataset.name),
    Field("privacy", "text", 18, lambda row, p: p.language.stated("privacy", row.privacy)),
    Field(
        "confidentiality",
        "text",
        16,
        lambda row, p: p.language.stated("confidentiality", row.confidentiality),
    ),
    Field("record", "text", 28, _record),
    Field("tools", "text", 60, lambda row, p: p.names(row.tools)),
    Field("id", "text", 24, lambda row, _: row.dataset.id),
)
