"""An audit as the configuration wants it, for commands that write records of its findings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from stackaudit.cli.arguments import inventory_file, rule_folders
from stackaudit.cli.usage import day

if TYPE_CHECKING:
    from stackaudit.audit import AuditResult
    from stackaudit.config.model import Config
    from stackaudit.inventory.stack import Stack


def audited(
    config: Config,
    stack: str | None,
    as_of: str | None,
    rules: list[Path] | None,
    *,
    new_waivers: bool = False,
) -> AuditResult:
    """The audit of the inventory by all rules in force, with the waivers and without a baseline.

    With `new_waivers` the file of waivers may still have to be written.

    Raises what reading the inventory, the rules and the configuration raises.
    """
    from stackaudit.audit import audit, today
    from stackaudit.config.effective import catalog_in_force, rule_ids_in_force, rules_in_force
    from stackaudit.config.reviews import review_policy_in_force
    from stackaudit.config.waivers import waivers_in_force

    folders = rule_folders(rules)
    on = day(as_of, "--as-of") or today()
    return audit(
        inventory_file(stack, config),
        rules=rules_in_force(config, folders=folders),
        as_of=on,
        waivers=waivers_in_force(
            config, on, rule_ids_in_force(config, folders), may_be_missing=new_waivers
        ),
        catalog=catalog_in_force(config),
        review_policy=review_policy_in_force(config),
    )


def spare_what_is_read(
    paths: Iterable[Path], stack: Stack, config: Config, baseline: Path | None = None
) -> None:
    """Raises UsageError where an output would overwrite inventory, configuration or records."""
    from stackaudit.outputs.files import keep_apart

    said = config.said
    named = (said.baseline, said.waivers if isinstance(said.waivers, str) else None)
    read: list[str | Path] = [each.file for each in stack.origins.documents]
    read += [config.folder / each for each in named if each is not None]
    if config.file is not None:
        read.append(config.folder / Path(config.file).name)
    if baseline is not None:
        read.append(baseline)
    keep_apart(paths, read)
