"""The life of a gate, in a real repository: what makes a change red, and what does not.

Thirty tools with findings of their own are there before the first change. Each test is one change
on a branch, judged as a CI job judges it; the main branch is what was merged before.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from stackaudit.cli.main import run

DAY = "2026-11-02"
HEAD = """\
stackaudit: 1
currency: EUR
include: [tools.yaml, flows.yaml, reviews.yaml]
"""
DATASETS = """\
datasets:
  contact: {privacy: personal, confidentiality: confidential, system_of_record: crm}
  page-view: {privacy: none, confidentiality: internal, system_of_record: web}
"""
OLD = 30
"""Tools that were there before the gate."""


def tool(name: str, **facts: str) -> str:
    stated = {
        "capabilities": "[forms]", "holds": "[page-view]", "collects": "[]",
        "owner": "{business: marketing, technical: it}", **facts,
    }  # fmt: skip
    return f"  {name}: {{{', '.join(f'{key}: {value}' for key, value in stated.items())}}}\n"


def old_tools() -> list[str]:
    """Two systems of record, tools that nobody reviewed, one with a login that is shared."""
    tools = [
        tool("crm", capabilities="[crm]", holds="[contact]", collects="[contact]"),
        tool("web", capabilities="[web-analytics]", collects="[page-view]"),
        tool("desk", capabilities="[customer-support]", access="{shared_login: true}"),
    ]
    return tools + [tool(f"old-{number:02}") for number in range(OLD - len(tools))]


REVIEWS = """\
reviews:
  crm: {state: approved, on: 2026-03-02, by: security, until: 2027-03-02}
  spy: {state: rejected, on: 2026-05-04, by: security}
  web: {state: approved, on: 2026-03-02, by: security, until: 2027-03-02}
"""
SPY = tool("spy", product="hotjar", lifecycle="rejected", contract="none", last_used="2026-01-01")
CHAT = tool("chat", capabilities="[live-chat]")


class Repository:
    """A repository with an inventory, and how people and CI work in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.tools = [*old_tools(), SPY]
        self.flows = ["  - {from: web, to: crm, data: [page-view], method: native, owner: it}\n"]
        self.write("reviews.yaml", REVIEWS)
        self.write("stackaudit.yaml", "gate: {security: high}\n")
        self.save()
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "somebody")
        self.git("config", "user.email", "somebody@example.com")
        self.call("baseline", "create")
        self.merge()

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def save(self) -> None:
        """The inventory as it is meant to be now; reviews are written by commands."""
        self.write("stack.yaml", HEAD + DATASETS)
        self.write("tools.yaml", "tools:\n" + "".join(self.tools))
        self.write("flows.yaml", "flows:\n" + "".join(self.flows) if self.flows else "flows: []\n")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True
        )
        return done.stdout

    def merge(self) -> None:
        """What is in the work tree is main from now on."""
        self.git("add", "-A")
        self.git("commit", "-qm", "merged")

    def call(self, *arguments: str, day: str = DAY) -> tuple[int, str]:
        code = run([*arguments, "--as-of", day])
        said = self.capsys.readouterr()
        return code, said.out + said.err

    def gate(self, day: str = DAY) -> tuple[int, Any]:
        """The verdict of the job of a pull request, and its report."""
        code, out = self.call("audit", "--against", "main", "-f", "json", day=day)
        report = json.loads(out)
        assert report["verdict"]["passed"] is (code == 0)
        return code, report

    def with_baseline(self) -> tuple[int, Any]:
        """The same of a job that has nothing but the baseline."""
        code, out = self.call("audit", "--baseline", "baseline.txt", "-f", "json")
        return code, json.loads(out)


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path, capsys)


@pytest.fixture
def reviewed(repository: Repository) -> Repository:
    """The chat is there, was reviewed with its scope, and is merged."""
    add_chat(repository)
    assert approve(repository, "chat") == 0
    repository.merge()
    return repository


def add_chat(repository: Repository) -> None:
    repository.tools.append(CHAT)
    repository.save()


def approve(repository: Repository, name: str) -> int:
    code, _ = repository.call(
        "review", name, "--state", "approved", "--by", "security@example.com",
        "--until", "12mo", "--evidence", "https://example.com/reviews/1",
    )  # fmt: skip
    return code


def gating(report: Any) -> list[tuple[str, str]]:
    return [
        (each["rule"], each["subjects"][0]["id"]) for each in report["findings"] if each["gates"]
    ]


