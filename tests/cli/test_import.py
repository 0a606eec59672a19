"""`init` and `import` as people meet them."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from stackaudit.cli.main import run

TABLE = "Tool,Annual cost (EUR),Seats\nHubSpot,48000.00,60\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "apps.csv").write_text(TABLE, "utf-8")
    return tmp_path


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal with somebody at it; what they type is written into it before."""
    typed = Terminal()
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr("stackaudit.cli.commands.init.asks", lambda: True)
    monkeypatch.setattr("stackaudit.cli.commands.import_.asks", lambda: True)
    return typed


def types(terminal: Terminal, *lines: str) -> None:
    terminal.seek(0)
    terminal.truncate()
    terminal.write("".join(f"{line}\n" for line in lines))
    terminal.seek(0)


def test_init_without_a_terminal_needs_yes(here: Path, capsys: Output) -> None:
    assert run(["init", "--from", "apps.csv"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert not (here / "stack.yaml").exists()


def test_init_never_overwrites(here: Path, capsys: Output) -> None:
    (here / "stack.yaml").write_text("mine", "utf-8")
    assert run(["init", "--from", "apps.csv", "--yes"]) == 2
    assert "stackaudit import" in capsys.readouterr().err
    assert (here / "stack.yaml").read_text("utf-8") == "mine"


def test_init_writes_nothing_if_the_doubts_cannot_be(here: Path) -> None:
    assert run(["init", "--from", "apps.csv", "--yes", "--doubts", "nowhere/doubts.txt"]) == 3
    assert not (here / "stack.yaml").exists()


def test_init_writes_where_it_is_told(here: Path) -> None:
    assert run(["init", "--from", "apps.csv", "--yes", "--output", "ours.yaml"]) == 0
    assert run(["validate", "ours.yaml"]) == 0


def test_init_shows_the_columns_and_asks(here: Path, terminal: Terminal, capsys: Output) -> None:
    types(terminal, "y", "Northwind")
    assert run(["init", "--from", "apps.csv"]) == 0
    assert "contract.cost" in capsys.readouterr().out
    assert "organization: Northwind\n" in (here / "stack.yaml").read_text("utf-8")


def test_init_with_columns_that_are_wrong(here: Path, terminal: Terminal, capsys: Output) -> None:
    types(terminal, "n")
    assert run(["init", "--from", "apps.csv"]) == 2
    assert "--save-mapping" in capsys.readouterr().err
    assert not (here / "stack.yaml").exists()


def test_init_by_questions(here: Path, terminal: Terminal) -> None:
    types(terminal, "Northwind", "EUR", "HubSpot", "Own thing", "")
    assert run(["init"]) == 0
    text = (here / "stack.yaml").read_text("utf-8")
    assert "  own-thing:\n    name: Own thing\n" in text


def test_init_from_nothing(here: Path, capsys: Output) -> None:
    assert run(["init", "--yes"]) == 2
    assert "--from" in capsys.readouterr().err


def test_a_mapping_can_be_kept(here: Path) -> None:
    assert run(["init", "--from", "apps.csv", "--save-mapping", "columns.yaml"]) == 0
    assert run(["init", "--from", "apps.csv", "--mapping", "columns.yaml", "--yes"]) == 0


def test_import_shows_the_difference_first(here: Path, capsys: Output) -> None:
    before = "stackaudit: 1\ntools:\n  hubspot: {name: HubSpot}\n"
    (here / "stack.yaml").write_text(before, "utf-8")
    assert run(["import", "apps.csv", "--into", "stack.yaml"]) == 2
    shown = capsys.readouterr()
    assert "contract.seats  60" in shown.out
    assert "nothing was written" in shown.err
    assert run(["import", "apps.csv", "--dry-run"]) == 0
    assert (here / "stack.yaml").read_text("utf-8") == before


def test_import_asks(here: Path, terminal: Terminal) -> None:
    (here / "stack.yaml").write_text("stackaudit: 1\ntools: {}\n", "utf-8")
    types(terminal, "n")
    assert run(["import", "apps.csv"]) == 130
    assert (here / "stack.yaml").read_text("utf-8") == "stackaudit: 1\ntools: {}\n"
    types(terminal, "y")
    assert run(["import", "apps.csv"]) == 0
    assert "hubspot" in (here / "stack.yaml").read_text("utf-8")


@pytest.mark.parametrize("rate", ["USD", "USD=", "USD=0", "dollar=1", "USD=-1", "USD=1e5"])
def test_rates_that_are_refused(here: Path, rate: str) -> None:
    assert run(["init", "--from", "apps.csv", "--yes", "--rate", rate]) == 2


@pytest.mark.parametrize(
    "name", ["[/]", "[red]", "\x1b[31mred", "\u202eevil", "::error::x", "=1+1"]
)
def test_hostile_names_are_shown_as_what_they_are(here: Path, name: str, capsys: Output) -> None:
    (here / "apps.csv").write_text(f"Tool,Seats\n{name},\n{name.upper()},3\n{name},4\n", "utf-8")
    assert run(["init", "--from", "apps.csv", "--yes"]) == 0
    assert run(["import", "apps.csv", "--yes"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert not [line for line in out.splitlines() if line.startswith("::")]
    assert run(["validate"]) == 0


def test_a_stack_without_a_currency_is_told_so(here: Path, capsys: Output) -> None:
    (here / "stack.yaml").write_text("stackaudit: 1\ntools: {}\n", "utf-8")
    assert run(["import", "apps.csv", "--dry-run"]) == 0
    assert "write `currency: EUR`" in capsys.readouterr().out


def test_an_inventory_that_is_wrong_is_not_touched(here: Path) -> None:
    (here / "stack.yaml").write_text("stackaudit: 1\ntolls: {}\n", "utf-8")
    assert run(["import", "apps.csv", "--yes"]) == 2
