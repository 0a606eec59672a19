"""`stackaudit waive`: writes down that a finding is accepted, why, by whom and until when."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from stackaudit.cli.arguments import AsOf, ConfigFile, RuleFolders, complete_rule, configuration
from stackaudit.cli.auditing import audited
from stackaudit.cli.writing import DryRun, put, say
from stackaudit.errors import Place, Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    from stackaudit.audit import AuditResult
    from stackaudit.config.model import Config
    from stackaudit.config.waivers import WaiverList
    from stackaudit.rules.finding import Finding, Open
    from stackaudit.rules.waiver import Waiver

EPILOG = """Examples: `stackaudit waive security/unreviewed-tool hotjar --reason "leaves in March"
--owner it-crm --expires 90d`; `stackaudit waive 3fa2b1c09d4e --reason … --owner … --expires
2027-03-01 --ticket SEC-12` takes the finding with that fingerprint."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("waive", epilog=EPILOG)(waive)


def waive(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RULE|FINGERPRINT",
            help="The rule by id or name, or <category>/*; or a finding by its fingerprint.",
            autocompletion=complete_rule,
        ),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is accepted.")],
    owner: Annotated[str, typer.Option(metavar="WHO", help="Who answers for it.")],
    expires: Annotated[
        str, typer.Option(metavar="DAY|LENGTH", help="The last day: 2027-03-01, or 90d, 6mo.")
    ],
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="SUBJECT",
            help="Its id; several ids of one subject are joined by +, * stands for anything.",
            show_default=False,
        ),
    ] = None,
    ticket: Annotated[
        str | None, typer.Option(metavar="ID", help="Where it was decided.", show_default=False)
    ] = None,
    stack: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The inventory of the finding.", show_default=False),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write it even if it matches no finding.")
    ] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> None:
    """Accept a finding for a while: write a waiver where waivers live, and nothing else."""
    settings = configuration(config)
    result = audited(settings, stack, as_of, rules, new_waivers=True)
    rule, meant = _meant(result, name, subject)
    waiver = _waiver(rule, meant, result.as_of, reason, owner, expires, ticket)
    _check(waiver, settings, result)
    count = _matches(waiver, result)
    if not count and not force:
        raise _nothing(waiver, result)
    place = _write(waiver, settings, dry_run=dry_run)
    days = waiver.days_left(result.as_of)
    what = "finding" if count == 1 else "findings"
    counted = f"{count:,} {what} waived until {waiver.expires}, {days:,} days"
    say(f"{place}: {counted}", dry_run=dry_run)


def _meant(result: AuditResult, name: str, subject: str | None) -> tuple[str, str]:
    """The rule and the subject, out of the two arguments or a fingerprint."""
    from stackaudit.figures.proof import finding_named
    from stackaudit.rules.waiver import subject_text

    if subject is None:
        if ":" in name:
            name, _, subject = name.partition(":")
        else:
            if not re.fullmatch(r"[0-9a-f]{8,32}", name):
                hint = "name the subject after the rule, or give the fingerprint of a finding"
                raise UsageError(Problem("usage", "no subject is named", None, hint))
            finding = finding_named(result, name).finding
            return finding.rule, subject_text(finding.subjects)
    return _rule_id(result, name), "+".join(each.strip() for each in subject.split("+"))


def _rule_id(result: AuditResult, name: str) -> str:
    from stackaudit.config.waivers import nearest_target
    from stackaudit.rules.load import CATEGORIES

    ids = [rule.id for rule in result.rules]
    category, _, rest = name.partition("/")
    if rest == "*" and category in CATEGORIES:
        return name
    found = [each for each in ids if name in (each, each.partition("/")[2])]
    if len(found) != 1:
        hint = nearest_target(name, ids)
        raise UsageError(Problem("unknown-rule", f"there is no rule `{name}`", None, hint))
    return found[0]


def _waiver(
    rule: str,
    subject: str,
    on: dt.date,
    reason: str,
    owner: str,
    expires: str,
    ticket: str | None,
) -> Waiver:
    from stackaudit.inventory.reader import MAX_SCALAR
    from stackaudit.rules.waiver import Waiver

    for option, text in (("--reason", reason), ("--owner", owner), ("--ticket", ticket or "x")):
        if not text.strip():
            raise UsageError(Problem("bad-option", f"{option} is empty", None, "write something"))
        if len(text) > MAX_SCALAR:
            message = f"{option} is longer than any text in an inventory"
            raise UsageError(Problem("bad-option", message, None, "say it in short"))
    place = Place("<command>", 1, 1)
    return Waiver(
        rule, subject, reason.strip(), owner.strip(), _last_day(expires, on), place, on,
        ticket.strip() if ticket else None,
    )  # fmt: skip


