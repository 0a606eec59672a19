"""`stackaudit diff`: files, revisions and the work tree, in meaning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from stackaudit.cli.main import run
from stackaudit.outputs.diff_document import diff_schema_text
from tests.repositories import ENVIRONMENT, Repo

DAY = "2026-11-02"
OLD = """\
stackaudit: 1
currency: EUR
datasets:
  contact: {privacy: personal, system_of_record: crm}
  purchase: {privacy: personal}
tools:
  crm: {name: Customers, holds: [contact], users: 30, contract: {cost: 4000/month, seats: 10}}
  mail: {holds: [contact], collects: [contact], lifecycle: pilot}
  drift: {holds: [contact], contract: {cost: 1000/year}}
  shop: {holds: [purchase]}
flows:
  - {from: crm, to: mail, data: [contact], method: api}
  - {from: drift, to: crm, data: [contact]}
reviews: {crm: {state: requested, on: 2026-09-01}}
policy: {regions: [eu]}
"""
NEW = """\
stackaudit: 1
currency: EUR
policy: {regions: [eu, us]}
datasets:
  contact: {privacy: personal, system_of_record: sales}
  consent: {kind: consent}
  purchase: {privacy: special}
tools:
  shop: {holds: [purchase]}
  mail: {holds: [contact, purchase], lifecycle: active}
  klaviyo-two: {name: Two, holds: [contact], contract: {cost: 12000/year}}
  sales: {previously: [crm], name: Customers, holds: [contact], users: 40,
          contract: {cost: 5000/month, seats: 12}}
flows:
  - {from: sales, to: mail, data: [contact, purchase], method: etl}
  - {from: shop, to: sales, data: [purchase]}
reviews: {sales: {state: approved, on: 2026-10-01, by: ann}}
"""


class Diffing:
    """Runs `stackaudit diff`."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.code = 0
        self.err = ""

    def text(self, *arguments: str) -> str:
        """What it prints."""
        self.capsys.readouterr()
        self.code = run(["diff", *arguments, "--as-of", DAY])
        captured = self.capsys.readouterr()
        self.err = " ".join(captured.err.split())
        return captured.out

    def json(self, *arguments: str) -> Any:
        """What it prints as JSON, after it was checked against the schema."""
        found = json.loads(self.text(*arguments, "-f", "json"))
        jsonschema.validate(found, json.loads(diff_schema_text()))
        return found


@pytest.fixture
def diffed(capsys: pytest.CaptureFixture[str]) -> Diffing:
    return Diffing(capsys)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "repo")
    monkeypatch.chdir(made.folder)
    return made


def kinds(entries: list[dict[str, Any]]) -> list[str]:
    return [f"{each['kind']} {each['id']}" for each in entries]


def facts(entries: list[dict[str, Any]], id_: str) -> dict[str, tuple[str | None, str | None]]:
    (one,) = [each for each in entries if each["id"] == id_]
    return {each["fact"]: (each["before"], each["after"]) for each in one["changes"]}


