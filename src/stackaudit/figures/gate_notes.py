"""What there is to say beside the verdict: the comparison, waivers, and changed records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.errors import listed
from stackaudit.findings.comparison import OpenInstead
from stackaudit.findings.gate import counted
from stackaudit.findings.judged import Judged
from stackaudit.findings.waivers import in_days
from stackaudit.rules.waiver import Waiver

MANY: Final = 3
"""So many missing facts are named in one sentence."""


def gate_notes(result: AuditResult) -> tuple[str, ...]:
    """A sentence each; empty where nothing is compared, waived or changed."""
    return (
        *_comparison(result),
        *(f"In this change: {each}." for each in result.changed_records),
        *(open_words(each) for each in result.open_instead),
        *_waived(result),
        *_run_out(result),
        *_soon(result),
    )


def _comparison(result: AuditResult) -> Iterator[str]:
    if result.base is None:
        return
    counts = counted(result.findings)
    parts = [f"{counts[status]:,} {status}" for status in ("new", "worse", "known")]
    parts.append(f"{len(result.fixed):,} fixed")
    if result.open_instead:
        parts.append(f"{len(result.open_instead):,} open instead of found")
    yield f"Compared with {result.base.words}: {', '.join(parts)}."
    quiet = sum(
        each.finding.time_driven and each.status in ("new", "worse") and not each.gates
        for each in result.findings
    )
    if quiet:
        what = "finding that time alone can raise does" if quiet == 1 else _MANY_QUIET
        yield f"{quiet:,} {what} not gate a comparison."


_MANY_QUIET: Final = "findings that time alone can raise do"


def open_words(instead: OpenInstead) -> str:
    """That a finding of before can no longer be decided, and which fact is missing."""
    was, now = instead.was, instead.open
    missing = list(dict.fromkeys(instead.missing))
    more = f" and {len(missing) - MANY} more" if len(missing) > MANY else ""
    facts = f"{listed(missing[:MANY], 'and')}{more}" if missing else "something"
    verb = "are" if len(missing) > 1 else "is"
    end = "" if instead.waiver is None else f"; {instead.waiver.owner} accepts it"
    return (
        f"Open instead of found: {was.rule} on {now.label}, {was.severity.word} before; "
        f"{facts} {verb} not stated{end}."
    )


def _waived(result: AuditResult) -> Iterator[str]:
    found = [each for each in result.findings if each.status == "waived"]
    for waiver, count in _by_waiver(found):
        ticket = f", {waiver.ticket}" if waiver.ticket else ""
        verb = "finding is" if count == 1 else "findings are"
        yield (
            f"{count:,} {verb} waived by {waiver.owner} until {waiver.expires} "
            f"({waiver.place}{ticket}): {waiver.rule} on {waiver.subject}."
        )


def _run_out(result: AuditResult) -> Iterator[str]:
    back = [each for each in result.findings if each.status != "waived"]
    for waiver, count in _by_waiver(back):
        verb = "finding is" if count == 1 else "findings are"
        yield (
            f"The waiver of {waiver.owner} ran out on {waiver.expires} ({waiver.place}): "
            f"{count:,} {verb} back: {waiver.rule} on {waiver.subject}."
        )


def _soon(result: AuditResult) -> Iterator[str]:
    day = result.as_of
    for waiver in result.world.waivers.all:
        if waiver.runs_out_soon(day):
            yield (
                f"The waiver of {waiver.owner} runs out on {waiver.expires}, "
                f"{in_days(waiver.days_left(day))} ({waiver.place}): "
                f"{waiver.rule} on {waiver.subject}."
            )


def _by_waiver(findings: Iterable[Judged]) -> list[tuple[Waiver, int]]:
    """Waivers in the order of the places where they stand, with how many findings each has."""
    counts = Counter(each.waiver for each in findings if each.waiver is not None)
    return sorted(counts.items(), key=lambda pair: pair[0].place)
