"""The files that are written: the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from stackaudit.catalog.importing.sources import Source, sources

_EDIT = "# Written by `python -m stackaudit.catalog.importing`; never edited by hand."


def write_products(folder: Path, products: Mapping[str, Mapping[str, Any]]) -> None:
    """One file for each first letter; files that are no longer needed go."""
    letters: dict[str, dict[str, Any]] = {}
    for id_, entry in products.items():
        letters.setdefault(id_[0] if id_[0].isalpha() else "0-9", {})[id_] = dict(entry)
    header = (
        "# Products as public sources list them: thin, and not looked over by a person. Entries",
        "# under products/ override these. Sources and licences: docs/ATTRIBUTION.md.",
        _EDIT,
    )
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.yaml"):
        old.unlink()
    for letter, entries in letters.items():
        _write(folder / f"{letter}.yaml", header, entries)


def write_connectors(folder: Path, hub: str, connectors: Mapping[str, Any]) -> None:
    """The connectors of one hub."""
    folder.mkdir(parents=True, exist_ok=True)
    source = sources()[hub]
    header = (
        f"# Which products {hub} connects, and as what. From: {source.title},",
        f"# {source.repository} at {source.commit[:12]} of {source.date}; {source.licence}.",
        _EDIT,
    )
    _write(folder / f"{hub}.yaml", header, connectors)


def _write(file: Path, header: Iterable[str], entries: Mapping[str, Any]) -> None:
    blocks = [_block(id_, entry) for id_, entry in entries.items()]
    text = "\n".join(header) + "\n\n" + "\n".join(blocks)
    file.write_text(text, encoding="utf-8", newline="\n")


def _block(id_: str, entry: Any) -> str:
    """One entry: its own keys one to a line, what is inside them on the line."""
    return yaml.safe_dump(
        {id_: entry}, sort_keys=False, allow_unicode=True, width=1000, default_flow_style=None
    )


def write_attribution(file: Path) -> None:
    """docs/ATTRIBUTION.md, from the table of sources."""
    parts = [_INTRODUCTION, *(_attribution(source) for source in sources().values())]
    file.write_text("\n".join(parts), encoding="utf-8", newline="\n")


_INTRODUCTION = """\
# Where the facts of the catalog come from

The catalog of products has two kinds of entries. Those under `catalog/data/products/` and
`catalog/data/integrations/` were written for stackaudit; each names the pages it rests on, beside
the fact. Those under `catalog/data/imported/` and `catalog/data/connectors/` are facts from the
public sources below, rewritten in the catalog's own form; each names the page it was read from.

This page is written by `python -m stackaudit.catalog.importing` from
`src/stackaudit/catalog/importing/sources.yaml`. The names of products and companies are trademarks
of their owners; they are used here only to say what is meant.
"""


def _attribution(source: Source) -> str:
    return f"""\
## {source.title}

| | |
|---|---|
| from | [{source.repository.removeprefix("https://")}]({source.repository}), `{source.path}` |
| version | [`{source.commit[:12]}`]({source.repository}/tree/{source.commit}) of {source.date} |
| by | {source.author} |
| licence | [{source.licence}]({source.licence_url}) |
| taken | {source.taken} |
"""
