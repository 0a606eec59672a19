"""`stackaudit waive` writes a waiver where waivers live, and refuses what would accept nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.cli.main import run

DAY = ["--as-of", "2026-11-02"]
WHY = ["--reason", "leaves in March", "--owner", "it-crm"]
RULE = "security/unreviewed-tool"
ENTRY = (
    "  - rule: security/unreviewed-tool\n    subject: mailer\n    reason: leaves in March\n"
    "    owner: it-crm\n    expires: 2027-01-31\n    \"on\": 2026-11-02\n"
).replace('"on"', "on")  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "stack.yaml").write_text("stackaudit: 1\ntools: {mailer: {}, crm: {}}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


def waive(*arguments: str, expires: str = "90d") -> int:
    return run(["waive", *arguments, *WHY, "--expires", expires, *DAY])


def config() -> str:
    return Path("stackaudit.yaml").read_text()


def test_into_a_new_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    assert waive(RULE, "mailer") == 0
    assert config() == f"waivers:\n{ENTRY}"
    out = capsys.readouterr().out
    assert out == "wrote stackaudit.yaml:2:5: 1 finding waived until 2027-01-31, 90 days\n"


def test_into_one_that_is_there(folder: Path) -> None:
    before = "# ours\ngate: {security: high}   # strict\n"
    (folder / "stackaudit.yaml").write_text(before)
    assert waive("unreviewed-tool", "mailer", "--ticket", "S-1") == 0
    assert config() == f"{before}waivers:\n{ENTRY}    ticket: S-1\n"


def test_into_a_file_of_their_own(folder: Path) -> None:
    before = "waivers: accepted.yaml\n"
    (folder / "stackaudit.yaml").write_text(before)
    assert waive(RULE, "mailer") == 0
    assert waive(RULE, "crm") == 0
    assert config() == before
    first = ENTRY.replace("mailer", "crm")
    assert Path("accepted.yaml").read_text() == f"waivers:\n{first}{ENTRY}"


def test_a_toml_file_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    toml = '[tool.stackaudit]\ninventory = "stack.yaml"\n'
    (folder / "pyproject.toml").write_text(toml)
    assert waive(RULE, "mailer") == 2
    assert 'waivers = "waivers.yaml"' in capsys.readouterr().err
    (folder / "pyproject.toml").write_text(f'{toml}waivers = "waivers.yaml"\n')
    assert waive(RULE, "mailer") == 0
    assert Path("waivers.yaml").read_text() == f"waivers:\n{ENTRY}"


def test_by_the_fingerprint_of_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    run(["baseline", "create", *DAY])
    lines = Path("baseline.txt").read_text().splitlines()
    (line,) = [each for each in lines if each.endswith(f"{RULE} mailer")]
    assert waive(line[:12]) == 0
    assert config() == f"waivers:\n{ENTRY}"


def test_by_rule_and_subject_in_one_word() -> None:
    assert waive(f"{RULE}:mailer") == 0
    assert config() == f"waivers:\n{ENTRY}"


def test_what_is_waived_does_not_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", *DAY]) == 1
    assert waive(RULE, "*") == 0
    capsys.readouterr()
    assert run(["audit", *DAY]) == 0
    out = capsys.readouterr().out
    assert "2 findings are waived by it-crm until 2027-01-31 (stackaudit.yaml:2:5)" in out
    assert run(["audit", "--as-of", "2027-01-20", "--all"]) == 0
    assert "in 11 days" in capsys.readouterr().out
    assert run(["audit", "--as-of", "2027-02-01"]) == 1
    out = capsys.readouterr().out
    assert "ran out on 2027-01-31 (stackaudit.yaml:2:5): 2 findings are back" in out


@pytest.mark.parametrize(
    ("arguments", "expires", "problem", "hint"),
    [
        ([RULE, "mialer"], "90d", "matches-nothing", "`mailer`"),
        ([RULE, "shop"], "90d", "matches-nothing", "crm, mailer"),
        (["security/unreviewed-tol", "mailer"], "90d", "unknown-rule", "unreviewed-tool"),
        (["securty/*", "mailer"], "90d", "unknown-rule", "did you mean `security/*`?"),
        ([RULE], "90d", "no subject is named", "fingerprint"),
        (["0123456789ab"], "90d", "unknown-finding", ""),
        ([RULE, "mailer"], "366d", "more than 365 days", "waiver_days"),
        ([RULE, "mailer"], "2026-11-01", "before it was given", ""),
        ([RULE, "mailer"], "2027-13-01", "--expires", "90d"),
        ([RULE, "mailer"], "soon", "--expires", "90d"),
        ([RULE, "mailer", "--ticket", " "], "90d", "--ticket", ""),
    ],
)
def test_what_is_refused_writes_nothing(
    arguments: list[str], expires: str, problem: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert waive(*arguments, expires=expires) == 2
    err = " ".join(capsys.readouterr().err.split())
    assert problem in err
    assert hint in err
    assert not Path("stackaudit.yaml").exists()


def test_by_force_what_matches_nothing_yet() -> None:
    assert waive(RULE, "shop", "--force") == 0
    assert "subject: shop" in config()


def test_the_same_twice_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert waive(RULE, "mailer") == 0
    before = config()
    assert waive(RULE, "mailer", expires="30d") == 2
    assert "stackaudit.yaml:2:5" in capsys.readouterr().err
    assert config() == before


def test_an_invalid_waiver_stops_the_audit(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waive(RULE, "mailer")
    (folder / "stackaudit.yaml").write_text(config().replace("unreviewed-tool", "unreviewed-tol"))
    assert run(["audit", *DAY]) == 2
    err = capsys.readouterr().err
    assert "stackaudit.yaml:2:11" in err
    assert "security/unreviewed-tool" in err


def test_an_unused_one_is_a_finding_and_can_be_explained(
    capsys: pytest.CaptureFixture[str],
) -> None:
    waive(RULE, "shop", "--force")
    capsys.readouterr()
    run(["audit", "--all", *DAY])
    assert "inventory/unused-waiver" in capsys.readouterr().out
    name = f"inventory/unused-waiver:{RULE} shop"
    assert run(["explain", name, "stack.yaml", *DAY]) == 0
    out = capsys.readouterr().out
    assert "stackaudit.yaml:2" in out
    assert f"remove {RULE} shop" in out
