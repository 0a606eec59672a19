"""The configuration: found, read, in force; wrong ones named at their line."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from stackaudit.cli.looks import look_settings
from stackaudit.cli.main import run
from stackaudit.config.effective import gate_in_force, rule_settings, rules_in_force, settings
from stackaudit.config.model import ConfigFile, ReportSettings
from stackaudit.config.read import ConfigError, find_config, read_config
from stackaudit.rules.severity import Severity

YAML = """\
inventory: stacks/ours.yaml
ignore: [inventory]
gate: {security: medium, bloat: high}
adjust:
  bloat/idle-seats: {severity: low, params: {used_below: 50%}}
"""
TOML = """\
[project]
name = "x"

[tool.stackaudit]
inventory = "stacks/ours.yaml"
ignore = ["inventory"]

[tool.stackaudit.gate]
security = "medium"
bloat = "high"

[tool.stackaudit.adjust."bloat/idle-seats"]
severity = "low"
params = {used_below = "50%"}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / "ours.yaml").write_text("stackaudit: 1\ntools: {a: {}}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str, name: str = "stackaudit.yaml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


@pytest.mark.parametrize(("text", "name"), [(YAML, "stackaudit.yaml"), (TOML, "pyproject.toml")])
def test_both_files_say_the_same(repository: Path, text: str, name: str) -> None:
    write(repository, text, name)
    config = read_config()
    assert config.file == name
    assert config.said.inventory == "stacks/ours.yaml"
    gate = gate_in_force(config)
    assert gate.threshold("security") == Severity.MEDIUM
    assert gate.threshold("bloat") == Severity.HIGH
    assert gate.threshold("silo") is None
    rules = {rule.id: rule for rule in rules_in_force(config)}
    assert not [rule for rule in rules if rule.startswith("inventory/")]
    assert rules["bloat/idle-seats"].severity == Severity.LOW
    assert rules["bloat/idle-seats"].param_texts["used_below"] == "50%"


def test_it_is_found_from_a_folder_below_and_not_beyond_the_repository(repository: Path) -> None:
    path = write(repository, YAML)
    below = repository / "a" / "b"
    below.mkdir(parents=True)
    assert find_config(below) == path
    (below / ".git").mkdir()
    assert find_config(below) is None


def test_a_pyproject_without_the_section_is_none(repository: Path) -> None:
    write(repository, "[tool.other]\nstackaudit = 1\n", "pyproject.toml")
    assert find_config(repository) is None


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("inventry: x", "stackaudit.yaml:1:1 unknown-key", "`inventory`"),
        ("gate: {securty: high}", "stackaudit.yaml:1:8 unknown-key", "`security`"),
        ("gate: {security: hihg}", "stackaudit.yaml:1:18 not-allowed", "`high`"),
        ("inventory: ../x.yaml", "stackaudit.yaml:1:12 outside", "command line"),
        ("inventory: /etc/passwd", "stackaudit.yaml:1:12 outside", "command line"),
        ("rules: nowhere", "stackaudit.yaml:1:8 no-file", "relative"),
        ("output: /tmp/x", "unknown-key", "the keys here"),
        ("plugins: [evil]", "unknown-key", "the keys here"),
        ("- a", "stackaudit.yaml:1:1 not-a-configuration", ""),
    ],
)
def test_mistakes_are_named_at_their_line(
    repository: Path, text: str, problem: str, hint: str
) -> None:
    write(repository, text + "\n")
    with pytest.raises(ConfigError) as caught:
        read_config()
    assert problem in str(caught.value)
    assert hint in str(caught.value.problems[0].hint)


def test_toml_mistakes_have_a_line_too(repository: Path) -> None:
    write(repository, "[tool.stackaudit]\nignore = []\ninventry = 'x'\n", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"pyproject.toml:3:1 unknown-key"):
        read_config()


