"""Reads a JSON report: what any program may have written, and only what is one gets through."""

from __future__ import annotations

import os
import stat
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from stackaudit.errors import InputError, Place, Problem, SurroundingsError, quoted
from stackaudit.outputs.document import SCHEMA_VERSION, Report

STDIN: Final = "-"
MAX_BYTES: Final = 256 * 2**20
MAX_NUMBER: Final = 2**53
"""Beyond it JSON's numbers are not exact, and Python refuses to print the longest."""

MAX_SHOWN: Final = 5
"""So many problems of one report are named; a file that is no report has thousands."""

_HINT: Final = "write one with `stackaudit audit -o report.json`"
_NEW_HINT: Final = "render it with the version of stackaudit that wrote it, or a newer one"


class ReportError(InputError):
    """A file is not a report, or not a whole one."""


def read_report(file: str) -> Report:
    """The report in a file, or on standard input where the name is `-`.

    Raises ReportError for what is not a report that this version can read, SurroundingsError
    when the disk fails.
    """
    data = _stdin() if file == STDIN else _content(Path(file))
    return parse_report(data, "<stdin>" if file == STDIN else file)


def parse_report(data: bytes, name: str) -> Report:
    """The report that JSON text says; raises ReportError."""
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    text = data.removeprefix(b"\xef\xbb\xbf")
    _check_version(_plain(text, name), name)
    try:
        report = _adapter().validate_json(text, strict=True)
    except ValidationError as error:
        raise ReportError(_problems(error, name)) from None
    _check_verdict(report, name)
    return report


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def plain_of(report: Report) -> Any:
    """The report as plain data, in the order of its schema."""
    return _adapter().dump_python(report, mode="json")


def report_of(node: Any) -> Report:
    """The report that plain data says; for what stackaudit made itself."""
    return _adapter().validate_python(node)


def _plain(text: bytes, name: str) -> Any:
    """The data, without numbers that are none; deep nesting ends in the parser's own limit."""
    try:
        node = from_json(text, allow_inf_nan=False)
    except ValueError as error:
        reason = _reason(error)
        raise _refused("not-json", f"not JSON, or not the whole of it ({reason})", name) from None
    _check_numbers(node, name)
    return node


def _reason(error: ValueError) -> str:
    """What the parser says, without anything of the file."""
    words = str(error).splitlines()[0]
    return words if words.isprintable() and len(words) < 120 else "unreadable"


def _check_numbers(node: Any, name: str) -> None:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, int | float) and abs(each) > MAX_NUMBER:
            raise _refused("bad-report", "no report: a number in it is too large", name)


def _check_version(node: Any, name: str) -> None:
    if not isinstance(node, dict) or "schema_version" not in node:
        raise _refused("not-a-report", "not a report of stackaudit", name)
    version = node["schema_version"]
    if version != SCHEMA_VERSION or isinstance(version, bool):
        newer = isinstance(version, int) and version > SCHEMA_VERSION
        message = f"a report of a schema version other than {SCHEMA_VERSION}"
        raise _refused("unknown-version", message, name, _NEW_HINT if newer else _HINT)


def _check_verdict(report: Report, name: str) -> None:
    """A report that passes cannot hold what gates: the exit code rests on it."""
    gating = sum(each.gates for each in report.findings) + sum(each.gates for each in report.open)
    if report.verdict.passed and (gating or report.verdict.gating):
        what = "a contradiction: it says it passes, and lists findings that gate"
        raise _refused("bad-report", what, name)


def _problems(error: ValidationError, name: str) -> list[Problem]:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    problems = [
        Problem("bad-report", f"{quoted(_path(each['loc']))}: {each['msg']}", _at(name), _HINT)
        for each in found[:MAX_SHOWN]
    ]
    if len(found) > MAX_SHOWN:
        more = f"and {len(found) - MAX_SHOWN:,} more"
        problems.append(Problem("bad-report", more, _at(name), _HINT))
    return problems


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(str(each) for each in location) or "the report"


def _at(name: str) -> Place:
    return Place(name, 1, 1)


def _refused(code: str, what: str, name: str, hint: str = _HINT) -> ReportError:
    return ReportError(Problem(code, f"this is {what}", _at(name), hint))


def _too_large(name: str) -> ReportError:
    what = f"larger than a report may be, {MAX_BYTES // 2**20} MiB"
    return _refused("report-too-large", what, name)


def _content(path: Path) -> bytes:
    """The content of a regular file, never more than the limit."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _no_file(path, "is not a regular file", "not-a-file")
        with os.fdopen(os.open(path, flags), "rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_BYTES:
                raise _too_large(str(path))
            return file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise _no_file(path, "is not there", "no-file") from None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise SurroundingsError(Problem("cannot-read", message)) from error


def _no_file(path: Path, what: str, code: str) -> ReportError:
    return ReportError(Problem(code, f"the report {quoted(str(path))} {what}", None, _HINT))


def _stdin() -> bytes:
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"standard input cannot be read: {error.strerror}"
        raise SurroundingsError(Problem("cannot-read", message)) from error
