"""`stackaudit audit`: the main job."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.arguments import (
    AsOf,
    BaselineFile,
    ConfigFile,
    FormatName,
    Ignore,
    Outputs,
    RuleFolders,
    Select,
    StackFile,
    configuration,
    rule_folders,
)
from stackaudit.cli.auditing import audit_of, spare_what_is_read
from stackaudit.cli.streams import print_whole
from stackaudit.cli.usage import day, names, severity
from stackaudit.errors import ExitCode

if TYPE_CHECKING:
    from stackaudit.audit import AuditResult
    from stackaudit.history.asked import Asked
    from stackaudit.rules.severity import Severity

EPILOG = """Examples: `stackaudit audit` reads stack.yaml; `stackaudit audit stack.yaml --fail-on
high` fails on anything high; `stackaudit audit -f json -o audit.json` also writes a file;
`stackaudit audit --select security --as-of 2026-12-31` asks only about security on a given day."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("audit", epilog=EPILOG)(audit)


def audit(
    stack: StackFile = None,
    format_: FormatName = "text",
    output: Outputs = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="Fail on findings of this severity or worse, in all categories: low, medium, "
            "high, critical; `none` never fails. Default: security at high.",
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    min_severity: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="Show only findings of this severity or worse; hides nothing from the gate.",
        ),
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="List every finding, however many are alike.")
    ] = False,
    as_of: AsOf = None,
    baseline: BaselineFile = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="REV|FILE",
            help="Only what is new or worse than in this git revision, or other inventory, gates; "
            "judged by the rules and the configuration there.",
            show_default=False,
        ),
    ] = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> int:
    """Audit a stack: what is bloated, disconnected, siloed or exposed."""
    from stackaudit.audit import today
    from stackaudit.history.asked import Asked
    from stackaudit.outputs.formats import Source
    from stackaudit.outputs.targets import format_named, targets_of, write_targets

    chosen = format_named(format_)
    targets = targets_of(output)
    threshold = severity(min_severity, "--min-severity")
    asked = Asked(
        as_of=day(as_of, "--as-of") or today(),
        stack=stack,
        config=config,
        baseline=baseline,
        folders=rule_folders(rules),
        select=names(select),
        ignore=names(ignore),
        fail_on=None if fail_on == "none" else severity(fail_on, "--fail-on", "none"),
        never=fail_on == "none",
    )
    result = _audited(asked, against)
    if targets:
        paths = [path for _, path in targets]
        spare_what_is_read(paths, result.stack, configuration(config), baseline)
    source = Source(result)
    write_targets(targets, source)
    if chosen.name == "text":
        _print_text(result, show_all=show_all, min_severity=threshold)
    else:
        print_whole(source.render(chosen))
    return _exit_code(result)


def _audited(asked: Asked, against: str | None) -> AuditResult:
    if against is None:
        return audit_of(asked, configuration(asked.config))
    from stackaudit.history.against import audit_against

    return audit_against(against, asked)


def _print_text(result: AuditResult, *, show_all: bool, min_severity: Severity | None) -> None:
    from stackaudit.outputs.terminal import make_console, report_audit

    report_audit(result, make_console(sys.stdout), show_all=show_all, min_severity=min_severity)


def _exit_code(result: AuditResult) -> ExitCode:
    """A rule that failed never counts as a pass."""
    if result.failures:
        from stackaudit.outputs.terminal import make_console, report_failures

        report_failures(result.failures, make_console(sys.stderr))
        return ExitCode.BUG
    return ExitCode.OK if result.verdict.passed else ExitCode.FINDINGS