def test_everything_that_is_different(repo: Repo, diffed: Diffing) -> None:
    repo.write(old=OLD, new=NEW)
    found = diffed.json("old.yaml", "new.yaml")
    assert diffed.code == 0
    assert kinds(found["tools"]) == [
        "removed drift", "added klaviyo-two", "changed mail", "renamed sales", "changed shop"
    ]  # fmt: skip
    tools = {each["id"]: each for each in found["tools"]}
    assert tools["sales"]["was"] == "crm"
    assert facts(found["tools"], "sales") == {"users": ("30", "40")}
    assert facts(found["tools"], "mail") == {
        "holds": ("contact", "contact, purchase"),
        "collects": ("contact", None),
    }
    (holds, _) = tools["mail"]["changes"]
    assert (holds["added"], holds["removed"]) == (["purchase"], [])
    assert "it now holds purchase (special)" in tools["mail"]["widened"]
    assert any(
        each.startswith("purchase there is now special") for each in tools["shop"]["widened"]
    )
    assert facts(found["lifecycles"], "mail") == {"lifecycle": ("pilot", "active")}
    assert kinds(found["flows"]) == [
        "removed drift-to-sales", "changed sales-to-mail-etl", "added shop-to-sales"
    ]  # fmt: skip
    assert facts(found["flows"], "sales-to-mail-etl") == {
        "data": ("contact", "contact, purchase"),
        "method": ("api", "etl"),
    }
    assert kinds(found["datasets"]) == ["added consent", "changed purchase"]
    assert facts(found["contracts"], "sales") == {
        "cost": ("4000/month", "5000/month"),
        "seats": ("10", "12"),
    }
    assert facts(found["reviews"], "sales") == {
        "state": ("requested", "approved"),
        "on": ("2026-09-01", "2026-10-01"),
        "by": (None, "ann"),
    }
    assert facts(found["other"], "policy") == {"regions": ("eu", "eu, us")}


def test_money_before_after_and_apart(repo: Repo, diffed: Diffing) -> None:
    repo.write(old=OLD, new=NEW)
    assert diffed.json("old.yaml", "new.yaml")["money"] == {
        "before": {"amount": 49_000, "at_least": False},
        "after": {"amount": 72_000, "at_least": False},
        "difference": 23_000,
        "currency": "EUR",
        "contracts": [
            {"contract": "drift", "before": 1_000, "after": None},
            {"contract": "klaviyo-two", "before": None, "after": 12_000},
            {"contract": "sales", "before": 48_000, "after": 60_000},
        ],
    }
    repo.write(new=NEW.replace("currency: EUR", "currency: USD"))
    assert diffed.json("old.yaml", "new.yaml")["money"]["difference"] is None
    repo.write(new=NEW.replace("cost: 12000/year", "seats: 3"))
    text = " ".join(diffed.text("old.yaml", "new.yaml").split())
    assert "49,000 → at least 60,000 EUR a year (+11,000, as far as it is stated)" in text


def test_findings_that_came_and_went(repo: Repo, diffed: Diffing) -> None:
    repo.write(old=OLD, new=NEW)
    found = diffed.json("old.yaml", "new.yaml")["findings"]
    assert ("security/unreviewed-tool", "Two") in [(e["rule"], e["label"]) for e in found["new"]]
    cleared = [(each["rule"], each["label"]) for each in found["cleared"]]
    assert ("security/unreviewed-tool", "Customers") in cleared
    assert ("security/unreviewed-tool", "Drift") in cleared


def test_a_fact_that_was_deleted_clears_nothing(repo: Repo, diffed: Diffing) -> None:
    told = OLD.replace("mail: {holds", "mail: {access: {mfa: none, sso: none}, holds")
    repo.write(old=told, new=OLD)
    found = diffed.json("old.yaml", "new.yaml")["findings"]
    (one,) = [each for each in found["open"] if each["rule"] == "security/no-mfa"]
    assert "tools.mail.access.mfa" in one["missing"]
    assert not [each for each in found["cleared"] if each["rule"] == "security/no-mfa"]


def test_order_and_files_are_no_difference(repo: Repo, diffed: Diffing) -> None:
    repo.commit(stack="include: [b.yaml]\ntools: {a: , b: {users: 3}}", b="tools: {c: }\nflows: []")
    repo.write(stack="tools: {c: , b: {users: 3}}\nflows: []\ninclude: [b.yaml]", b="tools: {a: }")
    found = diffed.json()
    assert found["different"] is False
    assert diffed.text("--exit-code").count("Nothing is different in meaning.") == 1
    assert diffed.code == 0
    repo.write(b="tools: {a: {users: 4}}")
    diffed.text("--exit-code")
    assert diffed.code == 1


