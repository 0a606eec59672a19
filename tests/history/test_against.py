"""A change against its base: red only for what it makes worse, judged by the base."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stackaudit.cli.main import run
from tests.repositories import ENVIRONMENT, Repo

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links of POSIX")

DAY = "2026-11-02"
OLD = "  crm: {holds: [contact]}\n"
STACK = f"""\
stackaudit: 1
datasets: {{contact: {{privacy: personal}}}}
flows: []
tools:
{OLD}"""
NEW = "  newcomer: {holds: [contact]}\n"
APPROVED = "{state: approved, on: 2026-10-01, by: ann, until: 2027-10-01}"
UNREVIEWED = "security/unreviewed-tool"
WAIVER = (
    "{rule: security/unreviewed-tool, subject: newcomer, reason: x, owner: ann, "
    "on: 2026-11-01, expires: 2027-01-31}"
)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "repo")
    monkeypatch.chdir(made.folder)
    return made


class Outcome:
    """An audit as a CI job sees it."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.err = code, err
        self.report: dict[str, Any] = json.loads(out) if out.startswith("{") else {}

    @property
    def gating(self) -> list[str]:
        """Rule and subject of what gates."""
        return [
            f"{each['rule']} {each['subjects'][0]['id']}"
            for each in self.report["findings"]
            if each["gates"]
        ]

    @property
    def notes(self) -> str:
        """What the verdict has to say besides."""
        return "\n".join(self.report["verdict"]["notes"])

    def status(self, rule: str, subject: str) -> str:
        """The status of one finding."""
        (one,) = [
            each
            for each in self.report["findings"]
            if each["rule"] == rule and each["subjects"][0]["id"] == subject
        ]
        return str(one["status"])


