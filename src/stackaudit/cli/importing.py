"""What `init` and `import` share: options, reading, asking."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from stackaudit.errors import Problem, UsageError
from stackaudit.inventory.values import ValueProblem, parse_worth

if TYPE_CHECKING:
    from stackaudit.sources.identify import Gathered
    from stackaudit.sources.observation import Observation
    from stackaudit.sources.options import Options

Mapping_: TypeAlias = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="What the columns mean, as YAML."),
]
Encoding: TypeAlias = Annotated[
    str, typer.Option("--encoding", metavar="NAME", help="The encoding of CSV: utf-8, cp1252 …")
]
Rates: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--rate",
        metavar="CODE=WORTH",
        help="What one unit of a currency is worth in the stack's, as in USD=0.92. Repeatable.",
    ),
]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]
KeepUnknown: TypeAlias = Annotated[
    bool,
    typer.Option("--keep-unknown", help="Keep columns that nobody knows, under keys with x-."),
]
DoubtsFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--doubts", metavar="FILE", help="Also write all doubts into a file, one a line."),
]
SourceName: TypeAlias = Annotated[
    str | None,
    typer.Option("--source", metavar="NAME", help="How to read it: table, tech-stack …"),
]


def options_of(
    encoding: str,
    mapping: Path | None,
    currency: str | None,
    rates: Mapping[str, Decimal],
    *,
    keep_unknown: bool,
) -> Options:
    """The options of a source; raises InputError for a mapping file that is wrong."""
    from stackaudit.sources.options import Options
    from stackaudit.sources.tables.mapping import Mapped, read_mapping

    mapped = read_mapping(mapping) if mapping else Mapped()
    return Options(encoding, mapped, currency or mapped.currency, rates, keep_unknown)


def rates_of(texts: list[str] | None) -> dict[str, Decimal]:
    """`USD=0.92` as a rate; raises UsageError."""
    rates = {}
    for text in texts or ():
        code, _, worth = text.partition("=")
        rates[currency_code(code.strip(), "--rate")] = _worth(worth.strip())
    return rates


def currency_code(text: str, option: str) -> str:
    """The code of a currency; raises UsageError."""
    code = text.upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    hint = "write its code, as in EUR; a rate as USD=0.92"
    raise UsageError(Problem("bad-option", f"{option}: not a currency", None, hint))


def _worth(text: str) -> Decimal:
    try:
        return parse_worth(text)
    except ValueProblem as problem:
        raise UsageError(
            Problem("bad-option", f"--rate: {problem.message}", None, "write it as in USD=0.92")
        ) from None


def observations(files: list[Path], options: Options, source: str | None) -> Iterator[Observation]:
    """What all files say, one thing at a time, with a line of progress on a terminal."""
    from stackaudit.outputs.terminal.progress import watched
    from stackaudit.sources.registry import source_of

    for file in files:
        yield from watched(source_of(file, source).read(file, options), f"reading {file}")


def show_columns(file: Path, options: Options, source: str | None) -> bool:
    """Show what the columns of a table were taken for; False if it is not a table."""
    from stackaudit.outputs.terminal import make_console
    from stackaudit.outputs.terminal.imports import report_columns
    from stackaudit.sources.registry import source_of
    from stackaudit.sources.tables.survey import NAME, survey

    if source_of(file, source).name != NAME:
        return False
    found = survey(file, options)
    report_columns(found.table.file, found.columns, make_console(sys.stdout))
    return True


def show_doubts(found: Gathered, doubts: Path | None) -> None:
    """Doubts on standard output, and all of them into a file if one is named."""
    from stackaudit.outputs.files import write_whole
    from stackaudit.outputs.terminal import make_console
    from stackaudit.outputs.terminal.imports import doubts_text, report_doubts

    report_doubts(found, make_console(sys.stdout))
    if doubts is not None:
        write_whole(doubts, doubts_text(found).encode("utf-8"))


def asks() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def refused(what: str) -> UsageError:
    """The error where something would have to be asked, and there is no terminal."""
    hint = "look at what is above, and add --yes"
    return UsageError(Problem("not-confirmed", what, None, hint))
