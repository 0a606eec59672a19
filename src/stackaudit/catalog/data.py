"""The data files of the catalog as they are written; read when the index is built, not after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, TypeAlias

from stackaudit.catalog.index import DATA
from stackaudit.dataclass import dataclass

Entry: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True, slots=True)
class Data:
    """All files, nothing changed but the files of each part put together."""

    products: Mapping[str, Entry] = field(default_factory=dict)
    """Curated products by id."""
    imported: Mapping[str, Entry] = field(default_factory=dict)
    """Thin products by id."""
    connectors: Mapping[str, Mapping[str, list[Entry]]] = field(default_factory=dict)
    """Hub → product → connectors."""
    integrations: tuple[Entry, ...] = ()
    datasets: Mapping[str, Entry] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)


def read(folder: Path = DATA) -> Data:
    """Read every file; raises what PyYAML raises for a file that is not YAML."""
    return Data(
        products=_together(folder / "products"),
        imported=_together(folder / "imported"),
        connectors={file.stem: load(file) for file in files(folder / "connectors")},
        integrations=tuple(e for file in files(folder / "integrations") for e in load(file) or ()),
        datasets=load(folder / "datasets.yaml"),
        words=load(folder / "words.yaml"),
    )


def files(folder: Path) -> list[Path]:
    """The YAML files of a folder in the order of their names."""
    return sorted(folder.glob("*.yaml"))


def load(file: Path) -> Any:
    """What one file says, as PyYAML gives it."""
    import yaml  # only who builds the index needs it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - it is safe


def _together(folder: Path) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for file in files(folder):
        found.update(load(file) or {})
    return found
