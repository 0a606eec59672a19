"""`stackaudit baseline`: the findings that were known when the gate was introduced."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from stackaudit.cli.arguments import (
    AsOf,
    BaselineFile,
    ConfigFile,
    RuleFolders,
    StackFile,
    configuration,
)
from stackaudit.cli.auditing import audited
from stackaudit.cli.writing import DryRun, put, say
from stackaudit.errors import Problem, UsageError

if TYPE_CHECKING:
    from stackaudit.config.model import Config
    from stackaudit.findings.base import Base, Known

HELP = """The findings that were known when the gate was introduced: they do not gate."""


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(help=HELP, no_args_is_help=True)
    for command, example in (
        (create, "stackaudit baseline create stack.yaml --baseline baseline.txt"),
        (update, "stackaudit baseline update"),
        (prune, "stackaudit baseline prune"),
        (show, "stackaudit baseline show"),
    ):
        group.command(command.__name__, epilog=f"Example: `{example}`")(command)
    app.add_typer(group, name="baseline")


def create(
    stack: StackFile = None,
    baseline: BaselineFile = None,
    as_of: AsOf = None,
    rules: RuleFolders = None,
    dry_run: DryRun = False,
    config: ConfigFile = None,
) -> None:
    """Write down all that is found today; refuses to overwrite a file."""
    from stackaudit.config.baseline import baseline_path
    from stackaudit.findings.baseline import created
    from stackaudit.outputs.lock import only_writer

    settings = configuration(config)
    path = baseline_path(settings, baseline)
    _refuse_overwriting(path)
    known = created(audited(settings, stack, as_of, rules).findings)
    with only_writer(path):
        _refuse_overwriting(path)
        _write(path, known, dry_run=dry_run)
    say(f"{_shown(path)}: {_number(len(known))}", dry_run=dry_run)
    if baseline is None and settings.said.baseline is None and not dry_run:
        typer.echo(f"add `baseline: {path.name}` to the configuration, or call audit with it")


def update(
    stack: StackFile = None,
    baseline: BaselineFile = None,
    as_of: AsOf = None,
    rules: RuleFolders = None,
    dry_run: DryRun = False,
    config: ConfigFile = None,
) -> None:
    """Make the file say what is found today: new ones in, gone ones out, severities as now."""
    from stackaudit.findings.baseline import updated

    settings = configuration(config)
    path = _existing(settings, baseline)
    result = audited(settings, stack, as_of, rules)
    _rewrite(path, lambda base: updated(base, result.findings, result.results), dry_run=dry_run)


def prune(
    stack: StackFile = None,
    baseline: BaselineFile = None,
    as_of: AsOf = None,
    rules: RuleFolders = None,
    dry_run: DryRun = False,
    config: ConfigFile = None,
) -> None:
    """Take out what is gone, and nothing else: what is fixed cannot come back unseen."""
    from stackaudit.findings.baseline import pruned

    settings = configuration(config)
    path = _existing(settings, baseline)
    result = audited(settings, stack, as_of, rules)
    _rewrite(path, lambda base: pruned(base, result.results), dry_run=dry_run)


def show(
    stack: StackFile = None,
    baseline: BaselineFile = None,
    as_of: AsOf = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> None:
    """List what is in the file, in words, and what became of it."""
    from stackaudit.findings.baseline import states
    from stackaudit.outputs.terminal import make_console
    from stackaudit.outputs.terminal.baseline import report_baseline

    settings = configuration(config)
    base = _read(_existing(settings, baseline))
    result = audited(settings, stack, as_of, rules)
    titles = {rule.id: rule.title for rule in result.rules}
    became = states(base, result.findings, result.results)
    report_baseline(base, became, titles, make_console(sys.stdout))


def _existing(config: Config, given: Path | None) -> Path:
    from stackaudit.config.baseline import baseline_path

    path = baseline_path(config, given)
    if not path.exists():
        message, hint = f"there is no {_shown(path)}", "write it with `stackaudit baseline create`"
        raise UsageError(Problem("no-file", message, None, hint))
    return path


def _refuse_overwriting(path: Path) -> None:
    if path.is_dir():
        message = f"{_shown(path)} is a folder"
        raise UsageError(Problem("not-a-file", message, None, "name a file in it"))
    if path.exists():
        hint = "use `stackaudit baseline update`, or name another file with --baseline"
        raise UsageError(Problem("exists", f"there is a {_shown(path)} already", None, hint))


def _read(path: Path) -> Base:
    from stackaudit.findings.baseline import read_baseline
    from stackaudit.inventory.files import read_bytes

    return read_baseline(read_bytes(path, _shown(path)), _shown(path))


def _rewrite(path: Path, make: Callable[[Base], Sequence[Known]], *, dry_run: bool) -> None:
    """Write the file anew from what it says at that moment, which another run may have changed."""
    from stackaudit.outputs.lock import only_writer

    with only_writer(path):
        before = _read(path)
        known = make(before)
        _write(path, known, dry_run=dry_run)
    after = {each.fingerprint: each for each in known}
    come = len(after.keys() - before.known.keys())
    gone = len(before.known.keys() - after.keys())
    both = before.known.keys() & after.keys()
    moved = sum(before.known[name].severity != after[name].severity for name in both)
    counts = f"{come:,} added, {gone:,} removed, {moved:,} with another severity"
    say(f"{_shown(path)}: {_number(len(known))}; {counts}", dry_run=dry_run)


def _write(path: Path, known: Sequence[Known], *, dry_run: bool) -> None:
    from stackaudit.findings.baseline import baseline_text

    put(path, baseline_text(known).encode("utf-8"), dry_run=dry_run)


def _shown(path: Path) -> str:
    from stackaudit.inventory.files import shown_name

    return shown_name(path)


def _number(count: int) -> str:
    return f"{count:,} finding{'' if count == 1 else 's'}"
