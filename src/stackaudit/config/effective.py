"""What is in force: the command line goes before the configuration, that before defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from stackaudit.catalog.catalog import Catalog
from stackaudit.config.model import Config, GateSettings
from stackaudit.config.reviews import review_settings
from stackaudit.config.waivers import longest_waiver
from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem
from stackaudit.findings.gate import DEFAULT_THRESHOLDS, Gate
from stackaudit.rules.library import load_rules, nearest_rules, rule_ids
from stackaudit.rules.load import CATEGORIES, Adjustment
from stackaudit.rules.rule import Rule
from stackaudit.rules.severity import Severity
from stackaudit.rules.show import Wording

DEFAULT_INVENTORY: Final = "stack.yaml"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that is in force, and who says so."""

    name: str
    value: str
    origin: str
    """The option, the file of the configuration, or `default`."""


def adjustments(config: Config) -> Mapping[str, Adjustment]:
    """What the configuration changes about rules, by id."""
    return {
        rule: Adjustment(
            dict(settings.params or {}), settings.severity, config.place("adjust", rule)
        )
        for rule, settings in (config.said.adjust or {}).items()
    }


def rules_in_force(
    config: Config,
    *,
    folders: Sequence[Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    wording: Wording | None = None,
) -> tuple[Rule, ...]:
    """The rules of an audit; selections on the command line replace those of the configuration.

    With `wording`, their texts are in its language where there are such.

    Raises RuleError, UsageError for names that no rule has, ConfigError for such names in the
    configuration.
    """
    every = config.rule_folders(folders)
    changes = adjustments(config)
    _check_names(config, changes, every)
    return load_rules(
        every,
        changes,
        select=select or config.said.select or (),
        ignore=ignore or config.said.ignore or (),
        tree=config.tree,
        wording=wording,
    )


def _check_names(
    config: Config, changes: Mapping[str, Adjustment], folders: Sequence[Path]
) -> None:
    """Refuse names that no rule has, at their lines."""
    from stackaudit.config.read import ConfigError

    said = config.said
    named = [(name, config.place("adjust", name)) for name in changes]
    chosen = {"select": said.select or (), "ignore": said.ignore or ()}
    for key, names in chosen.items():
        places = ((name, config.place(key, at)) for at, name in enumerate(names))
        named += [each for each in places if each[0] not in CATEGORIES]
    if not named:
        return
    known = rule_ids(folders, config.tree)
    problems = [
        Problem("unknown-rule", f"there is no rule `{name}`", place, nearest_rules(name, known))
        for name, place in named
        if name not in known
    ]
    if problems:
        raise ConfigError(problems)


def rule_ids_in_force(config: Config, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The ids of all rules there are, asked or not: those that waivers may name."""
    return rule_ids(config.rule_folders(folders), config.tree)


def gate_in_force(config: Config, fail_on: Severity | None = None, *, never: bool = False) -> Gate:
    """The gate: `--fail-on`, else the thresholds of the configuration laid over the default."""
    if never or fail_on is not None:
        return Gate(fail_on=fail_on, never=never)
    said = config.said.gate or GateSettings()
    thresholds = dict(DEFAULT_THRESHOLDS)
    for category in CATEGORIES:
        if (word := said.threshold(category)) is not None:
            thresholds.pop(category, None)
            if word != "none":
                thresholds[category] = Severity.of(word)
    return Gate(thresholds)


def inventory_in_force(config: Config) -> str:
    """The inventory to read when none is named."""
    if config.said.inventory is None:
        return DEFAULT_INVENTORY
    return str(config.folder / config.said.inventory)


def catalog_in_force(config: Config) -> Catalog:
    """The catalog that ships, with the products of the configuration's own files over it."""
    from stackaudit.catalog.catalog import catalog
    from stackaudit.catalog.overlay import overlaid

    found = catalog()
    for name in config.said.catalog or ():
        found = overlaid(found, config.folder / name, config.tree)
    return found


def settings(config: Config) -> Iterator[Setting]:
    """What is in force but for single rules and the look of reports, with where it comes from."""
    said, file = config.said, config.file or ""

    def origin(value: object) -> str:
        return "default" if value is None else file

    yield Setting("inventory", said.inventory or DEFAULT_INVENTORY, origin(said.inventory))
    yield Setting("catalog", ", ".join(said.catalog or ("as shipped",)), origin(said.catalog))
    yield Setting("rules", ", ".join(said.rules or ("as shipped",)), origin(said.rules))
    yield Setting("select", ", ".join(said.select or ("all",)), origin(said.select))
    yield Setting("ignore", ", ".join(said.ignore or ("none",)), origin(said.ignore))
    yield from _gate_settings(config)
    yield Setting("baseline", said.baseline or "none", origin(said.baseline))
    listed = said.waivers if isinstance(said.waivers, str) else f"{len(said.waivers or ())} listed"
    yield Setting("waivers", listed if said.waivers is not None else "none", origin(said.waivers))
    yield Setting("waiver_days", str(longest_waiver(config)), origin(said.waiver_days))
    for name, value, stated in review_settings(config):
        yield Setting(name, value, file if stated else "default")


def rule_settings(config: Config, rules: Sequence[Rule]) -> Iterator[Setting]:
    """The severity and the parameters of every rule, with where they come from."""
    for rule in rules:
        yield from _settings_of(rule, config)


def _gate_settings(config: Config) -> Iterator[Setting]:
    said, file = config.said.gate or GateSettings(), config.file or ""
    thresholds = gate_in_force(config).thresholds
    for category in CATEGORIES:
        stated = said.threshold(category) is not None
        word = thresholds[category].word if category in thresholds else "none"
        yield Setting(f"gate.{category}", word, file if stated else "default")
    records = said.records
    yield Setting("gate.records", records or "change", file if records else "default")


def _settings_of(rule: Rule, config: Config) -> Iterator[Setting]:
    changed = (config.said.adjust or {}).get(rule.id)
    file = config.file or ""
    severity = changed is not None and changed.severity is not None
    yield Setting(f"{rule.id}.severity", rule.severity.word, file if severity else "default")
    for name, text in sorted(rule.param_texts.items()):
        stated = changed is not None and name in (changed.params or {})
        yield Setting(f"{rule.id}.params.{name}", text, file if stated else "default")