def _last_day(text: str, on: dt.date) -> dt.date:
    """A day, or so long after today."""
    from stackaudit.inventory.values import ValueProblem, parse_date, parse_duration

    try:
        return parse_date(text) if re.match(r"\d{4}-", text) else parse_duration(text).after(on)
    except ValueProblem as problem:
        hint = "write a day, as in 2027-03-01, or how long it counts, as in 90d or 6mo"
        raise UsageError(
            Problem("bad-option", f"--expires: {problem.message}", None, hint)
        ) from None


def _check(waiver: Waiver, config: Config, result: AuditResult) -> None:
    """Raises UsageError for what an audit would refuse, and for what is waived already."""
    from stackaudit.config.waivers import MAX_SUBJECT, longest_waiver, term_problem

    if len(waiver.subject) > MAX_SUBJECT:
        message = f"the subject is longer than {MAX_SUBJECT} characters"
        raise UsageError(Problem("bad-option", message, None, "use `*` for a part of it"))
    problem = term_problem(waiver, result.as_of, longest_waiver(config))
    if problem is not None:
        over = waiver.expires < result.as_of
        hint = "choose a later day" if over else _EARLIER
        raise UsageError(Problem("bad-option", f"--expires: {problem}", None, hint))
    for other in result.world.waivers.all:
        if other.words == waiver.words:
            message = f"this is waived at {other.place} already, until {other.expires}"
            raise UsageError(Problem("repeated-waiver", message, None, "change `expires` there"))


_EARLIER: Final = "choose an earlier day, or set `waiver_days` in the configuration"


def _matches(waiver: Waiver, result: AuditResult) -> int:
    """How many findings, and open rules, the waiver names."""
    from stackaudit.rules.waiver import Waivers

    only, world = Waivers([waiver]), result.world
    every: tuple[Finding | Open, ...] = (*result.results.findings, *result.open)
    return sum(bool(only.about(each, world)) for each in every)


def _nothing(waiver: Waiver, result: AuditResult) -> UsageError:
    from stackaudit.rules.waiver import subject_text

    found = [each.finding for each in result.findings if waiver.about(each.finding.rule)]
    names = sorted({subject_text(each.subjects) for each in found})
    some = f"its findings are on {', '.join(names[:5])}{' …' if len(names) > 5 else ''}"
    other = some if names else "the rule finds nothing now"
    hint = did_you_mean(waiver.subject, names, other) or other
    message = f"no finding of {waiver.rule} is on {waiver.subject}"
    joint = " " if hint.endswith("?") else "; "
    return UsageError(Problem("matches-nothing", message, None, f"{hint}{joint}--force writes it"))


def _write(waiver: Waiver, config: Config, *, dry_run: bool) -> Place:
    """Splice the waiver in where waivers live; returns where it stands."""
    from stackaudit.config.waivers import waiver_list
    from stackaudit.inventory.edit.items import with_item
    from stackaudit.outputs.lock import only_writer

    found = _home(config, waiver_list(config, may_be_missing=True))
    with only_writer(found.path):
        text = _text(found.path, found.file)
        new = with_item(text, "waivers", _entry(waiver), ("rule", "subject"), found.file)
        put(found.path, new.encode("utf-8"), dry_run=dry_run)
    return _place(new, found.file, waiver)


def _home(config: Config, found: WaiverList) -> WaiverList:
    """The file that waivers are written into; a TOML file is never."""
    from stackaudit.config.read import YAML_NAME
    from stackaudit.config.waivers import WaiverList
    from stackaudit.inventory.files import shown_name

    if config.file is None:
        path = config.folder / YAML_NAME
        return WaiverList((), shown_name(path), path)
    if found.path.suffix == ".toml":
        message = f"waivers are not written into {found.file}"
        hint = 'keep them in a file of their own: `waivers = "waivers.yaml"` in [tool.stackaudit]'
        raise UsageError(Problem("toml", message, None, hint))
    return found


def _text(path: Path, file: str) -> str:
    from stackaudit.inventory.files import read_bytes

    return read_bytes(path, file).decode("utf-8") if path.exists() else ""


def _entry(waiver: Waiver) -> dict[str, str]:
    entry = {
        "rule": waiver.rule,
        "subject": waiver.subject,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
        "on": waiver.on.isoformat() if waiver.on else "",
        "ticket": waiver.ticket or "",
    }
    return {key: value for key, value in entry.items() if value}


def _place(text: str, file: str, waiver: Waiver) -> Place:
    from stackaudit.config.model import place_of
    from stackaudit.inventory.nodes import Map
    from stackaudit.inventory.reader import read_document

    root = read_document(text.encode("utf-8"), file).root
    assert isinstance(root, Map)
    number = root["waivers"].index(_entry(waiver))
    return place_of(root, file, "waivers", number) or Place(file, 1, 1)
