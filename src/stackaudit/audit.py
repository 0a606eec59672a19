"""The pipeline, in a page: load → graph → rules → gate → AuditResult.

from stackaudit import audit
result = audit("stack.yaml")
for each in result.findings:
print(each.finding.severity.word, each.finding.rule, each.finding.message)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.catalog import catalog as shipped_catalog
from stackaudit.catalog.fill import filled
from stackaudit.catalog.taxonomy import by_alias
from stackaudit.dataclass import dataclass
from stackaudit.findings.base import Base, Known
from stackaudit.findings.comparison import OpenInstead
from stackaudit.findings.gate import Gate, Verdict, judge
from stackaudit.findings.judged import Judged
from stackaudit.findings.waivers import accepted
from stackaudit.inventory.load import load, load_text
from stackaudit.inventory.stack import Stack, digest_of
from stackaudit.rules.engine import run
from stackaudit.rules.finding import Failure, Open, Results, RuleTally
from stackaudit.rules.library import load_rules
from stackaudit.rules.review_policy import ReviewPolicy
from stackaudit.rules.rule import Rule
from stackaudit.rules.show import Wording
from stackaudit.rules.waiver import Waiver, Waivers
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
    base: Base | None = None
    """What it was compared with; None where it was not."""
    open_instead: tuple[OpenInstead, ...] = ()
    """The findings of the base that are open now, because a fact was taken away."""
    fixed: tuple[Known, ...] = ()
    """The findings of the base that are gone."""
    changed_records: tuple[str, ...] = ()
    """The reviews, waivers and baseline entries that a change touches, in words."""

    @property
    def stack(self) -> Stack:
        """The stack that was audited."""
        return self.world.stack

    @property
    def as_of(self) -> dt.date:
        """The day of the audit."""
        return self.world.today

    @property
    def results(self) -> Results:
        """What the rules gave, before anything was judged."""
        found = tuple(each.finding for each in self.findings)
        return Results(found, self.open, self.failures, self.tallies)

    def inventory_digest(self) -> str:
        """sha-256 of what the inventory declares, whatever the order of its files and keys."""
        return digest_of(self.stack)


def audit(  # noqa: PLR0913 - keywords, all of them optional
    stack: Stack | str | Path,
    *,
    rules: Sequence[Rule] | None = None,
    as_of: dt.date | None = None,
    gate: Gate | None = None,
    base: Base | None = None,
    waivers: Sequence[Waiver] = (),
    changed_records: Sequence[str] = (),
    catalog: Catalog | None = None,
    review_policy: ReviewPolicy | None = None,
    wording: Wording | None = None,
) -> AuditResult:
    """Audit an inventory.

    `stack` is a loaded Stack or the path of a file (`-`: standard input); `rules` are the rules
    that ship if none are given; `as_of` is today in UTC. `base` is what was found before, so that
    only what is new or worse gates; `waivers` are accepted findings; `changed_records` names the
    records that a change touches, for its verdict. `catalog` is the one that ships if none is
    given; what it knows of a tool's product fills what the inventory does not state. `wording` is
    how subjects and facts are written; rules have the language in which they were loaded. Raises
    InventoryError, RuleError and SurroundingsError; what the audit finds is in the result, never
    raised.
    """
    loaded = stack if isinstance(stack, Stack) else load(stack, by_alias())
    chosen = tuple(load_rules() if rules is None else rules)
    world = world_of(loaded, as_of or today(), catalog, waivers, review_policy)
    world.wording = wording or world.wording
    results = run(world, chosen)
    judgement = judge(results, gate or Gate(), base, accepted(results, world))
    return AuditResult(
        world=world,
        rules=chosen,
        findings=judgement.findings,
        open=results.open,
        failures=results.failures,
        tallies=results.tallies,
        verdict=judgement.verdict,
        base=base,
        open_instead=judgement.open_instead,
        fixed=judgement.fixed,
        changed_records=tuple(changed_records),
    )


def read_stack(path: str | Path) -> Stack:
    """Load and validate an inventory, with the taxonomy's names for capabilities."""
    return load(path, by_alias())


def read_stack_text(text: str) -> Stack:
    """The same for an inventory given as text."""
    return load_text(text, by_alias())


def world_of(
    stack: Stack,
    as_of: dt.date,
    catalog: Catalog | None = None,
    waivers: Sequence[Waiver] = (),
    review_policy: ReviewPolicy | None = None,
) -> World:
    """The stack with what the catalog adds to it, its graph, and what is accepted, on one day."""
    from stackaudit.graph.build import build

    known = catalog if catalog is not None else shipped_catalog()
    fill = filled(stack, known)
    return World(fill.stack, build(fill.stack), as_of, fill, known, Waivers(waivers), review_policy)


def today() -> dt.date:
    """The day in UTC, so that an audit does not depend on where it runs."""
    return dt.datetime.now(dt.UTC).date()
