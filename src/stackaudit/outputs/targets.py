"""The files that an audit or a report is written to, each in its format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from stackaudit.errors import Problem, UsageError
from stackaudit.outputs.files import write_whole
from stackaudit.outputs.formats import FORMATS, Format, Source
from stackaudit.outputs.naming import files_in, format_in

Target = tuple[Format, Path]
"""A format, and the file to write it into."""


def format_named(name: str) -> Format:
    """The format of that name; raises UsageError with the nearest one."""
    return format_in(FORMATS, name)


def targets_of(given: Sequence[str] | None) -> tuple[Target, ...]:
    """The files of every `-o`; raises UsageError where one names no format, or two one file."""
    try:
        return files_in(FORMATS, given, "github-summary:summary.md")
    except UsageError:
        _lead_to_reports(given or ())
        raise


def _lead_to_reports(given: Iterable[str]) -> None:
    """Pages, slides and sheets are what another command writes."""
    from stackaudit.outputs.report.formats import FORMATS as REPORTS

    own = {suffix for each in FORMATS.values() for suffix in each.suffixes}
    theirs = {suffix for each in REPORTS.values() for suffix in each.suffixes} - own
    for path in map(Path, given):
        if path.suffix.lower() in theirs:
            message = f"the suffix of `{path.name}` says no format of an audit"
            hint = f"write a report, as in `stackaudit report -o {path.name}`"
            raise UsageError(Problem("unknown-format", message, None, hint))


def write_targets(targets: Iterable[Target], source: Source) -> None:
    """Make every output, then write every file: what cannot be made leaves all files alone.

    Raises SurroundingsError when a file cannot be written.
    """
    made = [(path, source.render(format_).encode("utf-8")) for format_, path in targets]
    for path, content in made:
        write_whole(path, content)
