"""The console: width, colors, and streams that cannot do everything."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from stackaudit.outputs.terminal import make_console, report_audit
from stackaudit.outputs.terminal.glyphs import Encoding
from stackaudit.outputs.terminal.styles import FEW_COLORS, MANY_COLORS
from tests.outputs.terminal_sample import sample, shown, without_color


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Closed(io.StringIO):
    """A pipe whose reader is gone."""

    def write(self, text: str, /) -> int:
        raise BrokenPipeError


def console(
    environment: pytest.MonkeyPatch, stream: io.StringIO, settings: Mapping[str, str]
) -> Console:
    for name, value in settings.items():
        environment.setenv(name, value)
    return make_console(stream)


@pytest.mark.parametrize(
    ("settings", "width"),
    [
        ({}, 100),
        ({"COLUMNS": "72"}, 72),
        ({"COLUMNS": "7"}, 40),
        ({"COLUMNS": "0"}, 100),
        ({"COLUMNS": "wide"}, 100),
        ({"COLUMNS": "-80"}, 100),
        ({"COLUMNS": "٨٠"}, 100),
        ({"COLUMNS": "9" * 5000}, 100),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_pipe_is_100_wide_unless_columns_says_else(
    environment: pytest.MonkeyPatch, settings: Mapping[str, str], width: int
) -> None:
    assert console(environment, io.StringIO(), settings).width == width


def test_columns_counts_on_a_terminal_too(environment: pytest.MonkeyPatch) -> None:
    assert console(environment, Terminal(), {"COLUMNS": "132"}).width == 132


@pytest.mark.parametrize(
    ("stream", "settings", "colored"),
    [
        (Terminal, {"TERM": "xterm-256color"}, True),
        (Terminal, {"TERM": "dumb"}, False),
        (Terminal, {"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        (Terminal, {"TERM": "xterm-256color", "NO_COLOR": ""}, True),
        (Terminal, {"TERM": "xterm-256color", "FORCE_COLOR": "0"}, False),
        (Terminal, {"TERM": "xterm-256color", "FORCE_COLOR": ""}, True),
        (io.StringIO, {"TERM": "xterm-256color"}, False),
        (io.StringIO, {"FORCE_COLOR": "1"}, True),
        (io.StringIO, {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        (io.StringIO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (io.StringIO, {"FORCE_COLOR": "false"}, False),
    ],
    ids=str,
)
def test_colors_are_for_terminals_unless_somebody_says_else(
    environment: pytest.MonkeyPatch,
    stream: type[io.StringIO],
    settings: Mapping[str, str],
    colored: bool,
) -> None:
    file = stream()
    report_audit(sample(), console(environment, file, settings))
    colors = [code for code in ("\x1b[38;5;", "\x1b[1;38;5;", "\x1b[31m", "\x1b[1;31m")
              if code in file.getvalue()]  # fmt: skip
    assert bool(colors) == colored


def test_a_pipe_gets_no_escape_sequence() -> None:
    assert "\x1b" not in shown(sample())


def test_without_color_the_same_words_are_there(environment: pytest.MonkeyPatch) -> None:
    """Color is never the only sign: what differs is the space that badges have around them."""
    file = Terminal()
    settings = {"TERM": "xterm-256color", "COLUMNS": "100"}
    report_audit(sample(), console(environment, file, settings))
    assert without_color(file.getvalue()).split() == shown(sample(), 100).split()


def test_sixteen_colors_use_the_colors_of_sixteen(environment: pytest.MonkeyPatch) -> None:
    file = Terminal()
    report_audit(sample(), console(environment, file, {"TERM": "xterm"}))
    assert "38;5;" not in file.getvalue()
    assert "\x1b[1;31m" in file.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp1252", "koi8-r"])
def test_a_stream_without_unicode_gets_stand_ins(encoding: str) -> None:
    file = io.BytesIO()
    stream = io.TextIOWrapper(file, encoding=encoding, newline="\n")
    report_audit(sample(), make_console(stream))
    stream.flush()
    text = file.getvalue().decode(encoding)
    assert "FAIL" in text
    assert "Shop One -> Zap Works" in text or "Shop One → Zap Works" in text
    assert "?" not in text


@pytest.mark.parametrize(
    ("text", "fitted"),
    [
        ("shopify → zapier", "shopify -> zapier"),
        ("Größe", "Grosse"),
        ("café e\u0301", "cafe e"),
        ("株式会社", "????"),
        ("5 €, “so” – ½…", '5 EUR, "so" - ?...'),
        ("\U0001f600", "?"),
    ],
)
def test_ascii_gets_the_nearest_letters(text: str, fitted: str) -> None:
    assert Encoding("ascii").fit(text) == fitted
    assert Encoding("UTF-8").fit(text) == text


def test_a_reader_that_is_gone_is_for_the_command_to_handle() -> None:
    """Not a SystemExit of the library's, which would lose the exit code."""
    with pytest.raises(BrokenPipeError):
        report_audit(sample(), make_console(Closed()))


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [part / 255 for part in color.get_truecolor(DEFAULT_TERMINAL_THEME)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


@pytest.mark.parametrize("name", [name for name, style in MANY_COLORS.items() if style.color])
def test_colors_read_on_white_and_on_black(name: str) -> None:
    style = MANY_COLORS[name]
    color = luminance(style.color or Color.default())
    if style.bgcolor:
        assert contrast(color, luminance(style.bgcolor)) >= 4
    else:
        assert contrast(color, 1.0) >= 3.5
        assert contrast(color, 0.0) >= 4


def test_both_palettes_have_the_same_names() -> None:
    assert MANY_COLORS.keys() == FEW_COLORS.keys()
    assert all(isinstance(style, Style) for style in FEW_COLORS.values())
