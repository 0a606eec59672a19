"""`stackaudit report`: the report for the room, in one or several formats at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.arguments import (
    AsOf,
    BaselineFile,
    ConfigFile,
    RuleFolders,
    StackFile,
    configuration,
    rule_folders,
)
from stackaudit.cli.auditing import audit_of, spare_what_is_read
from stackaudit.cli.usage import day
from stackaudit.errors import ExitCode, Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    import datetime as dt

    from stackaudit.audit import AuditResult
    from stackaudit.config.model import Config
    from stackaudit.figures.report.parts import Audience
    from stackaudit.history.asked import Asked
    from stackaudit.inventory.anonymous import Pseudonyms

EPILOG = """Examples: `stackaudit report -o report.html` writes one page; `stackaudit report
stack.yaml -o report.html -o report.xlsx` several formats; `stackaudit report -o short.html
--audience executive --language de` a short one in German; `stackaudit report -o for-others.html
--anonymize` one that names nobody; `stackaudit report -o report.html --compare main~20` says what
changed since."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("report", epilog=EPILOG)(report)


def report(
    stack: StackFile = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="The file to write; its suffix says the format, or FORMAT:FILE. Repeatable.",
        ),
    ] = None,
    audience: Annotated[
        str,
        typer.Option(
            metavar="WHO",
            help="For whom: `executive` (money, decisions, risk), `technical` (data, flows, "
            "proof) or `workshop` (everything).",
        ),
    ] = "workshop",
    language: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="The language, with a country if its money and dates matter: de, de-AT. "
            "Default: as configured, else en.",
            show_default=False,
        ),
    ] = None,
    anonymize: Annotated[
        bool,
        typer.Option("--anonymize", help="Replace every name by a pseudonym, in all formats."),
    ] = False,
    compare: Annotated[
        str | None,
        typer.Option(
            metavar="OLD",
            help="Also say what changed since: another inventory or a git revision.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    baseline: BaselineFile = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> int:  # fmt: skip
    """Write the report of an audit: pictures, money, decisions, questions for each side."""
    from stackaudit.audit import today
    from stackaudit.cli.looks import look_of
    from stackaudit.figures.report.book import book
    from stackaudit.history.asked import Asked
    from stackaudit.outputs.report.formats import report_targets
    from stackaudit.outputs.terminal.stages import stage

    targets = report_targets(output or ["report.html"])
    whom = _audience(audience)
    for format_, _ in targets:
        format_.check()
    from stackaudit.outputs.report.language import DEFAULT
    from stackaudit.outputs.report.language import language as language_of

    settings = configuration(config)
    said = settings.said.report
    words = language_of(language or (said.language if said else None) or DEFAULT)
    look = look_of(settings, anonymous=anonymize)
    asked = Asked(
        as_of=day(as_of, "--as-of") or today(),
        stack=stack,
        config=config,
        baseline=baseline,
        folders=rule_folders(rules),
        wording=words.wording(),
    )
    with stage("auditing"):
        result, older, since = _audited(asked, settings, compare, anonymize=anonymize)
        spare_what_is_read([path for _, path in targets], result.stack, settings, baseline)
        found = book(result, audience=whom, compare=older, since=since)
    made = []
    for format_, path in targets:
        with stage(f"making {path.name}"):
            made.append((path, format_.render(found, words, look)))
    from stackaudit.outputs.files import write_whole

    for path, content in made:
        write_whole(path, content)
        typer.echo(f"wrote {path} ({max(round(len(content) / 1000), 1)} kB)", err=True)
    return _exit_code(result)


def _audience(text: str) -> Audience:
    from stackaudit.figures.report.parts import AUDIENCES

    for each in AUDIENCES:
        if each == text:
            return each
    hint = did_you_mean(text, AUDIENCES, f"write one of {', '.join(AUDIENCES)}")
    raise UsageError(Problem("bad-option", "--audience: there is no such audience", None, hint))


def _audited(
    asked: Asked, config: Config, compare: str | None, *, anonymize: bool
) -> tuple[AuditResult, AuditResult | None, dt.date | None]:
    """The audit, the older one to compare it with, and its day; without names if so wanted."""
    from stackaudit.figures.anonymous import pseudonyms

    result = audit_of(asked, config)
    names = pseudonyms(result.world.wording) if anonymize else None
    older = since = None
    if compare is not None:
        from stackaudit.history.states import audited_before

        before = audited_before(compare, asked.stack, asked)
        older, since = before.result, before.on
    if names is None:
        return result, older, since
    anonymous = _without_names(result, config, names)
    old = None if older is None else _without_names(older, config, names)
    return anonymous, old, since


def _without_names(result: AuditResult, config: Config, names: Pseudonyms) -> AuditResult:
    """The audit of the same stack under pseudonyms.

    What was known before is left out: a baseline names what it knows.
    """
    from stackaudit.audit import audit
    from stackaudit.config.effective import catalog_in_force, gate_in_force
    from stackaudit.config.reviews import review_policy_in_force
    from stackaudit.figures.anonymous import anonymized, anonymized_waivers

    catalog = catalog_in_force(config)
    return audit(
        anonymized(result.stack, names, catalog=catalog),
        rules=result.rules,
        as_of=result.as_of,
        gate=gate_in_force(config),
        waivers=anonymized_waivers(result, names),
        catalog=catalog,
        review_policy=review_policy_in_force(config),
        wording=result.world.wording,
    )


def _exit_code(result: AuditResult) -> ExitCode:
    """A report is no gate; but a rule that failed never counts as a pass."""
    if result.failures:
        import sys

        from stackaudit.outputs.terminal import make_console, report_failures

        report_failures(result.failures, make_console(sys.stderr))
        return ExitCode.BUG
    return ExitCode.OK
