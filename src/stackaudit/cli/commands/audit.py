"""`stackaudit audit`: the main job."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.arguments import (
    ConfigFile,
    Ignore,
    RuleFolders,
    Select,
    StackFile,
    configuration,
    inventory_file,
    rule_folders,
)
from stackaudit.cli.usage import day, names, severity
from stackaudit.errors import ExitCode

if TYPE_CHECKING:
    from stackaudit.audit import AuditResult
    from stackaudit.config.model import Config
    from stackaudit.findings.gate import Gate
    from stackaudit.rules.severity import Severity

EPILOG = """Examples: `stackaudit audit` reads stack.yaml; `stackaudit audit stack.yaml --fail-on
high` fails on anything high; `stackaudit audit -f json -o audit.json` also writes a file;
`stackaudit audit --select security --as-of 2026-12-31` asks only about security on a given day."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("audit", epilog=EPILOG)(audit)


def audit(
    stack: StackFile = None,
    format_: Annotated[
        str,
        typer.Option("--format", "-f", metavar="FORMAT", help="What to print: text or json."),
    ] = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Also write a file; its suffix says the format, or FORMAT:FILE. Repeatable.",
        ),
    ] = None,
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
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help="The day of the audit, as in 2026-11-02. Default: today in UTC."
        ),
    ] = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> int:
    """Audit a stack: what is bloated, disconnected, siloed or exposed."""
    from stackaudit.audit import audit as run_audit
    from stackaudit.config.effective import catalog_in_force, rules_in_force
    from stackaudit.outputs.files import write_whole
    from stackaudit.outputs.formats import format_named, target_of

    chosen = format_named(format_)
    targets = [target_of(each) for each in output or ()]
    threshold = severity(min_severity, "--min-severity")
    settings = configuration(config)
    gate = _gate(fail_on, settings)
    on = day(as_of, "--as-of")
    loaded = rules_in_force(
        settings, folders=rule_folders(rules), select=names(select), ignore=names(ignore)
    )
    result = run_audit(
        inventory_file(stack, settings),
        rules=loaded,
        as_of=on,
        gate=gate,
        catalog=catalog_in_force(settings),
    )
    for target in targets:
        write_whole(target.path, target.format.render(result).encode("utf-8"))
    if chosen.name == "text":
        _print_text(result, show_all=show_all, min_severity=threshold)
    else:
        sys.stdout.write(chosen.render(result))
    return _exit_code(result)


def _gate(fail_on: str | None, config: Config) -> Gate:
    from stackaudit.config.effective import gate_in_force

    if fail_on == "none":
        return gate_in_force(config, never=True)
    return gate_in_force(config, severity(fail_on, "--fail-on"))


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
