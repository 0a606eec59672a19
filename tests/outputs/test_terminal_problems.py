"""Problems and failures: greppable in a pipe, wrapped on a terminal, counted at the end."""

from __future__ import annotations

import io
import subprocess
import sys

from rich.console import Console

from stackaudit.errors import Place, Problem
from stackaudit.outputs.terminal import make_console, report_failures, report_problems
from stackaudit.rules.finding import Failure

LONG = " and so on" * 20
UNKNOWN_KEY = Problem(
    "unknown-key", "`hold` is no key of a tool", Place("stack.yaml", 4, 7), "did you mean `holds`?"
)


def piped(*problems: Problem) -> list[str]:
    stream = io.StringIO()
    report_problems(problems, make_console(stream))
    return stream.getvalue().splitlines()


def on_a_terminal(*problems: Problem, width: int = 80) -> list[str]:
    stream = io.StringIO()
    console = Console(file=stream, width=width, height=25, force_terminal=True, color_system=None)
    report_problems(problems, console)
    return stream.getvalue().splitlines()


def test_a_problem_is_a_line_and_its_hint_another() -> None:
    assert piped(UNKNOWN_KEY) == [
        "stack.yaml:4:7 unknown-key `hold` is no key of a tool",
        "    hint: did you mean `holds`?",
    ]


def test_a_problem_without_place_and_hint() -> None:
    assert piped(Problem("no-file", "stack.yaml is not there")) == [
        "no-file stack.yaml is not there"
    ]


def test_several_are_counted() -> None:
    assert piped(UNKNOWN_KEY, UNKNOWN_KEY)[-1] == "2 problems"
    assert "problem" not in piped(UNKNOWN_KEY)[-1]
    assert piped() == []


def test_in_a_pipe_no_line_is_broken() -> None:
    lines = piped(Problem("long", LONG, Place("stack.yaml", 1, 1), LONG))
    assert lines == [f"stack.yaml:1:1 long {LONG}", f"    hint: {LONG}"]


def test_on_a_terminal_lines_are_broken_at_words_and_indented() -> None:
    lines = on_a_terminal(Problem("long", LONG.strip(), Place("stack.yaml", 1, 1), LONG.strip()))
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("stack.yaml:1:1 long and so on")
    assert lines[1].startswith("    ")
    assert " ".join(" ".join(lines).split()) == f"stack.yaml:1:1 long{LONG} hint:{LONG}"


def test_names_in_problems_are_hostile_too() -> None:
    lines = piped(Problem("x", "[red]\x1b[31m\nstack.yaml:1:1 y", Place("a\x1b\n.yaml", 1, 1)))
    assert lines == [r"a\x1b\n.yaml:1:1 x [red]\x1b[31m\nstack.yaml:1:1 y"]


def test_failures_say_that_it_is_a_bug() -> None:
    stream = io.StringIO()
    report_failures([Failure("a/b", "Mail [/]", "KeyError", "…")], make_console(stream))
    first, *rest = stream.getvalue().splitlines()
    assert first == "rule-failed a/b on Mail [/]: KeyError"
    assert "a bug in stackaudit" in " ".join(rest)


def test_no_failures_no_words() -> None:
    stream = io.StringIO()
    report_failures([], make_console(stream))
    assert stream.getvalue() == ""


def test_to_report_a_problem_loads_nothing_of_an_audit() -> None:
    """In a process of its own: what other tests imported does not count."""
    code = (
        "import sys; from stackaudit.outputs.terminal import make_console, report_problems;"
        "report_problems([], make_console(sys.stderr));"
        "print(*sorted({'stackaudit.audit', 'networkx', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
