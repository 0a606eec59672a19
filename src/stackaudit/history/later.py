"""What a change says about rules, gate and catalog: in force once it is the base of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackaudit.catalog.catalog import Catalog
from stackaudit.config.model import ConfigFile
from stackaudit.findings.gate import Gate
from stackaudit.history.records import some
from stackaudit.rules.review_policy import ReviewPolicy
from stackaudit.rules.rule import Rule

LATER = "in force after merging"


def later_rules(now: Iterable[Rule], base: Iterable[Rule]) -> Iterator[str]:
    """The rules that a change adds, changes or takes away, as one sentence each."""
    new = {rule.id: rule.digest for rule in now}
    old = {rule.id: rule.digest for rule in base}
    both = new.keys() & old.keys()
    for verb, names in (
        ("added", new.keys() - old.keys()),
        ("changed", {name for name in both if new[name] != old[name]}),
        ("taken away", old.keys() - new.keys()),
    ):
        if names:
            yield f"{_counted(len(names))} {verb} by this change, {LATER}: {some(sorted(names))}"


def _counted(count: int) -> str:
    return f"{count} rule{'' if count == 1 else 's'}"


def later_settings(
    now: tuple[Gate, Catalog, ReviewPolicy], base: tuple[Gate, Catalog, ReviewPolicy]
) -> Iterator[str]:
    """Gate, catalog and what is asked of reviews, where a change touches them."""
    if now[0] != base[0]:
        yield f"the gate is changed by this change, {LATER}"
    if now[1].digest() != base[1].digest():
        yield f"the catalog's own files are changed by this change, {LATER}"
    if now[2] != base[2]:
        yield f"what is asked of reviews is changed by this change, {LATER}"


def later_keys(now: ConfigFile, base: ConfigFile) -> Iterator[str]:
    """What else of the configuration decides about the gate."""
    for name, new, old in (
        ("inventory", now.inventory, base.inventory),
        ("waiver_days", now.waiver_days, base.waiver_days),
        ("gate.records", _records(now), _records(base)),
    ):
        if new != old:
            yield f"`{name}` is changed by this change, {LATER}"


def _records(said: ConfigFile) -> str:
    return (said.gate.records if said.gate else None) or "change"