def line_of(repository: Repository, name: str) -> int:
    lines = repository.read("tools.yaml").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(f"  {name}:"))


def test_what_was_there_before_is_green(repository: Repository) -> None:
    code, report = repository.gate()
    assert code == 0
    known = [each for each in report["findings"] if each["status"] == "known"]
    assert len(known) == len(report["findings"]) > OLD
    assert any(each["severity"] == "high" for each in known)
    code, report = repository.with_baseline()
    assert (code, {each["status"] for each in report["findings"]}) == (0, {"known"})
    assert repository.call("audit")[0] == 1  # which without either would be red


def test_an_unreviewed_tool_is_red_at_its_line(repository: Repository) -> None:
    add_chat(repository)
    for code, report in (repository.gate(), repository.with_baseline()):
        assert code == 1
        assert gating(report) == [("security/unreviewed-tool", "chat")]
        (found,) = [each for each in report["findings"] if each["gates"]]
        assert found["status"] == "new"
        place = found["locations"][0]
        assert (place["file"], place["line"]) == ("tools.yaml", line_of(repository, "chat"))
    code, out = repository.call("audit", "--against", "main")
    assert code == 1
    assert re.search(rf"tools\.yaml:{line_of(repository, 'chat')}\b", out)
    assert "security" in out


def test_a_review_makes_it_green(repository: Repository) -> None:
    add_chat(repository)
    before = repository.read("reviews.yaml")
    assert approve(repository, "chat") == 0
    after = repository.read("reviews.yaml")
    assert set(before.splitlines()) <= set(after.splitlines())
    code, report = repository.gate()
    assert (code, gating(report)) == (0, [])
    assert any("chat" in note for note in report["verdict"]["notes"])
    assert repository.with_baseline()[0] == 0


def test_a_wider_scope_is_red_and_says_what_changed(reviewed: Repository) -> None:
    assert reviewed.gate()[0] == 0
    reviewed.flows.append("  - {from: crm, to: chat, data: [contact], method: api, owner: it}\n")
    reviewed.save()
    code, report = reviewed.gate()
    assert code == 1
    assert ("security/changed-since-review", "chat") in gating(report)
    found = next(e for e in report["findings"] if e["rule"] == "security/changed-since-review")
    assert "contact" in found["message"]
    assert "crm" in found["message"]
    reviewed.flows.pop()
    reviewed.save()
    assert reviewed.gate()[0] == 0


def test_less_data_another_price_another_owner_are_green(reviewed: Repository) -> None:
    reviewed.flows.append("  - {from: web, to: chat, data: [page-view], method: api, owner: it}\n")
    reviewed.save()
    assert approve(reviewed, "chat") == 0
    reviewed.merge()
    reviewed.flows.pop()
    owner = "{business: sales, technical: it}"
    reviewed.tools[-1] = tool(
        "chat", capabilities="[live-chat]", owner=owner, contract="{cost: 99000/year}"
    )
    reviewed.save()
    code, report = reviewed.gate()
    assert (code, gating(report)) == (0, [])


def test_a_fact_that_is_taken_out_is_red(repository: Repository) -> None:
    repository.tools[2] = tool("desk", capabilities="[customer-support]", access="{}")
    repository.save()
    for code, report in (repository.gate(), repository.with_baseline()):
        assert code == 1
        (stopped,) = [each for each in report["open"] if each["gates"]]
        assert stopped["rule"] == "security/shared-login"
        assert stopped["unknown"][0]["missing"] == "tools.desk.access.shared_login"
        assert "open instead of found" in report["verdict"]["words"]
    repository.tools[2] = tool(
        "desk", capabilities="[customer-support]", access="{shared_login: false}"
    )
    repository.save()
    code, report = repository.gate()
    assert code == 0
    assert [each["rule"] for each in report["fixed"]] == ["security/shared-login"]


LOOSER = {
    "the gate": "gate: {security: none}\n",
    "a severity": "gate: {security: high}\nadjust: {security/unreviewed-tool: {severity: low}}\n",
    "what is asked": "gate: {security: high}\nignore: [security/unreviewed-tool]\n",
    "the selection": "gate: {security: high}\nselect: [bloat]\n",
}


@pytest.mark.parametrize("change", LOOSER)
def test_a_change_cannot_loosen_its_own_gate(repository: Repository, change: str) -> None:
    add_chat(repository)
    repository.write("stackaudit.yaml", LOOSER[change])
    code, report = repository.gate()
    assert (code, gating(report)) == (1, [("security/unreviewed-tool", "chat")])
    assert any("after merging" in note for note in report["verdict"]["notes"])
    repository.merge()
    assert repository.call("audit", "--against", "HEAD~1", "-f", "json")[0] == 1


