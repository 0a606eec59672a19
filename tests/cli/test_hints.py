"""What a wrong call is told to do next fits the call, and the next call is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.cli.main import run

Output = pytest.CaptureFixture[str]
STACK = "stackaudit: 1\ntools: {crm: {}, mail: {}}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.yaml").write_text(STACK, "utf-8")
    (tmp_path / "apps.csv").write_text("name;vendor\nOurs;Us\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("call", "message", "hint"),
    [
        # a file that is not there comes before a question that nobody can answer
        ("init --from gone.xlsx", "there is no file gone.xlsx", "check the name"),
        ("init --from apps.csv", "no terminal to ask at", "add --yes: it asks nothing"),
        ("init", "no terminal to ask at", "--from apps.csv, and add --yes"),
        ("init --yes", "nothing to begin with", "--from apps.csv"),
        # what another command does
        ("audit ours.yaml -o out.pdf", "no format of an audit", "`stackaudit report -o out.pdf`"),
        ("audit ours.yaml -o out.HTML", "no format of an audit", "`stackaudit report -o out.HTML`"),
        ("audit ours.yaml -o out.gif", "`out.gif` says no format", ".sarif"),
        # where the inventory is named
        ("audit", "there is no stack.yaml", "`stackaudit init`"),
        ("review --list", "there is no stack.yaml", "--stack"),
        ("review ours.yaml --stack ours.yaml", "no tool `ours.yaml`", "--stack ours.yaml"),
        ("review crn --stack ours.yaml", "no tool `crn`", "did you mean `crm`"),
        ("diff ours.yaml", "no inventory here to compare ours.yaml with", "diff ours.yaml newer"),
        # what a thing is called
        ("rules test ours.yaml", "no folder ours.yaml", "that is a file"),
        ("rules new my-rule", "named by its category", "as in security/my-rule"),
        ("rules new security", "a-z, 0-9", "as in security/my-rule"),
        ("rules new securty/x", "no category `securty`", "did you mean `security`"),
        ("facts tool.last_usd", "no kind `tool.last_usd`", "`stackaudit facts tool` lists"),
        ("explain 0123456789 ours.yaml", "no finding `0123456789`", "stackaudit audit -f json"),
    ],
)
def test_the_next_step_fits(here: Path, capsys: Output, call: str, message: str, hint: str) -> None:
    before = sorted(here.iterdir())
    assert run(call.split()) == 2
    said = capsys.readouterr().err
    first, second, *more = said.splitlines()
    assert message in first
    assert hint in second
    assert more == []
    assert sorted(here.iterdir()) == before


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        ("review --on 2026-01-01", None),  # not --config, which it only shares dashes with
        ("report --template x", None),
        ("audit --slect x", "--select"),
        ("audit --help-me", "--help"),
    ],
)
def test_an_option_is_only_taken_for_one_that_is_like_it(
    here: Path, capsys: Output, call: str, meant: str | None
) -> None:
    assert run(call.split()) == 2
    said = capsys.readouterr().err
    assert ("did you mean" in said) is (meant is not None)
    assert f"`{meant}`" in said or meant is None
