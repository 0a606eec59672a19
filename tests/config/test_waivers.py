"""Waivers and the baseline of a configuration: where they live, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from stackaudit.config.baseline import baseline_in_force, baseline_path
from stackaudit.config.effective import rule_ids_in_force, settings
from stackaudit.config.model import Config
from stackaudit.config.read import ConfigError, read_config
from stackaudit.config.waivers import waivers_in_force
from stackaudit.errors import InputError, UsageError
from stackaudit.findings.baseline import baseline_text
from stackaudit.rules.waiver import Waiver

DAY = dt.date(2026, 11, 2)
ENTRY = (
    "{rule: security/unreviewed-tool, subject: hubspot, reason: r, owner: it, expires: 2027-03-01}"
)
LISTED = f"waivers:\n  - {ENTRY}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def config(folder: Path, text: str, name: str = "stackaudit.yaml") -> Config:
    (folder / name).write_text(text)
    return read_config()


def read(folder: Path, text: str, name: str = "stackaudit.yaml") -> tuple[Waiver, ...]:
    found = config(folder, text, name)
    return waivers_in_force(found, DAY, rule_ids_in_force(found))


def test_a_list_in_the_configuration(folder: Path) -> None:
    (waiver,) = read(folder, LISTED)
    assert (waiver.rule, waiver.subject) == ("security/unreviewed-tool", "hubspot")
    assert (waiver.owner, waiver.expires) == ("it", dt.date(2027, 3, 1))
    assert str(waiver.place) == "stackaudit.yaml:2:5"


def test_a_file_of_their_own(folder: Path) -> None:
    (folder / "accepted").mkdir()
    (folder / "accepted" / "w.yaml").write_text(f"# ours\n{LISTED}")
    (waiver,) = read(folder, "waivers: accepted/w.yaml\n")
    assert str(waiver.place) == "accepted/w.yaml:3:5"
    (folder / "accepted" / "w.yaml").write_text("# none yet\n")
    assert read(folder, "waivers: accepted/w.yaml\n") == ()


def test_a_list_in_toml(folder: Path) -> None:
    text = (
        '[[tool.stackaudit.waivers]]\nrule = "silo/*"\nsubject = "a + b"\nreason = "r"\n'
        'owner = "it"\nexpires = 2027-03-01\non = 2026-11-01\nticket = "S-1"\n'
    )
    (waiver,) = read(folder, text, "pyproject.toml")
    assert (waiver.subject, waiver.ticket, waiver.on) == ("a+b", "S-1", dt.date(2026, 11, 1))


@pytest.mark.parametrize(
    ("old", "new", "problem", "hint"),
    [
        ("unreviewed-tool", "unreviewed-tol", "2:12 unknown-rule", "`security/unreviewed-tool`"),
        ("security/unreviewed-tool", "securty/*", "2:12 unknown-rule", "`security/*`"),
        ("rule:", "rul:", "2:6 unknown-key", "`rule`"),
        (", owner: it", "", "2:5 missing-key", "add it"),
        (", reason: r", ", reason: ''", "bad-value", ""),
        ("2027-03-01", "2027-3-1", "bad-value", "2026"),
        ("2027-03-01", "2027-11-03", "bad-term", "waiver_days"),
        ("2027-03-01", "2027-03-01, on: 2026-02-28", "bad-term", "waiver_days"),
        ("2027-03-01", "2026-03-01, on: 2026-03-02", "bad-term", "earlier"),
        ("hubspot", f"'{'x' * 501}'", "bad-value", "*"),
        (ENTRY, f"{ENTRY}\n  - {ENTRY}", "3:5 repeated-waiver", "one of them"),
        (f"\n  - {ENTRY}", " {a: b}", "bad-value", ""),
        (f"\n  - {ENTRY}", " ../w.yaml", "1:10 outside", "command line"),
        (f"\n  - {ENTRY}", " w.yaml", "1:10 no-file", "stackaudit waive"),
    ],
)
def test_mistakes_are_named_at_their_place(
    folder: Path, old: str, new: str, problem: str, hint: str
) -> None:
    assert old in LISTED
    with pytest.raises(InputError) as error:
        read(folder, LISTED.replace(old, new))
    (found,) = [each for each in error.value.problems if problem in str(each)]
    assert str(found).startswith("stackaudit.yaml:")
    assert hint in (found.hint or "")


@pytest.mark.parametrize(
    ("dates", "days", "fits"),
    [
        ("expires: 2027-11-02", "", True),
        ("expires: 2027-11-03", "", False),
        ("expires: 2027-11-03, on: 2026-11-03", "", True),
        ("expires: 2026-12-03", "waiver_days: 30\n", False),
        ("expires: 2026-12-02", "waiver_days: 30\n", True),
        ("expires: 2028-11-01", "waiver_days: 730\n", True),
        ("expires: 2020-01-01", "", True),
    ],
)
def test_a_waiver_counts_for_a_year_at_most(
    folder: Path, dates: str, days: str, fits: bool
) -> None:
    text = days + LISTED.replace("expires: 2027-03-01", dates)
    if fits:
        assert len(read(folder, text)) == 1
    else:
        with pytest.raises(ConfigError, match="bad-term"):
            read(folder, text)


def test_the_base_may_say_how_long_the_waivers_of_a_change_count(folder: Path) -> None:
    found = config(folder, f"waiver_days: 3000\n{LISTED}")
    with pytest.raises(ConfigError, match="30 days"):
        waivers_in_force(found, DAY, rule_ids_in_force(found), days=30)


def test_a_baseline_is_named_by_the_configuration_or_the_call(folder: Path) -> None:
    found = config(folder, "baseline: known.txt\n")
    assert baseline_path(found) == folder / "known.txt"
    with pytest.raises(ConfigError, match=r"stackaudit.yaml:1:11 no-file"):
        baseline_in_force(found)
    with pytest.raises(UsageError, match="--baseline"):
        baseline_in_force(found, Path("other.txt"))
    (folder / "known.txt").write_text(baseline_text([]))
    base = baseline_in_force(found)
    assert base is not None
    assert base.words == "known.txt"
    assert baseline_in_force(config(folder, "{}\n")) is None


def test_what_is_in_force_is_shown(folder: Path) -> None:
    found = config(folder, f"gate: {{records: base, silo: low}}\nbaseline: b.txt\n{LISTED}")
    shown = {each.name: (each.value, each.origin) for each in settings(found)}
    assert shown["gate.records"] == ("base", "stackaudit.yaml")
    assert shown["gate.silo"] == ("low", "stackaudit.yaml")
    assert shown["gate.security"] == ("high", "default")
    assert shown["baseline"] == ("b.txt", "stackaudit.yaml")
    assert shown["waivers"] == ("1 listed", "stackaudit.yaml")
    assert shown["waiver_days"] == ("365", "default")
