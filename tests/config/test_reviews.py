"""What the configuration asks of reviews: read, refused with its place, shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.cli.main import run
from stackaudit.config.model import Config
from stackaudit.config.read import ConfigError, read_config
from stackaudit.config.reviews import review_policy_in_force, review_settings
from stackaudit.inventory.values import Duration

YAML = """\
reviews:
  cadence: {none: 24mo, special: 6mo}
  longest: {special: 1y}
  evidence: {personal: [link, dpa], special: [certificate]}
gate:
  security: medium
  require: {by: ["*@security.example.com"], evidence: restricted, other_than_owner: true}
"""
TOML = """\
[tool.stackaudit.reviews]
cadence = {none = "24mo", special = "6mo"}
longest = {special = "1y"}
evidence = {personal = ["link", "dpa"], special = ["certificate"]}

[tool.stackaudit.gate]
security = "medium"

[tool.stackaudit.gate.require]
by = ["*@security.example.com"]
evidence = "restricted"
other_than_owner = true
"""


def write(folder: Path, text: str, name: str = "stackaudit.yaml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


@pytest.mark.parametrize(("text", "name"), [(YAML, "stackaudit.yaml"), (TOML, "pyproject.toml")])
def test_both_files_say_the_same(tmp_path: Path, text: str, name: str) -> None:
    policy = review_policy_in_force(read_config(write(tmp_path, text, name)))
    assert [policy.cadence[level].amount for level in policy.cadence] == [24, 12, 12, 6]
    assert [policy.longest[level].amount for level in policy.longest] == [36, 36, 36, 1]
    assert dict(policy.evidence) == {
        "none": (),
        "restricted": ("link",),
        "personal": ("link", "dpa"),
        "special": ("link", "dpa", "certificate"),
    }
    assert policy.reviewers == ("*@security.example.com",)
    assert policy.other_than_owner


def test_nothing_said_asks_for_nothing_but_that_an_approval_ends() -> None:
    policy = review_policy_in_force(Config())
    assert set(policy.cadence.values()) == {Duration(12, "mo")}
    assert set(policy.longest.values()) == {Duration(36, "mo")}
    assert set(policy.evidence.values()) == {()}
    assert (policy.reviewers, policy.other_than_owner) == (None, False)
    assert not any(stated for _, _, stated in review_settings(Config()))


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("reviews: {cadense: {}}", ":1:11", "cadense", "did you mean `cadence`?"),
        ("reviews: {cadence: {personel: 6mo}}", ":1:21", "personel", "did you mean `personal`?"),
        ("reviews: {cadence: {personal: soon}}", ":1:31", "", "a whole number"),
        ("reviews: {longest: {personal: never}}", ":1:31", "", "a whole number"),
        ("reviews:\n  evidence: {personal: [lnk]}", ":2:25", "", "did you mean `link`?"),
        ("reviews: {evidence: {personal: link}}", ":1:32", "list", "brackets"),
        ("gate: {require: {by: security}}", ":1:22", "list", "brackets"),
        ("gate: {require: {evidence: personl}}", ":1:28", "", "did you mean `personal`?"),
        ("gate: {require: {other_than_owner: maybe}}", ":1:36", "", "true"),
        ("gate: {requires: {}}", ":1:8", "requires", "did you mean `require`?"),
    ],
)
def test_mistakes_are_named_at_their_place(
    tmp_path: Path, text: str, place: str, message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as raised:
        read_config(write(tmp_path, text))
    (problem,) = raised.value.problems
    assert str(problem.place).endswith(place)
    assert message in problem.message
    assert hint in (problem.hint or "")


def test_what_is_in_force_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")
    write(tmp_path, YAML)
    assert run(["config"]) == 0
    lines = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines() if line}
    assert lines["reviews.cadence.none"][1:] == ["24mo", "stackaudit.yaml"]
    assert lines["reviews.cadence.personal"][1:] == ["12mo", "default"]
    assert lines["reviews.longest.special"][1:] == ["1y", "stackaudit.yaml"]
    assert lines["reviews.longest.none"][1:] == ["36mo", "default"]
    assert lines["reviews.evidence.special"][1:4] == ["link,", "dpa,", "certificate"]
    assert lines["gate.require.by"][1:] == ["*@security.example.com", "stackaudit.yaml"]
    assert lines["gate.require.other_than_owner"][1:] == ["yes", "stackaudit.yaml"]


def test_a_long_value_is_wrapped_and_never_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    write(tmp_path, YAML)
    assert run(["config"]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("reviews.evidence.special"))
    assert lines[at].split()[1:] == ["link,", "dpa,", "stackaudit.yaml"]
    assert lines[at + 1].split() == ["certificate"]
