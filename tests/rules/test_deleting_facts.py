"""Deleting a fact never makes a stack look safer.

Precisely: take a stack, and of its tools, flows and datasets one stated value: a scalar, or a
list of scalars, which is one statement. Set it to null, so that nobody has said it. Then every
finding of the stack is still there, under the same fingerprint, or the same rule is open for
the same subjects, or for one of them (what a tool collects is not listed any more where nobody
says what it collects: the rule is then open for the tool).

What this does not promise, because silence is itself a statement there:

- a tool is in use, and a flow runs, unless somebody says otherwise (`lifecycle`, `status`): to
  delete `planned` or `broken` states that data moves;
- a flow that names no tool in between goes from one end to the other (`through`);
- without a word on whom a tool is for, it is for everybody (`used_for`), and without a reason to
  keep it, there is none (`keep`); both can only add findings, or move one to the other tool.

Names and ids are not facts about anything; keys that an entry cannot be without have no null.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.rules.engine import run
from stackaudit.rules.examples import world_of
from stackaudit.rules.finding import Finding, Results
from stackaudit.rules.library import load_rules
from tests.stacks import DAY

STACK: Final = Path("stacks/northwind.yaml")
SAMPLE: Final = 60
"""So many deletions are tried in a run of the test suite; there are some two thousand."""

Plain = dict[str, Any]
Path_ = tuple[str | int, ...]

SILENCE_SAYS: Final = frozenset({"lifecycle", "status", "through", "used_for", "keep"})
NAMES: Final = frozenset({"id", "name", "previously", "notes"})
CANNOT_BE_WITHOUT: Final = frozenset({"from", "to", "on", "metric", "amount", "period", "currency"})
