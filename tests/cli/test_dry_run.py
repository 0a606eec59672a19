"""`--dry-run`: every command that writes records shows what it would write, and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.cli.main import run
from stackaudit.outputs.edits import edit_text

DAY = ["--as-of", "2026-11-02"]
STACK = "stackaudit: 1\ncurrency: EUR\ntools:\n  mailer: {}  # ours\n  crm: {}\n"
WAIVE = ["waive", "unreviewed-tool", "mailer", "--reason", "r", "--owner", "o", "--expires", "9d"]
REVIEW = ["review", "crm", "--state", "approved", "--by", "ann@example.com"]
Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> Path:
    """A stack with a baseline that is out of date, and tables about it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "apps.csv").write_text("Tool,Annual cost (EUR)\nmailer,4800\nShop,100\n", "utf-8")
    (tmp_path / "answers.csv").write_text("section,id,What? [tools.users]\ntools,crm,6\n", "utf-8")
    (tmp_path / "stack.yaml").write_text(STACK.replace("mailer", "gone"), "utf-8")
    run(["baseline", "create", "--baseline", "old.txt", *DAY])
    (tmp_path / "stack.yaml").write_text(STACK, "utf-8")
    capsys.readouterr()
    return tmp_path


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ([*WAIVE, *DAY], "stackaudit.yaml"),
        ([*REVIEW, *DAY], "stack.yaml"),
        (["baseline", "create", *DAY], "baseline.txt"),
        (["baseline", "update", "--baseline", "old.txt", *DAY], "old.txt"),
        (["baseline", "prune", "--baseline", "old.txt", *DAY], "old.txt"),
        (["questions", "--apply", "answers.csv"], "stack.yaml"),
        (["import", "apps.csv", "--yes"], "stack.yaml"),
        (["init", "--from", "apps.csv", "--yes", "-o", "new.yaml"], "new.yaml"),
        (["init", "--from", "apps.csv", "--save-mapping", "map.yaml"], "map.yaml"),
    ],
    ids=lambda each: " ".join(each[:2]) if isinstance(each, list) else each,
)
def test_it_shows_what_would_be_written(
    folder: Path, capsys: Output, arguments: list[str], written: str
) -> None:
    before = files(folder)
    assert run([*arguments, "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert files(folder) == before
    assert "wrote" not in shown.out + shown.err
    assert run(arguments) == 0
    after = files(folder)
    assert {name for name in after if after[name] != before.get(name)} == {written}
    diff = edit_text(before.get(written, ""), after[written], written)
    assert "\n+" in diff or "\n-" in diff
    assert diff in shown.out


def test_a_dry_run_of_an_import_asks_nothing(folder: Path, capsys: Output) -> None:
    assert run(["import", "apps.csv", "--dry-run"]) == 0
    assert "+  shop:" in capsys.readouterr().out


def test_a_dry_run_refuses_what_the_command_refuses(folder: Path, capsys: Output) -> None:
    assert run(["baseline", "create", "--baseline", "old.txt", "--dry-run", *DAY]) == 2
    assert run(["init", "--from", "apps.csv", "--yes", "--dry-run"]) == 2
    assert run([*WAIVE[:2], "mialer", *WAIVE[3:], "--dry-run", *DAY]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_a_folder_that_is_missing_is_missing_in_a_dry_run(capsys: Output, more: list[str]) -> None:
    assert run(["baseline", "create", "--baseline", "no/base.txt", *DAY, *more]) == 3
    shown = capsys.readouterr()
    assert "no/base.txt cannot be written" in shown.err
    assert shown.out == ""


def test_questions_alone_write_nothing_that_could_be_shown(folder: Path, capsys: Output) -> None:
    assert run(["questions", "--dry-run"]) == 2
    assert "--dry-run is for --apply" in capsys.readouterr().err