def test_a_link_out_of_the_repository_is_refused(repository: Path, tmp_path: Path) -> None:
    (repository / "out").symlink_to(tmp_path.parent)
    write(repository, "rules: out\n")
    with pytest.raises(ConfigError, match="outside"):
        read_config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("adjust: {bloat/idle-seat: {severity: low}}", "no rule `bloat/idle-seat`"),
        ("adjust: {bloat/idle-seats: {params: {used_belo: 50%}}}", "no parameter `used_belo`"),
        ("adjust: {bloat/idle-seats: {params: {used_below: lots}}}", "used_below"),
        ("select: [securty]", "no rule `securty`"),
        ("ignore: [security, bloat/idle-seat]", "no rule `bloat/idle-seat`"),
    ],
)
def test_names_of_rules_and_parameters_are_checked(
    repository: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    write(repository, f"{text}\ninventory: stacks/ours.yaml\n")
    assert run(["audit"]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.startswith("stackaudit.yaml:1:")  # and not the file of the rule


def test_the_command_line_goes_before_the_configuration(repository: Path) -> None:
    write(repository, YAML)
    assert run(["audit", "--select", "security/unreviewed-tool"]) == 1
    assert run(["audit", "--fail-on", "critical"]) == 0


def test_every_setting_says_where_it_comes_from(repository: Path) -> None:
    write(repository, YAML)
    config = read_config()
    every = (*settings(config), *rule_settings(config, rules_in_force(config)))
    found = {each.name: (each.value, each.origin) for each in every}
    assert found["inventory"] == ("stacks/ours.yaml", "stackaudit.yaml")
    assert found["catalog"] == ("as shipped", "default")
    assert found["bloat/idle-seats.params.used_below"] == ("50%", "stackaudit.yaml")
    assert found["bloat/idle-seats.params.high_above"][1] == "default"


def test_the_look_of_reports_is_a_setting_too(repository: Path) -> None:
    write(repository, "", "ours.png")
    write(repository, "report: {title: Our stack, accent: '#C0FFEE', logo: ours.png}\n")
    found = {each.name: (each.value, each.origin) for each in look_settings(read_config())}
    assert found["report.title"] == ("Our stack", "stackaudit.yaml")
    assert found["report.accent"] == ("#c0ffee", "stackaudit.yaml")
    assert found["report.logo"] == ("ours.png", "stackaudit.yaml")
    assert found["report.language"] == ("en", "default")
    assert found["report.author"] == ("none", "default")


def test_no_key_of_the_configuration_is_left_out(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["config"]) == 0
    shown = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line}
    keys = {each.name for each in fields(ConfigFile)} - {"adjust"}  # stands at its rules
    assert {key for key in keys if not any(name.startswith(key) for name in shown)} == set()
    assert {f"report.{each.name}" for each in fields(ReportSettings)} <= shown


def test_a_category_that_does_not_gate_says_so(repository: Path) -> None:
    write(repository, "gate: {security: none}\n")
    found = {each.name: (each.value, each.origin) for each in settings(read_config())}
    assert found["gate.security"] == ("none", "stackaudit.yaml")
    assert found["gate.bloat"] == ("none", "default")


def test_the_command_prints_it(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, YAML)
    assert run(["config"]) == 0
    assert "stacks/ours.yaml" in capsys.readouterr().out


def test_products_of_ones_own_fill_the_inventory(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        repository,
        "products:\n  our-mailer:\n    name: Our Mailer\n    vendor: Us\n"
        "    capabilities: [email]\n"
        "    sources: {product: https://example.com}\n",
        "ours.yaml",
    )
    write(repository, "inventory: stacks/ours.yaml\ncatalog: ours.yaml\nselect: [bloat]\n")
    (repository / "stacks" / "ours.yaml").write_text(
        "stackaudit: 1\ntools:\n  a: {product: our-mailer}\n  b: {capabilities: [email]}\n", "utf-8"
    )
    assert run(["audit"]) == 0
    assert "Our Mailer and b both can do" in capsys.readouterr().out
