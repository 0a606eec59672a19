"""The console: how wide, with which colors, on which stream."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import Final, Literal, TextIO

from rich.console import Console

PIPE_WIDTH: Final = 100
"""Columns where there is no terminal to ask and COLUMNS is not set."""

MIN_WIDTH: Final = 40
"""Below this a line cannot hold its indent and a word; narrower terminals fold lines themselves."""

HEIGHT: Final = 25
"""Means nothing for reports; stated, so that the library takes the width from here alone."""

ColorSystem = Literal["auto", "standard"]


class _Console(Console):
    """A console that leaves a closed pipe to whoever runs the command."""

    def on_broken_pipe(self) -> None:
        """Raise on, so that the command can end quietly and keep its exit code."""
        raise  # noqa: PLE0704  # rich calls this while it handles the BrokenPipeError


def make_console(stream: TextIO | None = None, *, stderr: bool = False) -> Console:
    """A console that writes to `stream`, or to standard output or error if none is given.

    `COLUMNS` sets the width, else the terminal does, else it is 100. Colors are for terminals:
    `NO_COLOR` turns them off, `FORCE_COLOR` (but `0`) on, even into a pipe.
    """
    target = stream or (sys.stderr if stderr else sys.stdout)
    terminal = _is_terminal(target)
    forced = _forces_color(os.environ)
    return _Console(
        file=target,
        width=_width(target, os.environ, terminal=terminal),
        height=HEIGHT,
        force_terminal=terminal or forced,
        color_system=_color_system(os.environ, terminal=terminal, forced=forced),
        no_color=_refuses_color(os.environ),
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,  # lines are laid out before they are printed
    )


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):  # not a file at all, or closed
        return False


def _width(stream: TextIO, environment: Mapping[str, str], *, terminal: bool) -> int:
    stated = environment.get("COLUMNS", "")
    if re.fullmatch("[0-9]{1,4}", stated, re.ASCII) and int(stated):
        return max(int(stated), MIN_WIDTH)
    return max(_terminal_width(stream), MIN_WIDTH) if terminal else PIPE_WIDTH


def _terminal_width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _forces_color(environment: Mapping[str, str]) -> bool:
    """https://force-color.org, and `0` as other tools read it; `NO_COLOR` wins."""
    asked = environment.get("FORCE_COLOR", "").lower()
    return asked not in ("", "0", "false", "no") and not _refuses_color(environment)


def _refuses_color(environment: Mapping[str, str]) -> bool:
    """https://no-color.org"""
    refused = environment.get("FORCE_COLOR", "").lower() in ("0", "false", "no")
    return refused or environment.get("NO_COLOR", "") != ""


def _color_system(
    environment: Mapping[str, str], *, terminal: bool, forced: bool
) -> ColorSystem | None:
    if not (terminal or forced):
        return None
    dumb = environment.get("TERM", "").lower() in ("dumb", "unknown", "")
    return "standard" if forced and dumb else "auto"
