"""An audit as the configuration wants it, for every command that makes one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from stackaudit.cli.arguments import inventory_file, rule_folders
from stackaudit.cli.usage import day

if TYPE_CHECKING:
    from stackaudit.audit import AuditResult
    from stackaudit.config.model import Config
    from stackaudit.history.asked import Asked
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
    from stackaudit.audit import today
    from stackaudit.history.asked import Asked

    on = day(as_of, "--as-of") or today()
    asked = Asked(as_of=on, stack=stack, folders=rule_folders(rules))
    return audit_of(asked, config, compared=False, new_waivers=new_waivers)


def audit_of(
    asked: Asked, config: Config, *, compared: bool = True, new_waivers: bool = False
) -> AuditResult:
    """The audit of the stack as it is, with the configuration as it is.

    `compared`: with the baseline in force, if there is one.
    """
    from stackaudit.audit import audit
    from stackaudit.config.baseline import baseline_in_force
    from stackaudit.config.effective import (
        catalog_in_force,
        gate_in_force,
        rule_ids_in_force,
        rules_in_force,
    )
    from stackaudit.config.reviews import review_policy_in_force
    from stackaudit.config.waivers import waivers_in_force

    folders, ids = asked.folders, rule_ids_in_force(config, asked.folders)
    return audit(
        inventory_file(asked.stack, config),
        rules=rules_in_force(
            config,
            folders=folders,
            select=asked.select,
            ignore=asked.ignore,
            wording=asked.wording,
        ),
        as_of=asked.as_of,
        gate=gate_in_force(config, asked.fail_on, never=asked.never),
        base=baseline_in_force(config, asked.baseline) if compared else None,
        waivers=waivers_in_force(config, asked.as_of, ids, may_be_missing=new_waivers),
        catalog=catalog_in_force(config),
        review_policy=review_policy_in_force(config),
        wording=asked.wording,
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
