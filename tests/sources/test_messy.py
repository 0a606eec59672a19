"""A messy spreadsheet becomes the inventory that a careful person would write."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from stackaudit.cli.main import run
from tests.sources.reading import DATA, doubts, found

MESSY = DATA / "messy.csv"

Output = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the spreadsheet and nothing else."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(MESSY, tmp_path / "apps.csv")
    assert run(["init", "--from", "apps.csv", "--organization", "Alpenkraft", "--yes"]) == 0
    return tmp_path


def said(path: Path) -> Any:
    """What a file says, every scalar as text."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def test_it_says_what_a_careful_person_writes(here: Path) -> None:
    made, wanted = said(here / "stack.yaml"), said(DATA / "messy.expected.yaml")
    for tool in made["tools"].values():
        if tool.get("product") != "none":
            tool.pop("product", None)  # follows the catalog, which grows
    wanted["tools"]["eigenentwicklung-filialfinder"]["product"] = "none"
    assert made["tools"] == wanted["tools"]
    assert list(made["tools"]) == list(wanted["tools"])
    assert (made["organization"], made["currency"]) == ("Alpenkraft", "EUR")


def test_it_states_nothing_that_the_table_does_not(here: Path) -> None:
    made = said(here / "stack.yaml")
    assert set(made) == {"stackaudit", "organization", "currency", "tools", "x-imported"}


def test_every_doubt_is_listed_and_no_other() -> None:
    wanted = said(DATA / "messy.doubts.yaml")
    listed = {(int(row), column) for row, column in wanted["doubts"]}
    listed |= {(int(row), "SSO") for row in wanted["sso"]}
    assert set(doubts(MESSY)) == listed
    assert len(doubts(MESSY)) == len(listed)


def test_two_names_and_the_total_are_noted() -> None:
    wanted = said(DATA / "messy.doubts.yaml")
    noted = [each.seen.row for each in found(MESSY).remarks]
    assert noted == [int(row) for _, row in wanted["same"]] + [int(r) for r in wanted["left_out"]]


def test_certain_products_are_named(here: Path) -> None:
    tools = said(here / "stack.yaml")["tools"]
    assert tools["hubspot-marketing-hub-pro"]["product"] == "hubspot-marketing-hub"
    assert tools["mailchimp"]["product"] == "mailchimp"
    assert "product" not in tools["mueller-gewinnspielsystem"]


def test_the_audit_of_it_is_useful(here: Path, capsys: Output) -> None:
    capsys.readouterr()
    assert run(["audit", "--as-of", "2026-11-02", "-f", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    rules = {each["rule"] for each in report["findings"]}
    assert {
        "bloat/overlapping-tools",
        "bloat/idle-seats",
        "bloat/unowned-cost",
        "security/unreviewed-tool",
    } <= rules
    assert not [rule for rule in rules if rule.startswith(("silo/", "integration/"))]
    assert report["open"]


def test_every_doubt_can_be_written_into_a_file(here: Path, capsys: Output) -> None:
    capsys.readouterr()
    assert run(["import", "apps.csv", "--dry-run", "--doubts", "doubts.txt"]) == 0
    lines = (here / "doubts.txt").read_text("utf-8").splitlines()
    assert "apps.csv, row 52, Vertragsende: not a day, or one that can be read in two ways" in lines
    assert sum(", SSO: " in line for line in lines) == len(said(DATA / "messy.doubts.yaml")["sso"])


def test_importing_again_changes_nothing(here: Path) -> None:
    before = (here / "stack.yaml").read_bytes()
    assert run(["import", "apps.csv", "--yes"]) == 0
    assert (here / "stack.yaml").read_bytes() == before


def test_an_updated_table_changes_what_changed(here: Path) -> None:
    before = (here / "stack.yaml").read_text("utf-8").splitlines()
    table = (here / "apps.csv").read_text("utf-8")
    (here / "apps.csv").write_text(table.replace(";60;22;", ";70;22;"), "utf-8")
    assert run(["import", "apps.csv", "--yes"]) == 0
    after = (here / "stack.yaml").read_text("utf-8").splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [a.replace("seats: 60", "seats: 70") for a, _ in changed[:1]] == [changed[0][1]]
    assert [a.split(":")[0] for a, _ in changed[1:]] == ["  hubspot-marketing-hub-pro"]


def test_what_a_person_changed_stays(here: Path, capsys: Output) -> None:
    stack = here / "stack.yaml"
    text = stack.read_text("utf-8").replace("seats: 60", "seats: 65  # counted by hand")
    text = text.replace("seats: 65  # counted by hand, ", "seats: 65, ")
    stack.write_text(text, "utf-8")
    table = (here / "apps.csv").read_text("utf-8").replace(";60;22;", ";70;22;")
    (here / "apps.csv").write_text(table, "utf-8")
    capsys.readouterr()
    assert run(["import", "apps.csv", "--yes"]) == 0
    assert stack.read_text("utf-8") == text
    assert "contract.seats  stays 65; the import says 70" in capsys.readouterr().out


def test_what_a_person_took_out_stays_out(here: Path) -> None:
    stack = here / "stack.yaml"
    text = stack.read_text("utf-8").replace("    last_used: 2026-10-28\n", "", 1)
    stack.write_text(text, "utf-8")
    assert run(["import", "apps.csv", "--yes"]) == 0
    assert stack.read_text("utf-8") == text


def test_what_a_person_answered_is_asked_no_more(here: Path, capsys: Output) -> None:
    stack = here / "stack.yaml"
    text = stack.read_text("utf-8").replace(
        "    last_used: 2026-10-28\n", "    last_used: 2026-10-28\n    access: {sso: optional}\n", 1
    )
    text = text.replace("Performance-Team / Agentur Lumen", "Performance-Team")
    text = text.replace(
        "    name: SurveyMonkey\n", "    name: SurveyMonkey\n    product: surveymonkey\n"
    )
    stack.write_text(text, "utf-8")
    capsys.readouterr()
    assert run(["import", "apps.csv", "--yes", "--doubts", "doubts.txt"]) == 0
    left = (here / "doubts.txt").read_text("utf-8")
    assert "row 5, SSO" not in left
    assert "row 6, SSO" in left
    assert "row 13, Fachverantwortlich" not in left
    assert "row 14, Fachverantwortlich" in left
    assert "SurveyMonkey" not in left
    assert stack.read_text("utf-8") == text
