"""Mistakes in the call, in the form of all other problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from stackaudit.errors import Problem, UsageError, did_you_mean, nearest
from stackaudit.inventory.values import ValueProblem, parse_date
from stackaudit.rules.severity import SEVERITIES, Severity

if TYPE_CHECKING:
    from typer.exceptions import TyperException


def usage_problem(error: TyperException) -> Problem:
    """What Typer has to say about the call, with the next step."""
    message = error.format_message().strip()
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "stackaudit"
    hint = f"see `{path} --help`"
    text, _, _ = message.partition(" (Possible options: ")
    wrong, options = getattr(error, "option_name", ""), getattr(error, "possibilities", None)
    if options and (near := _nearest_option(wrong, options)):
        hint = f"did you mean `{near}`? {hint}"
    text, _, meant = (text or "no command is named").partition(" Did you mean ")
    if meant:
        hint = f"did you mean {meant.replace(chr(39), '`').rstrip('?')}? {hint}"
    return Problem("usage", text[:1].lower() + text[1:].rstrip("."), None, hint)


def _nearest_option(wrong: str, options: Iterable[str]) -> str | None:
    """The option that was meant; the dashes, which all have, make none like another."""
    known = {each.lstrip("-"): each for each in options}
    near = nearest(wrong.lstrip("-"), known)
    return known[near] if near is not None else None


def severity(text: str | None, option: str, *more: str) -> Severity | None:
    """A severity given as an option, which takes `more` words; raises UsageError."""
    if text is None:
        return None
    if text not in SEVERITIES:
        words = (*SEVERITIES, *more)
        hint = did_you_mean(text, words, f"write one of {', '.join(words)}")
        raise UsageError(Problem("bad-option", f"{option}: there is no such severity", None, hint))
    return Severity.of(text)


def day(text: str | None, option: str) -> dt.date | None:
    """A day given as an option; raises UsageError."""
    if text is None:
        return None
    try:
        return parse_date(text)
    except ValueProblem as problem:
        raise UsageError(
            Problem("bad-option", f"{option}: {problem.message}", None, problem.hint)
        ) from None


def names(values: list[str] | None) -> list[str]:
    """Names given in repeated options, each of which may hold several, separated by commas."""
    return [name.strip() for value in values or () for name in value.split(",") if name.strip()]
