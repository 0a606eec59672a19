"""A change against its base: both sides audited by the base's rules, on the same day.

Rules, parameters, gate, catalog files and what is asked of reviews are those of the base, so that
a change cannot loosen its own gate. Reviews, waivers and baseline count as they stand in the
change, and what it changes of them is named in the verdict; with `gate: {records: base}` in the
base's configuration only the base's count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stackaudit.audit import AuditResult, audit, read_stack, read_stack_text
from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.taxonomy import by_alias
from stackaudit.config.baseline import baseline_in_force
from stackaudit.config.effective import (
    catalog_in_force,
    gate_in_force,
    inventory_in_force,
    rule_ids_in_force,
    rules_in_force,
)
from stackaudit.config.model import Config
from stackaudit.config.read import read_config
from stackaudit.config.reviews import review_policy_in_force
from stackaudit.config.waivers import longest_waiver, waivers_in_force
from stackaudit.dataclass import dataclass
from stackaudit.errors import InputError, Problem, UsageError
from stackaudit.findings.base import Base
from stackaudit.findings.baseline import read_baseline
from stackaudit.findings.gate import Gate
from stackaudit.history.asked import Asked
from stackaudit.history.claims import changed_claims
from stackaudit.history.later import LATER, later_keys, later_rules, later_settings
from stackaudit.history.records import (
    changed_baseline,
    changed_reviews,
    changed_waivers,
    with_gaps_of,
    with_reviews_of,
)
from stackaudit.history.source import Source, opened
from stackaudit.inventory.files import STDIN
from stackaudit.inventory.load import load
from stackaudit.inventory.stack import Stack
from stackaudit.inventory.tree import DISK
from stackaudit.rules.finding import Failure
from stackaudit.rules.review_policy import ReviewPolicy
from stackaudit.rules.rule import Rule
from stackaudit.rules.waiver import Waiver


@dataclass(frozen=True, slots=True)
class _Judging:
    """What one side says about how stacks are judged."""

    config: Config
    rules: tuple[Rule, ...]
    gate: Gate
    catalog: Catalog
    review_policy: ReviewPolicy
    waivers: tuple[Waiver, ...]
    baseline: Base | None

    @property
    def settings(self) -> tuple[Gate, Catalog, ReviewPolicy]:
        return self.gate, self.catalog, self.review_policy


@dataclass(frozen=True, slots=True)
class _BaseSide:
    """The base as read: how it judges, and its stack."""

    words: str
    judging: _Judging
    stack: Stack | None
    """None where there was no inventory yet."""
    inventory: Path | None
    """The inventory that its configuration names, if it is there."""

    @property
    def keeps_records(self) -> bool:
        """Whether only the base's reviews, waivers and baseline count."""
        gate = self.judging.config.said.gate
        return gate is not None and gate.records == "base"


def audit_against(text: str, asked: Asked) -> AuditResult:
    """The audit of a change: what is new or worse than in the file or revision `text`.

    Raises UsageError for a revision that there is not, SurroundingsError where git fails or the
    clone is too shallow, and all that an audit raises; of the base too.
    """
    config = read_config(asked.config)
    with opened(text, _near(asked, config), parting="HEAD") as source:
        base = _base_side(source, asked, config)
    change = _judging(config, asked, days=longest_waiver(base.judging.config))
    stack = read_stack(_inventory(asked, config, base))
    before, failures = _before(base, asked)
    records = base.judging if base.keeps_records else change
    result = audit(
        _as_judged(stack, base),
        rules=base.judging.rules,
        as_of=asked.as_of,
        gate=base.judging.gate,
        base=before if records.baseline is None else before.with_(records.baseline),
        waivers=records.waivers,
        changed_records=tuple(_changed(stack, change, base)),
        catalog=base.judging.catalog,
        review_policy=base.judging.review_policy,
    )
    return replace(result, failures=tuple(dict.fromkeys((*result.failures, *failures))))


def _near(asked: Asked, config: Config) -> Path:
    """A folder of the repository that the inventory is in."""
    if asked.stack == STDIN:
        return Path.cwd()
    return Path(asked.stack or inventory_in_force(config)).parent


def _base_side(source: Source, asked: Asked, config: Config) -> _BaseSide:
    """Read the base; whatever is wrong in it says that it is the base's."""
    try:
        own = _base_config(source, asked) if source.is_revision else config
        configured = Path(inventory_in_force(own))
        there = source.is_revision and source.file is None and source.tree.is_file(configured)
        return _BaseSide(
            source.words,
            _judging(own, asked),
            _base_stack(source, _candidates(source, asked, own, config)),
            configured if there else None,
        )
    except InputError as error:
        hint = "compare with another revision, or mend the base in a change of its own"
        message = f"{source.words} is not valid, so nothing can be compared with it"
        raise UsageError([Problem("invalid-base", message, None, hint), *error.problems]) from None


def _base_config(source: Source, asked: Asked) -> Config:
    """The configuration of the base; none where the change is the first to have one."""
    if asked.config is None:
        return read_config(None, source.tree)
    path = asked.config.absolute()
    if source.tree.is_file(path):
        return read_config(path, source.tree)
    return Config(folder=path.parent, tree=source.tree)


