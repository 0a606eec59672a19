"""`stackaudit baseline`, and the gate that it makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stackaudit.cli.main import run
from stackaudit.findings.baseline import read_baseline

DAY = ["--as-of", "2026-11-02"]
OLD = "stackaudit: 1\ntools: {mailer: {}, crm: {}}\n"
MORE = "stackaudit: 1\ntools: {mailer: {}, crm: {}, shop: {}}\n"
LESS = "stackaudit: 1\ntools: {crm: {}}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "stack.yaml").write_text(OLD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def subjects() -> set[str]:
    base = read_baseline(Path("baseline.txt").read_bytes(), "b")
    return {each.subjects[0] for each in base.known.values()
            if each.rule == "security/unreviewed-tool"}  # fmt: skip


def test_with_one_only_what_is_new_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", *DAY]) == 1
    assert run(["baseline", "create", *DAY]) == 0
    assert "baseline.txt: " in capsys.readouterr().out
    assert run(["audit", "--baseline", "baseline.txt", *DAY]) == 0
    (folder / "stackaudit.yaml").write_text("baseline: baseline.txt\n")
    assert run(["audit", *DAY]) == 0
    (folder / "stack.yaml").write_text(MORE)
    capsys.readouterr()
    assert run(["audit", *DAY]) == 1
    out = capsys.readouterr().out
    assert "1 finding gates" in out
    assert "Compared with baseline.txt: " in out
    assert "Counted above and not listed: " in out
    assert "shop has no security review" in out
    assert "mailer has no security review" not in out
    assert run(["audit", "--all", *DAY]) == 1
    assert "mailer has no security review" in capsys.readouterr().out


def test_what_is_fixed_is_counted_and_listed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["baseline", "create", *DAY])
    (folder / "stack.yaml").write_text(LESS)
    capsys.readouterr()
    assert run(["audit", "--baseline", "baseline.txt", "--all", *DAY]) == 0
    out = capsys.readouterr().out
    assert " fixed." in out
    assert "Fixed since baseline.txt" in out
    assert "high security/unreviewed-tool mailer" in out


def test_it_is_made_once_and_changed_on_purpose(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["baseline", "update", *DAY]) == 2
    assert "baseline create" in capsys.readouterr().err
    assert run(["baseline", "create", *DAY]) == 0
    before = Path("baseline.txt").read_bytes()
    assert run(["baseline", "create", *DAY]) == 2
    assert "baseline update" in capsys.readouterr().err
    assert Path("baseline.txt").read_bytes() == before
    (folder / "stack.yaml").write_text(MORE.replace("mailer: {}, ", ""))
    assert run(["baseline", "prune", *DAY]) == 0
    assert subjects() == {"crm"}
    assert run(["baseline", "update", *DAY]) == 0
    assert subjects() == {"crm", "shop"}
    assert " added, 0 removed, 0 with another severity" in capsys.readouterr().out


def test_the_same_again_writes_the_same_bytes(folder: Path) -> None:
    run(["baseline", "create", *DAY])
    before = Path("baseline.txt").read_bytes()
    for command in ("update", "prune"):
        assert run(["baseline", command, *DAY]) == 0
        assert Path("baseline.txt").read_bytes() == before


def test_it_is_shown_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["baseline", "create", *DAY])
    (folder / "stack.yaml").write_text(LESS)
    capsys.readouterr()
    assert run(["baseline", "show", *DAY]) == 0
    out = capsys.readouterr().out
    assert "In use without a security review security/unreviewed-tool" in out
    assert "crm · high · found · " in out
    assert "mailer · high · gone · " in out


def test_a_broken_file_fails_the_audit_and_is_not_overwritten(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("baseline.txt").write_text("<<<<<<< ours\n")
    for command in (["audit", "--baseline", "baseline.txt"], ["baseline", "update"]):
        assert run([*command, *DAY]) == 2
        assert "baseline.txt:1:1" in capsys.readouterr().err
    assert Path("baseline.txt").read_text() == "<<<<<<< ours\n"


def test_a_folder_is_no_baseline(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "there").mkdir()
    assert run(["audit", "--baseline", "there", *DAY]) == 2
    assert "not-a-file --baseline: there is not a regular file" in capsys.readouterr().err
    assert run(["baseline", "create", "--baseline", "there", *DAY]) == 2
    assert "not-a-file there is a folder" in capsys.readouterr().err


def test_a_call_without_a_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["baseline"]) == 2
    assert "usage no command is named" in capsys.readouterr().err


def test_several_jobs_at_once_lose_nothing(folder: Path) -> None:
    """Each prunes what it does not find: the file must never be empty, half, or refused."""
    (folder / "stack.yaml").write_text(MORE)
    run(["baseline", "create", *DAY])
    whole = Path("baseline.txt").read_bytes()
    jobs = [
        subprocess.Popen(
            [sys.executable, "-m", "stackaudit", "baseline", command, *DAY],
            stdout=subprocess.DEVNULL,
        )
        for command in ("update", "prune", "update")
    ]
    assert [job.wait() for job in jobs] == [0, 0, 0]
    assert Path("baseline.txt").read_bytes() == whole
    assert sorted(each.name for each in folder.iterdir()) == [".git", "baseline.txt", "stack.yaml"]