def test_revisions_ranges_and_the_work_tree(repo: Repo, diffed: Diffing) -> None:
    repo.commit(stack="tools: {a: }")
    repo.git("tag", "v1")
    repo.git("switch", "--quiet", "-c", "topic/x")
    repo.commit(stack="tools: {a: , b: }")
    repo.git("switch", "--quiet", "main")
    repo.commit(stack="tools: {a: , c: }")
    repo.write(stack="tools: {a: , d: }")
    (repo.folder.parent / "old.yaml").write_text("tools: {z: }", "utf-8")
    before = repo.state()
    for arguments, expected in (
        ((), ["removed c", "added d"]),
        (("HEAD",), ["removed c", "added d"]),
        (("v1",), ["added d"]),
        (("v1", "main"), ["added c"]),
        (("main", "v1"), ["removed c"]),
        (("main..topic/x",), ["added b", "removed c"]),
        (("main...topic/x",), ["added b"]),
        (("v1..",), ["added c"]),
        (("HEAD~1", "topic/x"), ["added b"]),
        (("main", "stack.yaml"), ["removed c", "added d"]),
        (("main:stack.yaml", "./stack.yaml"), ["removed c", "added d"]),
        (("main:stack.yaml",), ["removed c", "added d"]),
        (("../old.yaml",), ["added a", "added d", "removed z"]),
        (("main", "../old.yaml"), ["removed a", "removed c", "added z"]),
    ):
        assert kinds(diffed.json(*arguments)["tools"]) == expected, arguments
    assert repo.state() == before


def test_includes_that_come_and_go(repo: Repo, diffed: Diffing) -> None:
    repo.commit(stack="include: [teams/*.yaml]", teams__a="tools: {a: }", teams__b="tools: {b: }")
    repo.commit(stack="include: [teams/*.yaml]", teams__a=None, teams__c="tools: {c: }")
    repo.write(teams__d="tools: {d: }")
    assert kinds(diffed.json("HEAD~1", "HEAD")["tools"]) == ["removed a", "added c"]
    assert kinds(diffed.json("HEAD~1")["tools"]) == ["removed a", "added c", "added d"]


def test_a_side_without_an_inventory_is_empty_and_says_so(repo: Repo, diffed: Diffing) -> None:
    repo.commit(other="x: y")
    repo.commit(stack="tools: {a: }")
    assert "There is no inventory in revision" in diffed.text("HEAD~1", "HEAD")
    found = diffed.json("HEAD~1")
    assert (found["before"]["there"], kinds(found["tools"])) == (False, ["added a"])
    assert kinds(diffed.json("HEAD", "HEAD~1")["tools"]) == ["removed a"]
    diffed.text("HEAD~1", "HEAD~1")
    assert diffed.code == 2
    assert "name it with --stack" in diffed.err


def test_an_inventory_that_moved(repo: Repo, diffed: Diffing) -> None:
    repo.commit(stack="tools: {a: }", stackaudit="inventory: stack.yaml\n")
    (repo.folder / "stack.yaml").unlink()
    repo.commit(stacks__ours="tools: {b: }", stackaudit="inventory: stacks/ours.yaml\n")
    expected = ["removed a", "added b"]
    assert kinds(diffed.json("HEAD~1")["tools"]) == expected
    assert kinds(diffed.json("HEAD~1:stack.yaml", "HEAD:stacks/ours.yaml")["tools"]) == expected
    assert kinds(diffed.json("HEAD~1:stack.yaml", "stacks/ours.yaml")["tools"]) == expected