OWN_RULE = """\
title: No chat
subject: tool
params: {most: 0}
when: tool.name == "chat" and count(tool.capabilities) > params.most
severity: critical
message: "{tool.name} is a chat"
why: We decided so.
fix: Do without {tool.name}.
clears: {remove: tool}
ask: {it: Is it?, marketing: Is it?}
lead: both
effort: small
references: ["our own decision"]
since: "0.1"
examples:
  finds:
    - {stack: "stackaudit: 1\\ntools: {chat: {capabilities: [live-chat]}}\\n", subjects: [chat]}
  passes:
    - {stack: "stackaudit: 1\\ntools: {other: {capabilities: [live-chat]}}\\n"}
"""


@pytest.mark.parametrize("instead", [OWN_RULE.replace("most: 0", "most: 9"), None])
def test_nor_its_own_rules(repository: Repository, instead: str | None) -> None:
    rule = repository.folder / "rules" / "security" / "no-chat.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text(OWN_RULE, "utf-8")
    repository.write("stackaudit.yaml", "gate: {security: high}\nrules: rules\n")
    repository.merge()
    add_chat(repository)
    approve(repository, "chat")
    if instead is None:
        rule.unlink()
        repository.write("stackaudit.yaml", "gate: {security: high}\n")
    else:
        rule.write_text(instead, "utf-8")
    code, report = repository.gate()
    assert (code, gating(report)) == (1, [("security/no-chat", "chat")])


def waive(repository: Repository, expires: str) -> None:
    code, out = repository.call(
        "waive", "security/unreviewed-tool", "chat", "--reason", "leaves in spring",
        "--owner", "it", "--expires", expires,
    )  # fmt: skip
    assert code == 0, out


def test_a_waiver_is_green_and_named(repository: Repository) -> None:
    add_chat(repository)
    waive(repository, "2027-03-01")
    code, report = repository.gate()
    assert code == 0
    assert report["figures"]["by_status"]["waived"] == 1
    assert any("waive" in note and "chat" in note for note in report["verdict"]["notes"])


def test_a_waiver_does_not_count_where_only_the_records_of_the_base_do(
    repository: Repository,
) -> None:
    repository.write("stackaudit.yaml", "gate: {security: high, records: base}\n")
    repository.merge()
    add_chat(repository)
    waive(repository, "2027-03-01")
    assert repository.gate()[0] == 1


def test_nor_does_a_review_there(repository: Repository) -> None:
    repository.write("stackaudit.yaml", "gate: {security: high, records: base}\n")
    repository.merge()
    add_chat(repository)
    approve(repository, "chat")
    assert repository.gate()[0] == 1


def test_a_waiver_that_ran_out_is_red(repository: Repository) -> None:
    add_chat(repository)
    waive(repository, "2026-12-01")
    assert repository.gate(day="2026-12-01")[0] == 0
    code, report = repository.gate(day="2026-12-02")
    assert code == 1
    (found,) = [each for each in report["findings"] if each["gates"]]
    assert found["note"]


def test_moving_and_reordering_is_green(reviewed: Repository) -> None:
    moved, reviewed.tools = reviewed.tools[5:], list(reversed(reviewed.tools[:5]))
    reviewed.save()
    reviewed.write("more.yaml", "tools:\n" + "".join(reversed(moved)))
    reviewed.write(
        "stack.yaml", reviewed.read("stack.yaml").replace("tools.yaml,", "tools.yaml, more.yaml,")
    )
    code, report = reviewed.gate()
    assert (code, gating(report), report["fixed"]) == (0, [], [])
    assert [e["message"] for e in report["findings"] if e["status"] != "known"] == []
    code, report = reviewed.with_baseline()
    assert (code, gating(report), report["fixed"]) == (0, [], [])


def test_a_new_name_is_green(reviewed: Repository) -> None:
    for number in (2, 5, -1):
        found = re.match(r"  ([\w-]+): \{", reviewed.tools[number])
        assert found is not None
        entry = reviewed.tools[number].removeprefix(found[0])
        reviewed.tools[number] = f"  {found[1]}-two: {{previously: [{found[1]}], {entry}"
    reviewed.save()
    reviewed.write("reviews.yaml", reviewed.read("reviews.yaml").replace("  chat:", "  chat-two:"))
    code, report = reviewed.gate()
    assert (code, gating(report)) == (0, [])
    assert {each["status"] for each in report["findings"]} == {"known"}
    code, report = reviewed.with_baseline()
    assert (code, gating(report), report["fixed"]) == (0, [], [])


