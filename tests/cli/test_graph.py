"""`stackaudit graph` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stackaudit.cli.main import run
from tests.stacks import UNREVIEWED

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stack.yaml").write_text(UNREVIEWED, "utf-8")
    return tmp_path


def test_a_tree_without_asking(capsys: Output) -> None:
    assert run(["graph", "--as-of", "2026-11-02"]) == 0
    assert "→ mailer: contact" in capsys.readouterr().out


def test_files_by_their_suffix(here: Path, capsys: Output) -> None:
    assert run(["graph", "-o", "map.svg", "-o", "map.json", "-o", "dot:map.txt"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert (here / "map.svg").read_text("utf-8").startswith("<svg ")
    assert json.loads((here / "map.json").read_text("utf-8"))["links"][0]["source"] == "crm"
    assert (here / "map.txt").read_text("utf-8").startswith("digraph stack {")


def test_one_tool_and_its_neighbours(capsys: Output) -> None:
    assert run(["graph", "--tool", "crm", "-f", "json"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)["nodes"]] == [
        "crm",
        "mailer",
    ]
    assert run(["graph", "--tool", "crn"]) == 2
    assert "did you mean `crm`?" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["-f", "pgn"], ["-f", "png"], ["-o", "map.exe"]])
def test_formats_that_cannot_be(arguments: list[str], capsys: Output) -> None:
    assert run(["graph", *arguments]) == 2
    assert "hint:" in capsys.readouterr().err