def test_in_a_bare_repository(
    repo: Repo, diffed: Diffing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(stack="tools: {a: }")
    repo.commit(stack="tools: {b: }")
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    monkeypatch.chdir(tmp_path / "bare.git")
    assert kinds(diffed.json("HEAD~1", "main")["tools"]) == ["removed a", "added b"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("mian",), 2, "did you mean `main`?"),
        (("gone.yaml", "stack.yaml"), 2, "there is no file `gone.yaml`"),
        (("main", "gone"), 2, "there is no revision `gone`"),
        (("..gone",), 2, "there is no revision `gone`"),
        (("../gone",), 2, "there is no file `../gone`"),
        (("-f", "pdf"), 2, "the formats are"),
        (("-o", "x.pdf"), 2, "FORMAT:FILE"),
        (("main", "broken.yaml"), 2, "broken.yaml:1:1"),
        (("--", "-x"), 2, "no name of a revision"),
    ],
)
def test_what_cannot_be_compared(
    repo: Repo, diffed: Diffing, arguments: tuple[str, ...], code: int, words: str
) -> None:
    repo.commit(stack="tools: {a: }", broken="tols: {}")
    diffed.capsys.readouterr()
    assert run(["diff", *arguments]) == code
    assert words in " ".join(diffed.capsys.readouterr().err.split())


def test_files_that_are_written(repo: Repo, diffed: Diffing) -> None:
    repo.write(old=OLD, new=NEW)
    diffed.text("old.yaml", "new.yaml", "-o", "d.md", "-o", "d.json", "-o", "text:d.out")
    assert (repo.folder / "d.md").read_text("utf-8").startswith("## old.yaml → new.yaml\n")
    assert json.loads((repo.folder / "d.json").read_text("utf-8"))["different"] is True
    assert (repo.folder / "d.out").read_text("utf-8").startswith("old.yaml → new.yaml\n")


HOSTILE = "<b>@team</b> [x](javascript:1) | `~#1 \u202e\x1b[31m ::error::##vso[task]"


def test_names_that_are_hostile(repo: Repo, diffed: Diffing) -> None:
    def stack(name: str) -> str:
        quoted = json.dumps(name)
        return (
            f"tools: {{a: {{name: {quoted}, owner: {{business: {quoted}}}, keep: {quoted}}}}}\n"
            "flows: []\n"
        ).replace("\\u001b", "\\x1b")

    harmless = "n" * len(HOSTILE)
    repo.write(old="tools: {}", bad=stack(HOSTILE), good=stack(harmless))
    markdown = diffed.text("old.yaml", "bad.yaml", "-f", "markdown")
    if diffed.code:  # control characters are refused by the reader already
        clean = HOSTILE.replace("\x1b", "")
        repo.write(bad=stack(clean))
        markdown = diffed.text("old.yaml", "bad.yaml", "-f", "markdown")
    assert diffed.code == 0
    for live in ("<b>", "@team", "](javascript", "| `", "##vso[", "\u202e"):
        assert live not in markdown
    other = diffed.text("old.yaml", "good.yaml", "-f", "markdown")
    assert len(markdown.splitlines()) == len(other.splitlines())
    assert [line[:4] for line in markdown.splitlines()] == [line[:4] for line in other.splitlines()]
    text = diffed.text("old.yaml", "bad.yaml")
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "\\u202e" in text
    assert "##vso[" not in diffed.text("old.yaml", "bad.yaml", "-f", "json")


@pytest.mark.parametrize("width", [80, 140])
def test_lines_fit_the_terminal(
    repo: Repo, diffed: Diffing, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    repo.write(old=OLD, new=NEW)
    text = diffed.text("old.yaml", "new.yaml")
    assert max(map(len, text.splitlines())) <= width
    assert "renamed  Customers (sales), was crm" in text
    assert "wider  " in text


def test_the_same_bytes_whatever_the_order(repo: Repo, diffed: Diffing) -> None:
    lines = NEW.splitlines(keepends=True)
    start = lines.index("tools:\n") + 1
    shuffled = [*lines[:start], lines[start + 1], lines[start], *lines[start + 2 :]]
    repo.write(old=OLD, new=NEW)
    first = diffed.text("old.yaml", "new.yaml", "-f", "markdown")
    repo.write(new="".join(shuffled))
    assert diffed.text("old.yaml", "new.yaml", "-f", "markdown") == first