def _judging(config: Config, asked: Asked, *, days: int | None = None) -> _Judging:
    """What a side says about how to judge; `days` is how long a waiver may count."""
    folders = [each for each in asked.folders if config.tree.is_folder(each)]
    known = rule_ids_in_force(config, folders)
    return _Judging(
        config=config,
        rules=rules_in_force(config, folders=folders, select=asked.select, ignore=asked.ignore),
        gate=gate_in_force(config, asked.fail_on, never=asked.never),
        catalog=catalog_in_force(config),
        review_policy=review_policy_in_force(config),
        waivers=waivers_in_force(config, asked.as_of, known, days=days),
        baseline=_baseline(config, asked.baseline),
    )


def _baseline(config: Config, given: Path | None) -> Base | None:
    if given is None or config.tree is DISK:
        return baseline_in_force(config, given)
    if not config.tree.is_file(given):
        return None
    file = config.tree.name(given)
    return read_baseline(config.tree.read(given, file), file)


def _candidates(source: Source, asked: Asked, own: Config, config: Config) -> list[Path]:
    """Where the inventory of the base may be: as named, else as either side configures it."""
    if source.file is not None:
        return [source.file]
    configured = [Path(inventory_in_force(each)) for each in (own, config)]
    if asked.stack in (None, STDIN):
        return configured
    named = Path(asked.stack or "")
    moved = DISK.real(named) == DISK.real(configured[1])  # and perhaps it was elsewhere before
    return [named, configured[0]] if moved else [named]


def _base_stack(source: Source, candidates: Sequence[Path]) -> Stack | None:
    if str(candidates[0]) == STDIN:
        return read_stack(STDIN)
    held = [path for path in candidates if source.tree.holds(path)]
    for path in held:
        if source.tree.is_file(path):
            return load(path, by_alias(), source.tree)
    try:
        for path in held[:1]:
            source.tree.read(path, source.tree.name(path))
    except InputError as error:
        if all(each.code == "no-file" for each in error.problems):
            return None
        raise
    return None


def _inventory(asked: Asked, config: Config, base: _BaseSide) -> str | Path:
    """The inventory of the change: where the base has it, so that no change leads elsewhere."""
    if asked.stack is not None:
        return asked.stack
    if base.inventory is not None and base.inventory.is_file():
        return base.inventory
    found = Path(inventory_in_force(config))
    if not found.exists():
        there = f"; {base.words} has one" if base.stack is not None else ""
        message = f"there is no {DISK.name(found)}{there}"
        raise UsageError(Problem("no-inventory", message, None, _NAME_BOTH))
    return found


_NAME_BOTH: Final = (
    "name the inventory, and where it was if it moved, as in "
    "`stackaudit audit stacks/ours.yaml --against main:stack.yaml`"
)


def _before(base: _BaseSide, asked: Asked) -> tuple[Base, tuple[Failure, ...]]:
    """What the base's audit found; nothing where it had no inventory."""
    if base.stack is None:
        return Base(MappingProxyType({}), base.words, frozenset(), frozenset()), ()
    result = audit(
        base.stack,
        rules=base.judging.rules,
        as_of=asked.as_of,
        gate=base.judging.gate,
        waivers=base.judging.waivers,
        catalog=base.judging.catalog,
        review_policy=base.judging.review_policy,
    )
    return Base.of(result.findings, base.words, result.open, result.stack.tools), result.failures


def _as_judged(stack: Stack, base: _BaseSide) -> Stack:
    """The change's stack, with those of the base's records that count."""
    before = base.stack
    if base.keeps_records:
        stack = with_reviews_of(stack, before or read_stack_text("stackaudit: 1"))
    return stack if before is None else with_gaps_of(stack, before)


def _changed(stack: Stack, change: _Judging, base: _BaseSide) -> Iterator[str]:
    """What the verdict has to name: records that the change touches, and what counts later.

    What one line of a change can do to a whole stack comes first, and the baseline, which may
    have any number of lines, last: comments show only the first of them.
    """
    after = f", {LATER}" if base.keeps_records else ""
    if base.stack is None:
        yield f"there is no inventory in {base.words}: all of it is new; {_MOVED}"
    else:
        yield from changed_claims(stack, base.stack)
    yield from later_rules(change.rules, base.judging.rules)
    yield from later_settings(change.settings, base.judging.settings)
    yield from later_keys(change.config.said, base.judging.config.said)
    for words in _changed_records(stack, change, base):
        yield f"{words}{after}"


_MOVED: Final = "if it only moved, name the old place, as in `--against main:stack.yaml`"


def _changed_records(stack: Stack, change: _Judging, base: _BaseSide) -> Iterator[str]:
    yield from changed_waivers(change.waivers, base.judging.waivers)
    if base.stack is not None:
        yield from changed_reviews(stack, base.stack)
    yield from changed_baseline(change.baseline, base.judging.baseline)
