"""Other people's rules: begun, tested and run without touching code."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.cli.main import run
from stackaudit.rules import library
from stackaudit.rules.library import shipped_rules
from stackaudit.rules.load import CATEGORIES

Output = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_new_rule_passes_its_examples(here: Path, capsys: Output, category: str) -> None:
    assert run(["rules", "new", f"{category}/my-rule", "--folder", "ours"]) == 0
    assert run(["rules", "test", "ours"]) == 0
    assert "1 of 1 rules pass" in capsys.readouterr().out


def test_a_new_rule_runs(here: Path, capsys: Output) -> None:
    run(["rules", "new", "security/my-rule", "--folder", "ours"])
    (here / "stack.yaml").write_text(
        "stackaudit: 1\ntools: {a: {access: {shared_login: true}}}\n", "utf-8"
    )
    assert run(["audit", "--rules", "ours", "--select", "security/my-rule"]) == 0
    assert "security/my-rule" in capsys.readouterr().out


def test_a_rule_that_is_there_is_not_overwritten(here: Path, capsys: Output) -> None:
    run(["rules", "new", "security/my-rule", "--folder", "ours"])
    assert run(["rules", "new", "security/my-rule", "--folder", "ours"]) == 2
    assert "already there" in capsys.readouterr().err


def test_examples_that_do_not_hold_are_named(here: Path, capsys: Output) -> None:
    run(["rules", "new", "security/my-rule", "--folder", "ours"])
    path = here / "ours" / "security" / "my-rule.yaml"
    path.write_text(
        path.read_text("utf-8").replace("subjects: [mailer]", "subjects: [other]"), "utf-8"
    )
    assert run(["rules", "test", "ours"]) == 2
    captured = capsys.readouterr()
    assert "security/my-rule: finds 1: finds ['mailer'], not ['other']" in captured.err
    assert "0 of 1 rules pass" in captured.out


def test_a_pack_that_repeats_a_rule_that_ships_is_refused_as_an_audit_refuses_it(
    here: Path, capsys: Output
) -> None:
    shipped = shipped_rules() / "security" / "unreviewed-tool.yaml"
    copy = here / "ours" / "security" / "unreviewed-tool.yaml"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(shipped.read_bytes())
    (here / "stack.yaml").write_text("stackaudit: 1\ntools: {a: {}}\n", "utf-8")
    assert run(["audit", "--rules", "ours"]) == 2
    refused = capsys.readouterr().err
    assert run(["rules", "test", "ours"]) == 2
    tested = capsys.readouterr()
    assert (tested.out, tested.err) == ("", refused)
    assert "unreviewed-tool.yaml:1:1" in refused
    assert "duplicate-rule" in refused
    assert "adjust:" in refused


def test_the_pack_that_ships_is_tested_by_itself(
    here: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["rules", "new", "security/my-rule", "--folder", "ours"])
    monkeypatch.setattr(library, "shipped_rules", lambda: here / "ours")
    assert run(["rules", "test", "ours"]) == 0
    assert "1 of 1 rules pass" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rules", "new", "securty/x"], "`security`"),
        (["rules", "new", "security/Ä"], "a-z"),
        (["rules", "test", "nowhere"], "there is no folder"),
        (["rules", "test", "."], "there is no rule"),
        (["rules", "--rules", "."], "there is no rule"),
        (["audit", "--rules", "."], "there is no rule"),
    ],
)
def test_wrong_calls(here: Path, capsys: Output, arguments: list[str], message: str) -> None:
    assert run(arguments) == 2
    assert message in capsys.readouterr().err


def test_a_finding_is_proved_on_its_stack(here: Path, capsys: Output) -> None:
    (here / "stack.yaml").write_text("stackaudit: 1\ntools: {a: {}}\n", "utf-8")
    assert run(["explain", "security/unreviewed-tool:a"]) == 0
    output = capsys.readouterr().out
    assert "tool.review_state" in output
    assert "after that change the finding is gone" in output


def test_a_finding_that_is_not_there_names_the_nearest(here: Path, capsys: Output) -> None:
    (here / "stack.yaml").write_text("stackaudit: 1\ntools: {mailer: {}}\n", "utf-8")
    assert run(["explain", "security/unreviewed-tool:mialer"]) == 2
    assert "`security/unreviewed-tool:mailer`" in capsys.readouterr().err


def test_the_inventory_of_a_finding_is_the_second_argument(here: Path, capsys: Output) -> None:
    (here / "ours.yaml").write_text("stackaudit: 1\ntools: {a: {}}\n", "utf-8")
    assert run(["explain", "unreviewed-tool:a", "ours.yaml"]) == 0
    assert "after that change the finding is gone" in capsys.readouterr().out


def test_a_rule_is_explained_without_an_inventory(here: Path, capsys: Output) -> None:
    (here / "ours.yaml").write_text("stackaudit: 1\ntools: {a: {}}\n", "utf-8")
    for given, hint in (("mailer", "mailer"), ("ours.yaml", "SUBJECT INVENTORY")):
        assert run(["explain", "unreviewed-tool", given]) == 2
        assert f"`stackaudit explain security/unreviewed-tool:{hint}`" in capsys.readouterr().err


def test_the_rules_of_the_configuration_are_listed_and_explained(
    here: Path, capsys: Output
) -> None:
    """What an audit finds by them, its last line offers to explain."""
    run(["rules", "new", "security/my-rule", "--folder", "ours"])
    (here / "stackaudit.yaml").write_text("rules: [ours]\n", "utf-8")
    capsys.readouterr()
    assert run(["explain", "my-rule"]) == 0
    assert "security/my-rule" in capsys.readouterr().out
    assert run(["rules", "--select", "security/my-rule"]) == 0
    assert "security/my-rule" in capsys.readouterr().out


def test_a_rule_that_ships_is_not_begun_again(here: Path, capsys: Output) -> None:
    """An audit with both would be refused."""
    assert run(["rules", "new", "security/no-mfa", "--folder", "ours"]) == 2
    assert "ships with stackaudit" in capsys.readouterr().err
    assert not (here / "ours").exists()


def test_a_folder_that_cannot_be_made(here: Path, capsys: Output) -> None:
    (here / "ours").write_text("a file", "utf-8")
    assert run(["rules", "new", "security/my-rule", "--folder", "ours"]) == 3
    assert "cannot-write" in capsys.readouterr().err
