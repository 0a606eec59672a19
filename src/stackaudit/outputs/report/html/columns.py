"""Columns that say the same in every row of a long table: they are said once, above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from stackaudit.figures.report.inventory import ContractRow

LONG: Final = 8
"""Rows; in a shorter table a column that is the same throughout is clearer."""


def alike(rows: Sequence[Sequence[str]]) -> Mapping[int, str]:
    """The columns that are the same in all rows, by number from nought; none of a short table."""
    if len(rows) < LONG:
        return {}
    columns = zip(*rows, strict=True)
    return {number: texts[0] for number, texts in enumerate(columns) if len(set(texts)) == 1}


def usual(values: Iterable[str]) -> str:
    """What most of them are; of several the one that comes first."""
    return Counter(values).most_common(1)[0][0]


def own(rows: Sequence[ContractRow]) -> bool:
    """Whether each contract is that of one tool and has its name: the tool says it all."""
    return all([each.name for each in row.tools] == [row.contract.name] for row in rows)
