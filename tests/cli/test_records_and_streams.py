"""What commands may not do: spoil the records, or call a full disk a bug."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stackaudit.cli.main import run

STACK = """\
stackaudit: 1
datasets: {contact: {privacy: personal}}
flows: []
tools: {a: {holds: [contact]}, b: {}, c: {}, d: {}, e: {}, f: {}}
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs /dev/full and closed streams")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()  # the configuration is looked for up to here
    (tmp_path / "stack.yaml").write_text(STACK, "utf-8")
    (tmp_path / "stackaudit.yaml").write_text("waivers: w.yaml\nbaseline: b.txt\n", "utf-8")
    (tmp_path / "w.yaml").write_text("waivers: []\n", "utf-8")
    for name in ("b.txt", "other.txt"):
        (tmp_path / name).write_text("", "utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


@pytest.mark.parametrize("name", ["stack.yaml", "stackaudit.yaml", "w.yaml", "b.txt", "other.txt"])
def test_no_output_overwrites_what_is_read(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(folder)
    assert run(["audit", "--baseline", "other.txt", "-o", f"json:./{name}"]) == 2
    assert "same-file" in capsys.readouterr().err
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["stack.yaml", "stackaudit.yaml", "b.txt"])
@pytest.mark.parametrize(
    "command", ["graph -o json:", "questions -o csv:", "diff stack.yaml stack.yaml -o json:"]
)
def test_nor_does_any_other_command(
    command: str, name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(folder)
    assert run([*f"{command}{name}".split()]) == 2
    assert "same-file" in capsys.readouterr().err
    assert contents(folder) == before


LONG = "x" * 70_000
REVIEW = ("review", "a", "--state", "approved")
WAIVE = ("waive", "security/unreviewed-tool", "a", "--expires", "90d")
BAD = {
    "a reviewer too long": (*REVIEW, "--by", LONG),
    "no reviewer": (*REVIEW, "--by", " "),
    "evidence too long": (*REVIEW, "--by", "x", "--evidence", LONG),
    "an empty condition": (*REVIEW, "--by", "x", "--condition", ""),
    "a reason too long": (*WAIVE, "--owner", "x", "--reason", LONG),
    "a subject too long": (
        *WAIVE[:2], "y" * 501, "--expires", "90d", "--owner", "x", "--reason", "x", "--force"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_a_file_would_not_take_is_refused_before_it_is_written(
    case: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(folder)
    assert run(list(BAD[case])) == 2
    err = capsys.readouterr().err
    assert err.startswith("bad-option ")
    assert len(err) < 300
    assert contents(folder) == before


def test_an_end_before_today_asks_for_a_later_day(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--owner", "x", "--reason", "x", "--expires", "2020-01-01", "--as-of", "2026-11-02"]
    assert run([*WAIVE[:3], *given]) == 2
    assert "choose a later day" in capsys.readouterr().err


def call(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from stackaudit.cli.main import run; sys.exit(run(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], check=False, capture_output=True
    )


def test_reviews_written_at_once_are_all_there(folder: Path) -> None:
    names = ["a", "b", "c", "d", "e", "f"]
    with ThreadPoolExecutor(3) as pool:
        done = list(
            pool.map(lambda name: call("review", name, "--state", "approved", "--by", name), names)
        )
    assert [each.returncode for each in done] == [0] * len(names), done
    text = (folder / "stack.yaml").read_text("utf-8")
    assert all(f"by: {name}" in text for name in names)


def shell(line: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from stackaudit.cli.main import run; sys.exit(run(sys.argv[1:]))"
    return subprocess.run(
        ["sh", "-c", f'"$0" -c "$@" {line}', sys.executable, code, *arguments],
        check=False,
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1"},
    )


@posix
@pytest.mark.parametrize(
    "command", [("audit",), ("audit", "-f", "json"), ("review", "--list"), ("rules",)]
)
def test_a_full_disk_is_no_bug_and_no_pass(command: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    done = shell("> /dev/full", *command)
    assert done.returncode == 3, done.stderr
    assert b"cannot-write standard output cannot be written: No space left" in done.stderr


@posix
@pytest.mark.parametrize("line", [">&-", ">&- 2>&-", "2>&-"])
def test_closed_streams_keep_the_exit_code(line: str) -> None:
    whole = shell("", "audit")
    assert whole.returncode == 1
    done = shell(line, "audit")
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    assert shell(line, "audit", "--fail-on", "none").returncode == 0
    assert shell(line, "audit", "nowhere.yaml").returncode == 2
