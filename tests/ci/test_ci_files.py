"""The files for CI do what they say: their steps are run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from stackaudit import __version__

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "ci").glob("*.y*ml"))
BIN = Path(sys.executable).parent
STACK = """\
stackaudit: 1
datasets:
  contact: {privacy: personal, system_of_record: crm}
tools:
  crm: {capabilities: [crm], holds: [contact], collects: []}
flows: []
reviews:
  crm: {state: approved, on: 2026-03-02, by: security, until: 2099-01-01}
"""
ADDED = STACK.replace("flows:", "  chat: {capabilities: [live-chat], holds: [contact]}\nflows:")


def read(path: Path) -> Any:
    """A file of CI; `on:` stays text."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


ACTION = read(ROOT / "action.yml")
STEPS = ACTION["runs"]["steps"]


def script(name: str) -> str:
    text: str = next(step["run"] for step in STEPS if step["name"] == name)
    return text


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose last change adds a tool that nobody reviewed."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, STACK)
    commit(folder, ADDED)
    return folder


def commit(folder: Path, text: str) -> None:
    (folder / "stack.yaml").write_text(text, "utf-8")
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "x")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def run_audit(
    repository: Path, temporary: Path, **inputs: str
) -> tuple[subprocess.CompletedProcess[str], Mapping[str, str], str]:
    """The step `Audit` as the action runs it; what it printed, its outputs, the summary."""
    inputs = {
        "STACK": "", "CONFIG": "", "AGAINST": "", "BASE": "", "BASELINE": "", "FAIL_ON": "",
        "ANNOTATIONS": "true", "SUMMARY": "true", "SARIF": "false", "COMMENT": "", **inputs,
    }  # fmt: skip
    outputs, summary = temporary / "outputs", temporary / "summary"
    outputs.touch()
    summary.touch()
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script("Audit")],
        cwd=repository,
        env={
            **os.environ, "BIN": str(BIN), "RUNNER_TEMP": str(temporary),
            "GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(summary), **inputs,
        },
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    pairs = (line.split("=", 1) for line in outputs.read_text("utf-8").splitlines())
    return done, {key: value for key, value in pairs}, summary.read_text("utf-8")  # noqa: C416


def test_a_pull_request_is_red_at_the_line_of_the_tool(repository: Path, tmp_path: Path) -> None:
    base = git(repository, "rev-parse", "HEAD~1")
    done, outputs, summary = run_audit(repository, tmp_path, BASE=base, SARIF="true")
    assert done.returncode == 0, done.stderr  # the verdict is a step of its own
    assert outputs["exit-code"] == "1"
    assert re.search(r"^::error file=stack\.yaml,line=6,", done.stdout, re.MULTILINE)
    assert "chat" in summary
    assert Path(outputs["report"]).is_file()
    assert Path(outputs["sarif"]).is_file()


def test_the_verdict_is_the_exit_code() -> None:
    for code in (0, 1, 2):
        done = subprocess.run(
            ["bash", "-c", script("Verdict")], env={**os.environ, "CODE": str(code)}, check=False
        )
        assert done.returncode == code


def test_a_change_that_adds_nothing_is_green(repository: Path, tmp_path: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    done, outputs, _ = run_audit(repository, tmp_path, BASE=base)
    assert (done.returncode, outputs["exit-code"]) == (0, "0"), done.stdout + done.stderr


def test_without_a_base_everything_counts(repository: Path, tmp_path: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    _, outputs, _ = run_audit(repository, tmp_path, BASE=base, AGAINST="none")
    assert outputs["exit-code"] == "1"


def test_inputs_are_no_part_of_the_script(repository: Path, tmp_path: Path) -> None:
    hostile = '$(touch owned)`touch owned`"; touch owned; "'
    done, outputs, _ = run_audit(repository, tmp_path, STACK=hostile, CONFIG=hostile)
    assert outputs["exit-code"] == "2", done.stdout
    assert not (repository / "owned").exists()
    for step in STEPS:
        assert "${{" not in step.get("run", "")


def test_everything_from_elsewhere_is_pinned() -> None:
    uses = [step["uses"] for step in STEPS if "uses" in step]
    uses += re.findall(r"uses: (\S+)", (ROOT / "docs/ci/github.yml").read_text("utf-8"))
    others = [each for each in uses if not each.startswith("stackaudit/")]
    assert len(others) >= 3
    for each in others:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", each), each


def test_every_input_is_used_and_every_one_that_is_used_exists() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])


def test_the_example_for_github_has_the_least_rights() -> None:
    workflow = read(ROOT / "docs/ci/github.yml")
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"contents": "read"}
    checkout, audit = job["steps"]
    assert checkout["with"] == {"fetch-depth": "0", "persist-credentials": "false"}
    assert set(audit["with"]) <= set(ACTION["inputs"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_are_yaml_and_name_this_version(path: Path) -> None:
    assert read(path)
    assert {*re.findall(r"(?:==|@v|rev: v)(\d+\.\d+\.\d+)", path.read_text("utf-8"))} == {
        __version__
    }


def test_options_in_examples_exist() -> None:
    known = (ROOT / "docs/commands.md").read_text("utf-8")
    for path in [*EXAMPLES, ROOT / "docs/ci/Jenkinsfile", ROOT / "action.yml"]:
        for line in path.read_text("utf-8").splitlines():
            if "stackaudit audit" in line or "arguments+=" in line:
                for option in re.findall(r"\s(--[a-z-]+)\b", line):
                    assert option in known, (path.name, option)


def hooks() -> list[Any]:
    found: list[Any] = read(ROOT / ".pre-commit-hooks.yaml")
    return found


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
def test_hooks_run_as_their_entries_say(repository: Path, hook: Mapping[str, str]) -> None:
    def call() -> int:
        command, *arguments = hook["entry"].split()
        assert command == "stackaudit"
        line = [str(BIN / command), *arguments, "stack.yaml"]
        return subprocess.run(line, cwd=repository, capture_output=True, check=False).returncode

    assert call() == 0  # what was there before is not what this commit adds
    more = ADDED.replace("flows:", "  forms: {capabilities: [forms], holds: [contact]}\nflows:")
    broken = "stackaudit: 1\ntools: ["
    validates = "validate" in hook["id"]
    (repository / "stack.yaml").write_text(more, "utf-8")
    assert call() == (0 if validates else 1)
    (repository / "stack.yaml").write_text(broken, "utf-8")
    assert call() == 2


def test_hooks_look_at_what_can_change_the_verdict() -> None:
    for hook in hooks():
        assert hook["pass_filenames"] == "false"
        assert re.search(hook["files"], "stacks/ours.yaml")
        assert not re.search(hook["files"], "readme.md")


def test_the_script_for_gitlab_runs(repository: Path) -> None:
    (job,) = read(ROOT / "docs/ci/gitlab-ci.yml").values()
    (text,) = job["script"]
    base = git(repository, "rev-parse", "HEAD~1")
    environment = {
        **os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "STACK": "stack.yaml",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", text], cwd=repository, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    assert all((repository / name).is_file() for name in reports.values())
