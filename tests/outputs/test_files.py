"""Files are written whole or not at all, and nothing is left lying about."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stackaudit.errors import SurroundingsError
from stackaudit.outputs.files import SUFFIX, write_whole


def test_it_writes_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "audit.json"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_a_failure_of_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="cannot be written: No such file"):
        write_whole(tmp_path / "missing" / "audit.json", b"x")


def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "audit.json"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stackaudit.outputs.files.os.fsync", full)
    with pytest.raises(SurroundingsError, match="No space left on device"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_leftovers_of_killed_runs_are_removed(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    leftover = tmp_path / f".audit.json.{gone.stdout.strip()}.abc{SUFFIX}"
    ours = tmp_path / f".audit.json.{os.getpid()}.abc{SUFFIX}"
    other = tmp_path / f".other.json.{gone.stdout.strip()}.abc{SUFFIX}"
    for each in (leftover, ours, other):
        each.write_bytes(b"")
    write_whole(tmp_path / "audit.json", b"x")
    assert not leftover.exists()
    assert ours.exists(), "another write of this process may still be under way"
    assert other.exists(), "belongs to another file"


def test_the_rights_of_the_old_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "audit.json"
    target.write_bytes(b"old")
    target.chmod(0o600)
    write_whole(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o600
