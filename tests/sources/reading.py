"""Short ways to read a table in a test."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from stackaudit.catalog.catalog import catalog
from stackaudit.inventory.stack import Stack
from stackaudit.sources.identify import Gathered, gathered
from stackaudit.sources.observation import Doubt, Observation, ToolSeen
from stackaudit.sources.options import Options
from stackaudit.sources.registry import source_of

EUR = Options(currency="EUR")
DATA = Path(__file__).parent / "data"


def written(folder: Path, text: str, name: str = "apps.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def seen(path: Path, options: Options = EUR) -> list[Observation]:
    return list(source_of(path).read(path, options))


def tools(path: Path, options: Options = EUR) -> dict[str, ToolSeen]:
    return {each.name: each for each in seen(path, options) if isinstance(each, ToolSeen)}


def doubts(path: Path, options: Options = EUR) -> list[tuple[int | None, str | None]]:
    return [(e.seen.row, e.column) for e in seen(path, options) if isinstance(e, Doubt)]


def found(path: Path, stack: Stack | None = None, options: Options = EUR) -> Gathered:
    return gathered(source_of(path).read(path, options), catalog(), stack)


def with_rates(**rates: str) -> Options:
    return Options(currency="EUR", rates={code: Decimal(worth) for code, worth in rates.items()})
