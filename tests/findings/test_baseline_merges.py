"""Branches that each change the baseline merge with git as it comes, without any attributes."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from stackaudit.findings.base import Known
from stackaudit.findings.baseline import baseline_text, read_baseline
from stackaudit.rules.severity import Severity
from tests.repositories import Repo

PAIRS = 60


def finding(chance: random.Random) -> Known:
    name = f"{chance.getrandbits(128):032x}"
    return Known(name, Severity.HIGH, "security/unreviewed-tool", (f"tool-{name[:4]}",))


def merges(folder: Path, base: list[Known], ours: list[Known], theirs: list[Known]) -> bool:
    """Whether git merges two changed baselines, and the result says what both sides did."""
    for name, known in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(baseline_text(known))
    done = subprocess.run(
        ["git", "merge-file", "--stdout", "ours", "base", "theirs"],
        cwd=folder, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return False
    gone = {*base} - ({*ours} & {*theirs})
    meant = {each.fingerprint for each in ({*ours} | {*theirs}) - gone}
    assert set(read_baseline(done.stdout, "merged").known) == meant
    return True


@pytest.mark.parametrize("size", [0, 5, 30, 200])
@pytest.mark.parametrize(("adds", "removes", "least"), [(1, 0, 0.95), (3, 0, 0.85), (1, 1, 0.9)])
def test_nearly_all_pairs_of_changes_merge(
    tmp_path: Path, size: int, adds: int, removes: int, least: float
) -> None:
    chance = random.Random(f"{size} {adds} {removes}")
    clean = 0
    for _ in range(PAIRS):
        base = [finding(chance) for _ in range(size)]
        sides = [
            [*chance.sample(base, max(size - removes, 0)), *(finding(chance) for _ in range(adds))]
            for _ in range(2)
        ]
        clean += merges(tmp_path, base, *sides)
    assert clean / PAIRS >= least


def test_two_branches_of_a_repository(tmp_path: Path) -> None:
    chance = random.Random(4)
    old = [finding(chance) for _ in range(30)]
    mine, yours = finding(chance), finding(chance)
    repo, path = Repo(tmp_path / "r"), tmp_path / "r" / "baseline.txt"
    path.write_text(baseline_text(old))
    repo.commit()
    repo.git("switch", "--quiet", "--create", "yours")
    path.write_text(baseline_text([*old[1:], yours]))
    repo.commit()
    repo.git("switch", "--quiet", "main")
    path.write_text(baseline_text([*old, mine]))
    repo.commit()
    repo.git("merge", "--quiet", "--message=x", "yours")
    assert path.read_text() == baseline_text([*old[1:], mine, yours])
