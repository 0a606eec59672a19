"""The command of the import: source files in, catalog files out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from stackaudit.catalog.importing import (
    activepieces,
    airbyte,
    fivetran,
    meltano,
    segment,
    sso_tax,
    vettheapp,
)
from stackaudit.catalog.importing.entries import HUBS, connectors, products
from stackaudit.catalog.importing.grouping import doubts, grouped
from stackaudit.catalog.importing.names import decisions
from stackaudit.catalog.importing.sighting import Sighting
from stackaudit.catalog.importing.writing import (
    write_attribution,
    write_connectors,
    write_products,
)

READERS: Final[Mapping[str, Callable[[Path], Iterator[Sighting]]]] = {
    "segment": segment.read,
    "airbyte": airbyte.read,
    "fivetran": fivetran.read,
    "meltano": meltano.read,
    "activepieces": activepieces.read,
    "sso_tax": sso_tax.read,
    "vettheapp": vettheapp.read,
}


def main() -> None:
    """Read what is named, write what follows, and say what a person should look at."""
    arguments = _parser().parse_args()
    decided = decisions()
    sightings = [each for name, read in READERS.items() for each in read(getattr(arguments, name))]
    groups = grouped(sightings, decided)
    write_products(arguments.out / "imported", products(groups, decided))
    for hub in HUBS:
        write_connectors(arguments.out / "connectors", hub, connectors(groups, hub))
    if arguments.attribution:
        write_attribution(arguments.attribution)
    sys.stderr.write(
        f"{len(sightings)} entries of {len(READERS)} sources: {len(groups)} products\n"
    )
    for doubt in doubts(groups):
        sys.stderr.write(f"one domain, two products? {doubt}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stackaudit.catalog.importing", description=__doc__)
    for name, read in READERS.items():
        first_line = (sys.modules[read.__module__].__doc__ or "").partition("\n")[0]
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, dest=name, type=Path, required=True, help=first_line)
    parser.add_argument("--out", type=Path, required=True, help="the folder catalog/data")
    parser.add_argument("--attribution", type=Path, help="docs/ATTRIBUTION.md, if it is wanted")
    return parser


if __name__ == "__main__":
    main()