def test_a_rejected_product_under_a_new_id_is_red(repository: Repository) -> None:
    repository.tools.append(tool("heatmaps", product="hotjar"))
    repository.save()
    code, report = repository.gate()
    assert code == 1
    assert ("security/rejected-tool", "heatmaps") in gating(report)


def test_a_tool_that_comes_with_an_approval_that_ran_out_is_red(repository: Repository) -> None:
    add_chat(repository)
    entry = "  chat: {state: approved, on: 2020-01-01, by: security, until: 2021-01-01}\n"
    repository.write("reviews.yaml", repository.read("reviews.yaml") + entry)
    code, report = repository.gate()
    assert (code, gating(report)) == (1, [("security/expired-review", "chat")])


def test_another_product_under_a_reviewed_id_is_red(repository: Repository) -> None:
    repository.tools.append(tool("chat", product="drift", capabilities="[live-chat]"))
    repository.save()
    assert approve(repository, "chat") == 0
    assert "product: drift" in repository.read("reviews.yaml")
    repository.merge()
    repository.tools[-1] = tool("chat", product="unknown-thing", capabilities="[live-chat]")
    repository.save()
    code, report = repository.gate()
    assert (code, gating(report)) == (1, [("security/changed-since-review", "chat")])
    (finding,) = (each for each in report["findings"] if each["gates"])
    assert "it is now the product unknown-thing, and was drift" in finding["message"]
    assert approve(repository, "chat") == 0
    assert repository.gate()[0] == 0


def test_a_merger_on_the_market_is_green(repository: Repository) -> None:
    repository.tools.append(tool("chat", product="drift", vendor="Drift"))
    repository.save()
    assert approve(repository, "chat") == 0
    repository.merge()
    repository.tools[-1] = tool("chat", product="salesloft", vendor="Salesloft")
    repository.save()
    code, report = repository.gate()
    assert (code, gating(report)) == (0, [])


@pytest.mark.parametrize("stage", ["planned", "retired"])
def test_a_lifecycle_is_no_way_past_the_gate(repository: Repository, stage: str) -> None:
    repository.tools.append(tool("chat", lifecycle=stage, holds="[contact]"))
    flow = "  - {from: crm, to: chat, data: [contact], method: api, owner: it, STATUS}\n"
    for status, red in [("status: planned", False), ("status: active", True)]:
        repository.flows = [repository.flows[0], flow.replace("STATUS", status)]
        repository.save()
        code, report = repository.gate()
        assert code == (1 if red else 0)
        assert (("security/unreviewed-tool", "chat") in gating(report)) is red


def test_an_approval_of_a_day_to_come_is_red(repository: Repository) -> None:
    add_chat(repository)
    entry = "  chat: {state: approved, on: 2026-12-01, by: security}\n"
    repository.write("reviews.yaml", repository.read("reviews.yaml") + entry)
    code, report = repository.gate()
    assert (code, gating(report)) == (1, [("security/unreviewed-tool", "chat")])
    assert repository.gate(day="2026-12-01")[0] == 0


def test_an_approval_for_ever_runs_out(repository: Repository) -> None:
    add_chat(repository)
    entry = "  chat: {state: approved, on: 2023-11-01, by: security, until: 2099-01-01}\n"
    repository.write("reviews.yaml", repository.read("reviews.yaml") + entry)
    code, report = repository.gate()
    assert (code, gating(report)) == (1, [("security/expired-review", "chat")])
    (finding,) = (each for each in report["findings"] if each["gates"])
    assert "no approval counts longer, though this one says until 2099-01-01" in finding["message"]


def test_what_only_time_raised_is_green(reviewed: Repository) -> None:
    reviewed.tools[-1] = CHAT.replace("{", "{notes: a word, ", 1)
    reviewed.save()
    code, report = reviewed.gate(day="2027-12-01")
    assert (code, gating(report)) == (0, [])
    assert any(each["rule"] == "security/expired-review" for each in report["findings"])


def test_the_exit_code_is_the_same_in_every_format(repository: Repository) -> None:
    from stackaudit.outputs.formats import FORMATS

    for name in FORMATS:
        assert repository.call("audit", "--against", "main", "-f", name)[0] == 0, name
    add_chat(repository)
    for name in FORMATS:
        assert repository.call("audit", "--against", "main", "-f", name)[0] == 1, name
