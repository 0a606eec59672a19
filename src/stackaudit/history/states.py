"""Two states of a stack, each a file, a revision or the work tree, audited by the same rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, TypeAlias

from stackaudit.audit import AuditResult, audit, read_stack, read_stack_text
from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.taxonomy import by_alias
from stackaudit.config.effective import catalog_in_force, inventory_in_force, rules_in_force
from stackaudit.config.model import Config
from stackaudit.config.read import read_config
from stackaudit.config.reviews import review_policy_in_force
from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem, UsageError
from stackaudit.findings.base import Base
from stackaudit.history.asked import Asked
from stackaudit.history.source import WORK_TREE, Source, opened
from stackaudit.inventory.files import STDIN
from stackaudit.inventory.load import load
from stackaudit.inventory.stack import Stack
from stackaudit.rules.review_policy import ReviewPolicy
from stackaudit.rules.rule import Rule

_State: TypeAlias = "tuple[Source, Stack | None]"
"""Where a state was read from, and its stack; None where it has no inventory."""


@dataclass(frozen=True, slots=True)
class Audited:
    """One state: what it is called, the stack as declared, and its audit."""

    words: str
    stack: Stack
    result: AuditResult
    there: bool
    """False where there was no inventory; then the stack is empty."""
    on: dt.date | None
    """The day of the state: of the revision, else when the inventory was confirmed, if it says."""


@dataclass(frozen=True, slots=True)
class _Judge:
    """How both states are judged: as the work tree has it now."""

    asked: Asked
    rules: tuple[Rule, ...]
    catalog: Catalog
    review_policy: ReviewPolicy

    def audited(self, source: Source, stack: Stack | None, base: Base | None = None) -> Audited:
        """The audit of one state, without waivers: what is found is found."""
        found = stack or read_stack_text("stackaudit: 1")
        result = audit(
            found,
            rules=self.rules,
            as_of=self.asked.as_of,
            base=base,
            catalog=self.catalog,
            review_policy=self.review_policy,
            wording=self.asked.wording,
        )
        on = source.on or found.confirmed
        return Audited(source.words, found, result, stack is not None, on)


def audited_states(old: str, new: str | None, asked: Asked) -> tuple[Audited, Audited]:
    """The two states of `stackaudit diff OLD NEW`; without NEW it is the work tree.

    `main..topic` names both; `main...topic` begins where topic left main. Raises UsageError for
    what is neither a file nor a revision, or where neither state has the inventory.
    """
    config, before, after = _read(old, new, asked)
    judge = _judge(config, asked)
    then = judge.audited(*before)
    base = Base.of(then.result.findings, then.words, then.result.open)
    return then, judge.audited(*after, base)


def audited_before(old: str, new: str | None, asked: Asked) -> Audited:
    """The older state alone, for who has audited the newer one; raises the same."""
    config, before, _ = _read(old, new, asked)
    return _judge(config, asked).audited(*before)


def _read(old: str, new: str | None, asked: Asked) -> tuple[Config, _State, _State]:
    """The configuration, and what both states declare."""
    config = read_config(asked.config)
    near = Path(asked.stack or inventory_in_force(config)).parent
    first, parting, second = _range(old, new)
    with ExitStack() as stack:
        before = stack.enter_context(opened(first, near, parting=parting))
        after = WORK_TREE if second is None else stack.enter_context(opened(second, near))
        then = _stack(before, _candidates(before, after, asked, config))
        now = _stack(after, _candidates(after, before, asked, config))
    if then is None and now is None:
        message = f"there is no inventory in {before.words}, nor in {after.words}"
        raise UsageError(Problem("no-inventory", message, None, "name it with --stack"))
    if now is None and second is None and not before.is_revision:
        message = f"there is no inventory here to compare {before.words} with"
        hint = f"name the other one, as in `stackaudit diff {first} newer.yaml`"
        raise UsageError(Problem("no-inventory", message, None, hint))
    return config, (before, then), (after, now)


def _judge(config: Config, asked: Asked) -> _Judge:
    return _Judge(
        asked,
        rules_in_force(
            config,
            folders=asked.folders,
            select=asked.select,
            ignore=asked.ignore,
            wording=asked.wording,
        ),
        catalog_in_force(config),
        review_policy_in_force(config),
    )


_SINCE_HEAD: Final = re.compile(r"\.{2,3}[^./]")
"""A range that leaves its beginning out: `..main`."""


def _range(old: str, new: str | None) -> tuple[str, str | None, str | None]:
    """The older state, the revision that it parts from, and the newer one."""
    is_path = old.startswith((".", "/")) and not _SINCE_HEAD.match(old)
    if new is not None or is_path or ".." not in old or Path(old).exists():
        return old, None, new
    dots = "..." if "..." in old else ".."
    first, _, second = old.partition(dots)
    return first or "HEAD", (second or "HEAD") if dots == "..." else None, second or "HEAD"


def _candidates(source: Source, other: Source, asked: Asked, config: Config) -> Iterator[Path]:
    """Where the inventory of a state may be: as named, as in the other state, as configured."""
    if source.file is not None:
        yield source.file
    elif asked.stack is not None:
        yield Path(asked.stack)
    elif _is_shared(source, other):
        assert other.file is not None
        yield other.file
    else:
        yield Path(inventory_in_force(config))
        if source.is_revision:
            yield Path(inventory_in_force(read_config(None, source.tree)))


def _is_shared(source: Source, other: Source) -> bool:
    """Whether the file that the other state names is meant here too."""
    if other.file is None or str(other.file) == STDIN or not source.tree.holds(other.file):
        return False
    return source.is_revision or (other.is_revision and other.file.is_file())


def _stack(source: Source, candidates: Iterator[Path] | Sequence[Path]) -> Stack | None:
    for path in candidates:
        if str(path) == STDIN:
            return read_stack(STDIN)
        if source.file is not None or (source.tree.holds(path) and source.tree.is_file(path)):
            return load(path, by_alias(), source.tree)
    return None
