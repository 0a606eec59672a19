"""Where a new review goes, and what git makes of two branches that each add one."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from bisect import bisect
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest

from stackaudit.audit import read_stack, world_of
from stackaudit.cli.main import run
from stackaudit.sources.reviews import Decision, written

DAY: Final = dt.date(2026, 11, 2)
TOOLS: Final = ("ads", "cdp", "chat", "crm", "dwh", "mailer", "pos", "shop", "tags")
STACK: Final = f"""\
stackaudit: 1
include: [INCLUDE]
tools: {{{", ".join(f"{each}: {{holds: [], region: eu, dpa: signed}}" for each in TOOLS)}}}
flows: [{{from: shop, to: crm}}, {{from: crm, to: mailer}}, {{from: shop, to: ads}}]
"""


def make(folder: Path, include: str, files: dict[str, str]) -> None:
    (folder / "stack.yaml").write_text(STACK.replace("INCLUDE", include), "utf-8")
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def review(tool: str, by: str = "security") -> tuple[str, str, str]:
    """The file that a new approval goes into, before and after."""
    world = world_of(read_stack("stack.yaml"), DAY, None)
    found = written(Decision(tool, "approved", DAY, by), world)
    return found.file, found.before, found.after


def one(tool: str) -> str:
    return f"reviews:\n  {tool}: {{state: approved, on: 2026-05-19, by: security}}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("include", "files", "goes"),
    [
        ("reviews/*.yaml", {"reviews/crm.yaml": one("crm")}, "reviews/shop.yaml"),
        ("reviews/*.yaml", {"reviews/crm.yaml": "stackaudit: 1\n" + one("crm")},
         "reviews/shop.yaml"),
        ("teams/*/*.yml", {"teams/it/crm.yml": one("crm")}, None),
        ("reviews/*.yaml", {"reviews/all.yaml": one("crm")}, "reviews/all.yaml"),
        ("reviews/crm.yaml", {"reviews/crm.yaml": one("crm")}, "reviews/crm.yaml"),
        ("reviews/c*.yaml", {"reviews/crm.yaml": one("crm")}, "reviews/crm.yaml"),
        ("reviews/*.yaml", {"reviews/crm.yaml": one("crm") + "roadmap: []\n"}, "reviews/crm.yaml"),
        ("reviews/*.yaml",
         {"reviews/crm.yaml": one("crm"), "reviews/shop.yaml": "roadmap: []\n"},
         "reviews/shop.yaml"),
        ("more.yaml", {"more.yaml": "roadmap: []\n"}, "stack.yaml"),
    ],
)  # fmt: skip
def test_where_a_new_review_goes(
    here: Path, include: str, files: dict[str, str], goes: str | None
) -> None:
    if goes is None:
        (here / "teams/it").mkdir(parents=True)
        goes = "teams/it/shop.yml"
    make(here, include, files)
    assert review("shop")[0] == goes


def test_a_review_in_a_file_of_its_own_is_part_of_the_inventory(here: Path) -> None:
    make(here, "reviews/*.yaml", {"reviews/crm.yaml": one("crm")})
    before = (here / "reviews/crm.yaml").read_bytes()
    assert run(["review", "shop", "--state", "approved", "--by", "it", "--dry-run"]) == 0
    assert not (here / "reviews/shop.yaml").exists()
    assert run(["review", "shop", "--state", "approved", "--by", "it"]) == 0
    assert sorted(read_stack("stack.yaml").reviews) == ["crm", "shop"]
    assert run(["review", "shop", "--state", "rejected", "--by", "it"]) == 0
    assert read_stack("stack.yaml").reviews["shop"].state == "rejected"
    assert (here / "reviews/crm.yaml").read_bytes() == before
    assert sorted(each.name for each in (here / "reviews").iterdir()) == ["crm.yaml", "shop.yaml"]


def test_another_folder_to_stand_in(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(here, "reviews/*.yaml", {"reviews/crm.yaml": one("crm")})
    (here / "sub").mkdir()
    monkeypatch.chdir(here / "sub")
    assert run(["review", "shop", "--stack", "../stack.yaml", "--state", "approved",
                "--by", "it"]) == 0  # fmt: skip
    assert (here / "reviews/shop.yaml").is_file()


def merges(folder: Path, base: str, one: str, other: str) -> bool:
    """Whether git merges both; the middle line of what it runs is the file of today."""
    names = []
    for name, text in (("one", one), ("base", base), ("other", other)):
        (folder / name).write_text(text, "utf-8")
        names.append(name)
    done = subprocess.run(["git", "merge-file", "-p", *names], cwd=folder, capture_output=True,
                          check=False)  # fmt: skip
    return done.returncode == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
@pytest.mark.parametrize("done", [("crm",), ("cdp", "dwh", "shop"), TOOLS[1::2]])
def test_in_one_file_only_reviews_between_the_same_neighbours_conflict(
    here: Path, done: tuple[str, ...]
) -> None:
    make(here, "reviews.yaml", {"reviews.yaml": "reviews:\n" + "".join(
        each.removeprefix("reviews:\n") for each in map(one, done))})  # fmt: skip
    base = (here / "reviews.yaml").read_text("utf-8")
    new = {tool: review(tool)[2] for tool in TOOLS if tool not in done}
    pairs = list(combinations(new, 2))
    apart = [(a, b) for a, b in pairs if bisect(done, a) != bisect(done, b)]
    assert apart
    assert [(a, b) for a, b in pairs if merges(here, base, new[a], new[b])] == apart
