"""The command line as people and CI jobs meet it: exit codes, streams, errors that help."""

from __future__ import annotations

import inspect
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from typer.main import get_command

from stackaudit import __version__
from stackaudit.cli.app import make_app
from stackaudit.cli.main import run
from tests.stacks import UNREVIEWED

if TYPE_CHECKING:
    from stackaudit.rules.facts.registry import Fact

HEALTHY = "stackaudit: 1\ntools: {}\nflows: []\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def stack(here: Path, text: str = UNREVIEWED) -> str:
    (here / "stack.yaml").write_text(text, "utf-8")
    return "stack.yaml"


def spelled(value: object) -> str | None:
    """A test id from a list of arguments."""
    return " ".join(value) if isinstance(value, list | tuple) else None


Output = pytest.CaptureFixture[str]


def test_version(capsys: Output) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"stackaudit {__version__}\n"


def test_an_audit_that_passes(here: Path, capsys: Output) -> None:
    assert run(["audit", stack(here, HEALTHY)]) == 0
    assert capsys.readouterr().err == ""


def test_an_audit_that_gates(here: Path, capsys: Output) -> None:
    assert run(["audit", stack(here), "--as-of", "2026-11-02"]) == 1
    output = capsys.readouterr().out
    assert "security/unreviewed-tool" in output
    assert "stack.yaml:6" in output


def test_stack_yaml_is_the_default(here: Path) -> None:
    stack(here)
    assert run(["audit", "--select", "security/unreviewed-tool"]) == 1


def test_without_an_inventory_it_says_what_to_do(here: Path, capsys: Output) -> None:
    assert run(["audit"]) == 2
    assert "name the inventory" in capsys.readouterr().err


def test_standard_input(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UNREVIEWED.encode())))
    assert run(["audit", "-", "-f", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["findings"][0]["locations"][0]["file"] == "<stdin>"


@pytest.mark.parametrize("command", ["audit", "questions"])
def test_no_hint_reads_a_pipe_that_is_gone(
    command: str, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UNREVIEWED.encode())))
    run([command, "-"])
    printed = " ".join(capsys.readouterr().out.split())
    assert "stackaudit questions INVENTORY" in printed
    assert "questions - " not in printed


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-on", "none"], 0),
        (["--fail-on", "critical"], 0),
        (["--fail-on", "high"], 1),
        (["--select", "inventory"], 0),
        (["--select", "security,bloat"], 1),
        (["--ignore", "security"], 0),
        (["--min-severity", "critical"], 1),
    ],
    ids=spelled,
)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_exit_codes_do_not_depend_on_the_format(
    here: Path, arguments: list[str], code: int, format_: str
) -> None:
    assert run(["audit", stack(here), "-f", format_, *arguments]) == code


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["audti"], "audti", "`audit`"),
        (["audit", "--selct", "x"], "--selct", "`--select`"),
        (["audit", "--select", "securty"], "`securty`", "`security`"),
        (["audit", "--ignore", "bloat/idle-seat"], "`bloat/idle-seat`", "`bloat/idle-seats`"),
        (["audit", "-f", "jsno"], "there is no format `jsno`", "`json`"),
        (["audit", "-o", "report.docx"], "says no format", ".json"),
        (["audit", "--fail-on", "hihg"], "no such severity", "`high`"),
        (["audit", "--as-of", "02.11.2026"], "not a date", "year-month-day"),
        (["audit", "--rules", "nowhere"], "there is no folder nowhere", "check the name"),
        (["explain", "unreviewed-tol"], "there is no rule `unreviewed-tol`", "unreviewed-tool"),
        (["facts", "tols"], "there is no kind `tols`", "`tool`"),
        (["schema", "inventry"], "there is no schema", "`inventory`"),
        (["audit", "nowhere.yaml"], "there is no file nowhere.yaml", "check the name"),
        (["audit", "a.yaml", "b.yaml"], "b.yaml", "--help"),
    ],
    ids=spelled,
)
def test_wrong_calls_name_the_nearest(
    here: Path, capsys: Output, arguments: list[str], message: str, hint: str
) -> None:
    stack(here)
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert hint in captured.err
    assert "Traceback" not in captured.err