class Auditing:
    """Runs `audit -f json --against …`."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, against: str, *arguments: str) -> Outcome:
        self.capsys.readouterr()
        code = run(["audit", *arguments, "-f", "json", "--as-of", DAY, "--against", against])
        return Outcome(code, *self.capsys.readouterr())


@pytest.fixture
def audited(capsys: pytest.CaptureFixture[str]) -> Auditing:
    return Auditing(capsys)


def test_only_what_the_change_adds_gates(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK)
    assert audited("main").code == 0
    repo.write(stack=STACK + NEW)
    before = repo.state()
    found = audited("main")
    assert found.code == 1
    assert found.gating == [f"{UNREVIEWED} newcomer"]
    assert found.status(UNREVIEWED, "crm") == "known"
    assert repo.state() == before
    (finding,) = [each for each in found.report["findings"] if each["gates"]]
    assert finding["locations"][0] == {"file": "stack.yaml", "line": 6, "column": 3}


def test_a_review_in_the_change_clears_it_and_is_named(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK)
    repo.write(stack=STACK + NEW + f"reviews: {{newcomer: {APPROVED}}}\n")
    found = audited("main")
    assert found.code == 0
    words = "approved by `ann` on 2026-10-01 until 2027-10-01 (stack.yaml:7)"
    assert f"review of `newcomer` added: {words}" in found.notes


def test_a_change_cannot_loosen_its_own_gate(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK, stackaudit="gate: {security: high}\n")
    for loosened in (
        "gate: {security: none}\n",
        "ignore: [security]\n",
        "select: [bloat]\n",
        "adjust: {security/unreviewed-tool: {severity: low}}\n",
        "inventory: harmless.yaml\n",
        "reviews: {cadence: {personal: 10y}}\n",
    ):
        repo.write(stack=STACK + NEW, stackaudit=loosened, harmless="tools: {}")
        found = audited("main")
        assert (found.code, found.gating) == (1, [f"{UNREVIEWED} newcomer"]), loosened
        assert "in force after merging" in found.notes, loosened
    repo.write(stackaudit=None)
    assert audited("main").code == 1


def test_reviews_cannot_be_called_incomplete_in_the_same_change(
    repo: Repo, audited: Auditing
) -> None:
    repo.commit(stack=STACK)
    repo.write(stack=STACK + NEW + "incomplete: [reviews]\n")
    found = audited("main")
    assert found.gating == [f"{UNREVIEWED} newcomer"]
    assert "listed as incomplete" in found.notes
    repo.commit()
    assert audited("HEAD").code == 0


def test_rules_of_the_change_are_named_and_not_applied(repo: Repo, audited: Auditing) -> None:
    rule = Path(__file__).parents[2] / "rules" / "security" / "unreviewed-tool.yaml"
    text = rule.read_text("utf-8")
    repo.commit(stack=STACK)
    repo.write(stackaudit="rules: [pack]\n", pack__security__ours=text)
    found = audited("main")
    assert found.code == 0
    assert "1 rule added by this change, in force after merging: security/ours" in found.notes
    repo.commit()
    repo.write(stack=STACK + NEW, stackaudit="gate: {}\n", pack__security__ours=None)
    found = audited("HEAD")
    assert found.gating == ["security/ours newcomer", f"{UNREVIEWED} newcomer"]
    assert "1 rule taken away by this change" in found.notes


def test_an_invalid_rule_of_the_change_stops_the_run(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK)
    repo.write(stackaudit="rules: [pack]\n", pack__security__ours="title: x\n")
    found = audited("main")
    assert found.code == 2
    assert "pack/security/ours.yaml" in found.err


def test_a_folder_of_rules_on_the_command_line_is_the_base_s(repo: Repo, audited: Auditing) -> None:
    rule = Path(__file__).parents[2] / "rules" / "security" / "unreviewed-tool.yaml"
    repo.commit(stack=STACK, pack__security__ours=rule.read_text("utf-8"))
    harmless = rule.read_text("utf-8").replace("severity: high", "severity: low", 1)
    repo.write(stack=STACK + NEW, pack__security__ours=harmless)
    assert "security/ours newcomer" in audited("main", "--rules", "pack").gating


def test_a_waiver_in_the_change_counts_and_is_named(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK, stackaudit="gate: {security: high}\n")
    repo.write(stack=STACK + NEW, stackaudit=f"waivers: [{WAIVER}]\n")
    found = audited("main")
    assert (found.code, found.status(UNREVIEWED, "newcomer")) == (0, "waived")
    assert "waiver of `security/unreviewed-tool` for `newcomer` added: `ann`" in found.notes


def test_only_the_base_s_records_if_it_says_so(repo: Repo, audited: Auditing) -> None:
    repo.commit(
        stack=STACK + f"reviews: {{crm: {APPROVED}}}\n", stackaudit="gate: {records: base}\n"
    )
    repo.write(
        stack=STACK + NEW + f"reviews: {{newcomer: {APPROVED}}}\n",
        stackaudit=f"gate: {{records: change}}\nwaivers: [{WAIVER}]\n",
    )
    found = audited("main")
    assert found.gating == [f"{UNREVIEWED} newcomer"]
    assert "review of `crm` removed, in force after merging" in found.notes
    assert "waiver of `security/unreviewed-tool` for `newcomer` added" in found.notes


def test_the_base_s_reviews_follow_a_tool_to_its_new_id(repo: Repo, audited: Auditing) -> None:
    repo.commit(
        stack=STACK + f"reviews: {{crm: {APPROVED}}}\n", stackaudit="gate: {records: base}\n"
    )
    repo.write(stack=STACK.replace("crm: {", "sales: {previously: [crm], "))
    assert audited("main").code == 0
    repo.write(stack=STACK.replace("crm: {", "sales: {"))
    assert audited("main").gating == [f"{UNREVIEWED} sales"]


def test_a_baseline_in_the_change_counts_and_is_named(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK)
    repo.write(stack=STACK + NEW)
    assert run(["baseline", "create", "--as-of", DAY]) == 0
    found = audited("main", "--baseline", "baseline.txt")
    assert found.code == 0
    assert f"baseline entry {UNREVIEWED} `newcomer` added at high" in found.notes


def test_a_deleted_fact_leaves_a_finding_open_instead_of_found(
    repo: Repo, audited: Auditing
) -> None:
    tool = "  crm: {holds: [contact], access: {mfa: none, sso: none}}\n"
    tool += f"reviews: {{crm: {APPROVED}}}\n"
    repo.commit(stack=STACK.replace(OLD, tool))
    assert audited("main").code == 0
    repo.write(stack=STACK.replace(OLD, tool.replace(", access: {mfa: none, sso: none}", "")))
    found = audited("main")
    assert found.code == 1
    assert any(each["gates"] and each["rule"] == "security/no-mfa" for each in found.report["open"])


def test_moving_and_reordering_changes_nothing(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK + NEW)
    repo.write(
        stack="include: [teams/*.yaml]\nflows: []\nstackaudit: 1\ntools:\n" + NEW,
        teams__a=f"tools:\n{OLD}datasets: {{contact: {{privacy: personal}}}}\n",
    )
    found = audited("main")
    assert found.code == 0
    assert {each["status"] for each in found.report["findings"]} == {"known"}
    repo.commit()
    repo.write(teams__a=None, stack=STACK + NEW)
    assert audited("HEAD").code == 0


def test_from_a_folder_below(
    repo: Repo, audited: Auditing, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(
        stackaudit="inventory: stacks/ours.yaml\nrules: [pack]\ncatalog: [own.yaml]\n",
        own="products: {own-thing: {name: Own Thing}}\n",
        pack__bloat__x=(Path(__file__).parents[2] / "rules/bloat/idle-seats.yaml").read_text(
            "utf-8"
        ),
        stacks__ours=STACK,
    )
    repo.write(stacks__ours=STACK + NEW)
    for folder, stack in (("stacks", ()), ("stacks", ("ours.yaml",)), (".", ("stacks/ours.yaml",))):
        monkeypatch.chdir(repo.folder / folder)
        assert audited("main", *stack).gating == [f"{UNREVIEWED} newcomer"]


def test_from_elsewhere(
    repo: Repo, audited: Auditing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(stack=STACK)
    repo.write(stack=STACK + NEW)
    monkeypatch.chdir(tmp_path)
    assert audited("main", "repo/stack.yaml").gating == [f"{UNREVIEWED} newcomer"]


@posix
def test_through_a_link_to_the_repository(
    repo: Repo, audited: Auditing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(stack=STACK, stackaudit="gate: {security: high}\n")
    repo.write(stack=STACK + NEW, stackaudit="gate: {security: none}\n")
    (tmp_path / "link").symlink_to(repo.folder, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    config = ("--config", str(tmp_path / "link" / "stackaudit.yaml"))
    for stack in ("link/stack.yaml", str(tmp_path / "link" / "stack.yaml")):
        assert audited("main", stack, *config).gating == [f"{UNREVIEWED} newcomer"]


def test_an_inventory_that_is_new_is_all_new(repo: Repo, audited: Auditing) -> None:
    repo.commit(readme="x: y")
    repo.write(stack=STACK)
    found = audited("main")
    assert found.gating == [f"{UNREVIEWED} crm"]
    assert "there is no inventory in revision" in found.notes


def test_an_inventory_that_moved(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK)
    (repo.folder / "stack.yaml").unlink()
    repo.write(stacks__ours=STACK, stackaudit="inventory: stacks/ours.yaml\n")
    assert audited("main").code == 0
    assert audited("main", "stacks/ours.yaml").code == 0
    repo.write(stackaudit=None)
    assert audited("main", "stacks/ours.yaml").code == 1
    assert audited("main:stack.yaml", "stacks/ours.yaml").code == 0


def test_a_pull_request_is_compared_with_where_it_began(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK + NEW)
    repo.git("switch", "--quiet", "-c", "feature")
    repo.commit(stack=STACK + NEW + "  third: {holds: [contact]}\n")
    repo.git("switch", "--quiet", "main")
    repo.commit(stack=STACK)  # what main has cleared since is nothing that the feature adds
    repo.git("switch", "--quiet", "feature")
    found = audited("main")
    assert found.gating == [f"{UNREVIEWED} third"]
    assert any("where HEAD left main" in each for each in [json.dumps(found.report)])


def test_uncommitted_changes_of_a_branch_count(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK)
    repo.git("switch", "--quiet", "-c", "feature/x")
    repo.commit(stack=STACK + NEW)
    repo.write(stack=STACK)
    assert audited("main").code == 0
    repo.write(stack=STACK + NEW + "  third: {holds: [contact]}\n")
    assert len(audited("main").gating) == 2
    assert audited("feature/x").gating == [f"{UNREVIEWED} third"]


def test_branches_that_have_nothing_in_common(repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK)
    repo.git("switch", "--quiet", "--orphan", "apart")
    repo.write(stack=STACK + NEW)
    assert audited("main").gating == [f"{UNREVIEWED} newcomer"]
    repo.commit()
    assert audited("main").gating == [f"{UNREVIEWED} newcomer"]


def test_a_shallow_clone(
    repo: Repo, audited: Auditing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(stack=STACK)
    repo.git("switch", "--quiet", "-c", "feature")
    repo.commit(stack=STACK + NEW)
    repo.git("clone", "-q", "--depth=1", repo.folder.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    found = audited("origin/main")
    assert found.code == 3
    assert "shallow" in found.err
    assert "fetch-depth: 0" in found.err
    repo.git("-C", str(tmp_path / "clone"), "fetch", "-q", "--unshallow", "origin",
             "+refs/heads/*:refs/remotes/origin/*")  # fmt: skip
    assert audited("origin/main").gating == [f"{UNREVIEWED} newcomer"]


def test_another_inventory_file(repo: Repo, audited: Auditing, tmp_path: Path) -> None:
    repo.write(stack=STACK + NEW, old=STACK)
    assert audited("old.yaml").gating == [f"{UNREVIEWED} newcomer"]
    (repo.folder / "old").write_text(STACK, "utf-8")
    repo.commit()
    assert audited("old").gating == [f"{UNREVIEWED} newcomer"]
    repo.git("branch", "old")
    found = audited("old")
    assert found.code == 2
    assert "./old for the file, or refs/heads/old for the branch" in " ".join(found.err.split())
    assert audited("./old").gating == [f"{UNREVIEWED} newcomer"]
    assert audited("refs/heads/old").code == 0


def test_a_file_needs_no_git(
    repo: Repo, audited: Auditing, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write(stack=STACK + NEW, old=STACK)
    (repo.folder / "plain").write_text(STACK, "utf-8")
    monkeypatch.setenv("PATH", str(repo.folder))
    assert audited("old.yaml").code == audited("plain").code == 1
    found = audited("main")
    assert found.code == 3
    assert "git is not installed" in found.err


def test_outside_of_a_repository(
    tmp_path: Path, audited: Auditing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stack.yaml").write_text(STACK + NEW, "utf-8")
    (tmp_path / "old.yaml").write_text(STACK, "utf-8")
    (tmp_path / "plain").write_text(STACK, "utf-8")
    assert audited("old.yaml").code == audited("plain").code == 1
    found = audited("main")
    assert found.code == 2
    assert "this folder is not in a git repository" in found.err
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run(["audit", "../stack.yaml", "--against", "main"]) == 2
    assert f"the folder {tmp_path.as_posix()}" in audited.capsys.readouterr().err


@pytest.mark.parametrize(
    ("against", "code"), [("mian", 2), ("", 2), ("-x", 2), ("gone.yaml", 2), ("main:gone.yaml", 2)]
)
def test_what_cannot_be_compared_with(
    repo: Repo, audited: Auditing, against: str, code: int
) -> None:
    repo.commit(stack=STACK)
    assert audited(against).code == code


def test_a_base_that_is_not_valid_says_that_it_is_the_base(repo: Repo, audited: Auditing) -> None:
    id = repo.commit(stack="tols: {}")[:10]
    repo.write(stack=STACK)
    found = audited("main")
    assert found.code == 2
    assert f"revision {id} (main) is not valid" in found.err
    assert f"{id}:stack.yaml:1:1" in found.err


def test_standard_input(repo: Repo, audited: Auditing, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    repo.commit(stack=STACK)
    stream = io.TextIOWrapper(io.BytesIO((STACK + NEW).encode()))
    monkeypatch.setattr("sys.stdin", stream)
    assert audited("main", "-").gating == [f"{UNREVIEWED} newcomer"]


def test_windows_line_ends_make_nothing_new(repo: Repo, audited: Auditing) -> None:
    repo.git("config", "core.autocrlf", "true")
    rule = Path(__file__).parents[2] / "rules" / "security" / "unreviewed-tool.yaml"
    repo.commit(stack=STACK, stackaudit="rules: [p]\n", p__security__ours=rule.read_text("utf-8"))
    for name in ("stack.yaml", "p/security/ours.yaml", "stackaudit.yaml"):
        path = repo.folder / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    found = audited("main")
    assert (found.code, "in force" in found.notes) == (0, False)


def test_the_configuration_in_pyproject(repo: Repo, audited: Auditing) -> None:
    (repo.folder / "pyproject.toml").write_text("[tool.stackaudit.gate]\nsilo = 'high'\n", "utf-8")
    repo.commit(stack=STACK)
    (repo.folder / "pyproject.toml").unlink()
    repo.write(stack=STACK + NEW)
    assert "silo/orphaned-silo newcomer" in audited("main").gating


def test_a_configuration_outside_of_the_repository_is_out_of_the_change_s_reach(
    repo: Repo, audited: Auditing, tmp_path: Path
) -> None:
    (tmp_path / "central.yaml").write_text("gate: {security: none, silo: high}\n", "utf-8")
    repo.commit(stack=STACK)
    repo.write(stack=STACK + NEW)
    found = audited("main", "stack.yaml", "--config", str(tmp_path / "central.yaml"))
    assert found.gating == ["silo/orphaned-silo newcomer"]


def test_an_ordinary_audit_knows_nothing_of_git(repo: Repo) -> None:
    repo.write(stack=STACK)
    script = (
        "import sys; from stackaudit.cli.main import run; run(['audit', 'stack.yaml']);"
        "names = ('stackaudit.history.against', 'stackaudit.inventory.git');"
        "print([each for each in sys.modules if each.startswith(names)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.splitlines()[-1] == "[]"
