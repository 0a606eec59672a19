"""Two writers of one record: the second waits, and sees what the first wrote."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from stackaudit.errors import SurroundingsError
from stackaudit.outputs import lock
from stackaudit.outputs.files import write_whole
from stackaudit.outputs.lock import only_writer


def test_no_write_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "count"
    path.write_text("")

    def add(name: str) -> None:
        for _ in range(5):
            with only_writer(path):
                before = path.read_text()
                time.sleep(0.002)
                write_whole(path, f"{before}{name}".encode())

    threads = [threading.Thread(target=add, args=(name,)) for name in "abc"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(path.read_text()) == sorted("abc" * 5)
    assert [each.name for each in tmp_path.iterdir()] == ["count"]


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT", 0.1)
    with (
        only_writer(tmp_path / "x"),
        pytest.raises(SurroundingsError, match="written by another run"),
        only_writer(tmp_path / "x"),
    ):
        pass
    with only_writer(tmp_path / "x"):
        pass  # it is free again