def test_an_invalid_inventory_lists_all_problems(here: Path, capsys: Output) -> None:
    text = "stackaudit: 1\ntools:\n  a: {ownr: {}}\n  b: {holds: [contct]}\n"
    assert run(["validate", stack(here, text)]) == 2
    error = capsys.readouterr().err
    assert "stack.yaml:3:7 unknown-key" in error
    assert "stack.yaml:4:15 unknown-dataset" in error
    assert "did you mean `owner`?" in error


def test_validate_counts(here: Path, capsys: Output) -> None:
    assert run(["validate", stack(here)]) == 0
    assert capsys.readouterr().out == "valid: 2 tools, 1 flow, 1 dataset in 1 file\n"


def test_files_are_written_beside_the_report(here: Path, capsys: Output) -> None:
    assert run(["audit", stack(here), "-o", "a.json", "-o", "text:b.out"]) == 1
    assert json.loads((here / "a.json").read_text("utf-8"))["schema_version"] == 1
    assert "security/unreviewed-tool" in (here / "b.out").read_text("utf-8")
    assert "\x1b" not in (here / "b.out").read_text("utf-8")
    assert "security/unreviewed-tool" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_exit_3(here: Path, capsys: Output) -> None:
    assert run(["audit", stack(here), "-o", "missing/a.json"]) == 3
    assert "cannot be written" in capsys.readouterr().err


def test_a_bug_is_exit_4_and_says_how_to_report_it(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr("stackaudit.audit.run", broken)
    assert run(["audit", stack(here)]) == 4
    error = capsys.readouterr().err
    assert "This is a bug" in error
    assert "issues" in error
    assert "Traceback" not in error
    assert run(["audit", "--debug", "stack.yaml"]) == 4
    assert "Traceback" in capsys.readouterr().err


def test_a_rule_that_fails_is_exit_4_and_the_others_report(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    from stackaudit.rules.facts.registry import facts_of

    def broken(_: object) -> bool:
        raise ZeroDivisionError

    fact = facts_of("tool")["it_came_after"]
    facts = cast("dict[str, Fact]", facts_of("tool"))
    monkeypatch.setitem(facts, "it_came_after", replace(fact, read=broken))
    assert run(["audit", stack(here), "--fail-on", "none"]) == 4
    captured = capsys.readouterr()
    assert "security/unreviewed-tool" in captured.out
    assert "alignment/late-it-involvement" in captured.err


def test_interrupted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("stackaudit.audit.run", interrupted)
    assert run(["audit", stack(here)]) == 130


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_reader_that_goes_away_changes_nothing(here: Path, format_: str) -> None:
    stack(here)
    command = f"{sys.executable} -m stackaudit audit -f {format_}; echo $? >code"
    subprocess.run(["bash", "-c", f"({command}) | true"], check=True)
    assert (here / "code").read_text().strip() == "1"


def test_more_rules_come_from_a_folder(here: Path, capsys: Output) -> None:
    from stackaudit.rules.library import shipped_rules

    folder = here / "pack" / "security"
    folder.mkdir(parents=True)
    text = (shipped_rules() / "security" / "no-mfa.yaml").read_text("utf-8")
    (folder / "my-mfa.yaml").write_text(text, "utf-8")
    assert run(["rules", "--rules", "pack", "--select", "security/my-mfa"]) == 0
    assert "my-mfa" in capsys.readouterr().out


def test_an_invalid_rule_stops_the_run_at_its_line(here: Path, capsys: Output) -> None:
    from stackaudit.rules.library import shipped_rules

    folder = here / "pack" / "security"
    folder.mkdir(parents=True)
    text = (shipped_rules() / "security" / "no-mfa.yaml").read_text("utf-8")
    (folder / "my-mfa.yaml").write_text(text.replace("tool.mfa", "tool.mfaa"), "utf-8")
    assert run(["audit", stack(here), "--rules", "pack"]) == 2
    error = capsys.readouterr().err
    assert "pack/security/my-mfa.yaml:" in error
    assert "there is no fact `tool.mfaa`" in error
    assert "did you mean `mfa`?" in error


def test_the_terminal_alone_breaks_the_lines_of_a_help_text() -> None:
    """Of the first paragraph Typer sees to it; the rest is printed as it is."""
    waiting: list[Any] = [get_command(make_app())]
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        rest = inspect.cleandoc(command.help).split("\n\n")[1:]
        for text in (*rest, *(command.epilog or "").split("\n\n")):
            assert "\n" not in text, command.name
