"""The pipeline, in a page: load → graph → rules → gate → AuditResult.

from stackaudit import audit
result = audit("stack.yaml")
for each in result.findings:
print(each.finding.severity.word, each.finding.rule, each.finding.message)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.catalog import catalog as shipped_catalog
from stackaudit.catalog.fill import filled
from stackaudit.catalog.taxonomy import by_alias
from stackaudit.findings.gate import Gate, Verdict, judge
from stackaudit.findings.judged import Judged
from stackaudit.inventory.load import load, load_text
from stackaudit.inventory.stack import Stack, digest_of
from stackaudit.rules.engine import run
from stackaudit.rules.finding import Failure, Open, RuleTally
from stackaudit.rules.library import load_rules
from stackaudit.rules.rule import Rule
from stackaudit.rules.severity import Severity
from stackaudit.rules.world import World


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Everything that an audit found out; what outputs are made of."""

    world: World
    rules: tuple[Rule, ...]
    findings: tuple[Judged, ...]
    open: tuple[Open, ...]
    failures: tuple[Failure, ...]
    tallies: tuple[RuleTally, ...]
    verdict: Verdict

    @property
    def stack(self) -> Stack:
        """The stack that was audited."""
        return self.world.stack

    @property
    def as_of(self) -> dt.date:
        """The day of the audit."""
        return self.world.today

    def inventory_digest(self) -> str:
        """sha-256 of what the inventory declares, whatever the order of its files and keys."""
        return digest_of(self.stack)


def audit(
    stack: Stack | str | Path,
    *,
    rules: Sequence[Rule] | None = None,
    as_of: dt.date | None = None,
    gate: Gate | None = None,
    known: Mapping[str, Severity] | None = None,
    catalog: Catalog | None = None,
) -> AuditResult:
    """Audit an inventory.

    `stack` is a loaded Stack or the path of a file (`-`: standard input); `rules` are the rules
    that ship if none are given; `as_of` is today in UTC. `known` are the fingerprints and
    severities of findings that are not new. `catalog` is the one that ships if none is given;
    what it knows of a tool's product fills what the inventory does not state. Raises
    InventoryError, RuleError and SurroundingsError; what the audit finds is in the result, never
    raised.
    """
    loaded = stack if isinstance(stack, Stack) else load(stack, by_alias())
    chosen = tuple(load_rules() if rules is None else rules)
    world = world_of(loaded, as_of or today(), catalog)
    results = run(world, chosen)
    findings, verdict = judge(results, gate or Gate(), known)
    return AuditResult(
        world=world,
        rules=chosen,
        findings=findings,
        open=results.open,
        failures=results.failures,
        tallies=results.tallies,
        verdict=verdict,
    )


def read_stack(path: str | Path) -> Stack:
    """Load and validate an inventory, with the taxonomy's names for capabilities."""
    return load(path, by_alias())


def read_stack_text(text: str) -> Stack:
    """The same for an inventory given as text."""
    return load_text(text, by_alias())


def world_of(stack: Stack, as_of: dt.date, catalog: Catalog | None = None) -> World:
    """The stack with what the catalog adds to it, and its graph, on one day."""
    from stackaudit.graph.build import build

    known = catalog if catalog is not None else shipped_catalog()
    fill = filled(stack, known)
    return World(fill.stack, build(fill.stack), as_of, fill, known)


def today() -> dt.date:
    """The day in UTC, so that an audit does not depend on where it runs."""
    return dt.datetime.now(dt.UTC).date()
