"""`stackaudit review`: shows reviews, and writes one where reviews are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from stackaudit.audit import read_stack
from stackaudit.cli.main import run

STACK: Final = """\
# ours
stackaudit: 1
include: [reviews.yaml]
datasets:
  contact: {privacy: personal, confidentiality: confidential}
  visitor: {privacy: personal}
tools:
  crm: {holds: [contact], collects: [contact], grants: []}
  chat: {holds: [contact], collects: [], grants: [], dpa: signed}
  shop: {holds: [], collects: [visitor], grants: []}
flows:
  - {from: crm, to: chat, data: [contact], method: file}
"""
REVIEWS: Final = """\
# who reviewed what
reviews:
  chat:   # the bot
    state: requested
    on: 2026-09-01
    notes: SEC-12   # ticket

  shop: {state: approved, on: 2026-03-02, by: security@example.com}
"""
AS_OF: Final = ["--as-of", "2026-11-02"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stack.yaml").write_text(STACK, "utf-8")
    (tmp_path / "reviews.yaml").write_text(REVIEWS, "utf-8")
    return tmp_path


APPROVE: Final = ["--state", "approved", "--by", "security@example.com", *AS_OF]


def test_an_approval_goes_into_the_file_of_reviews_with_its_scope(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--until", "12mo", "--evidence", "https://s.example/1", "--condition", "no export"]
    assert run(["review", "chat", *APPROVE, *options]) == 0
    assert (here / "stack.yaml").read_text("utf-8") == STACK
    assert (
        (here / "reviews.yaml").read_text("utf-8")
        == """\
# who reviewed what
reviews:
  chat:   # the bot
    state: approved
    on: 2026-11-02
    notes: SEC-12   # ticket
    by: security@example.com
    until: 2027-11-02
    evidence: [https://s.example/1]
    conditions: [no export]
    scope:
      holds: [contact]
      collects: []
      receives: [contact]
      sends: []
      classes: {contact: personal confidential}
      counterparts: [crm]
      grants: []
      dpa: signed

  shop: {state: approved, on: 2026-03-02, by: security@example.com}
"""
    )
    out, err = capsys.readouterr()
    assert "+    state: approved" in out
    assert err.strip() == "wrote reviews.yaml"


def test_a_new_record_stands_in_its_place(here: Path) -> None:
    assert run(["review", "crm", "--state", "in_review", *AS_OF]) == 0
    text = (here / "reviews.yaml").read_text("utf-8")
    new = "  crm:\n    state: in_review\n    on: 2026-11-02\n"
    assert new in text
    assert text.replace(new, "") == REVIEWS
    assert list(yaml.safe_load(text)["reviews"]) == ["chat", "crm", "shop"]


def test_without_a_section_it_goes_into_the_main_file(here: Path) -> None:
    (here / "stack.yaml").write_text(STACK.replace("include: [reviews.yaml]\n", ""), "utf-8")
    assert run(["review", "crm", *APPROVE]) == 0
    assert (here / "reviews.yaml").read_text("utf-8") == REVIEWS
    assert read_stack("stack.yaml").reviews["crm"].state == "approved"


def test_a_dry_run_writes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "crm", *APPROVE, "--dry-run"]) == 0
    assert (here / "reviews.yaml").read_text("utf-8") == REVIEWS
    assert "+  crm:" in capsys.readouterr().out


def test_the_same_again_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "crm", *APPROVE]) == 0
    first = (here / "reviews.yaml").read_bytes()
    capsys.readouterr()
    assert run(["review", "crm", *APPROVE]) == 0
    assert (here / "reviews.yaml").read_bytes() == first
    assert "says so already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "said", "hint"),
    [
        (["crn", "--state", "requested"], "there is no tool `crn`", "did you mean `crm`?"),
        (["crm", "--state", "approved"], "an approval needs --by", "say who"),
        (["crm", "--state", "aproved", "--by", "x"], "no such state", "`approved`"),
        (["crm", "--state", "rejected", "--until", "12mo"], "--until is for approvals", "leave"),
        (["crm", "--state", "requested", "--condition", "x"], "--condition is for", "leave"),
        (["crm", *APPROVE, "--until", "2099-01-01"], "counts until 2029-11-02 at most", "longest"),
        (["crm", *APPROVE, "--until", "soon"], "--until:", "write 12mo, 1y, or a day"),
        (["crm", *APPROVE, "--until", "2026-11-01"], "--until is before", "later day"),
        (["crm", "--state", "approved", "--by", " "], "--by is empty", "write something"),
        (["crm", "--by", "x"], "--by needs --state", "say what was decided"),
        (["--state", "approved", "--by", "x"], "--state needs a tool", "name it"),
        (["crm", "--list"], "--list shows all", "leave"),
        (["crm", "--diff", *APPROVE], "--diff shows and --state writes", "leave"),
        ([], "no tool is named", "--list"),
        (["crm", "-f", "jsn"], "there is no such format", "`json`"),
        (["crm", *APPROVE, "--stack", "-"], "standard input", "--stack"),
    ],
)
def test_what_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], call: list[str], said: str, hint: str
) -> None:
    days = [] if "--as-of" in call else AS_OF
    assert run(["review", *call, *days]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert hint in err
    assert (here / "reviews.yaml").read_text("utf-8") == REVIEWS
    assert (here / "stack.yaml").read_text("utf-8") == STACK


def test_aliases_are_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "reviews:\n  crm: &x {state: requested}\n  shop: *x\n"
    (here / "reviews.yaml").write_text(text, "utf-8")
    assert run(["review", "chat", *APPROVE]) == 2
    assert "alias" in capsys.readouterr().err
    assert (here / "reviews.yaml").read_text("utf-8") == text


def listed(capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["review", *more, "-f", "json", *AS_OF]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["schema_version"], document["as_of"]) == (1, "2026-11-02")
    found: list[dict[str, Any]] = document["reviews"]
    return found


def test_all_reviews_by_what_the_tools_expose(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = listed(capsys, "--list")
    assert [(row["tool"], row["state"], row["level"]) for row in rows] == [
        ("chat", "requested", "personal"),
        ("crm", "none", "personal"),
        ("shop", "approved", "personal"),
    ]
    assert rows[2]["age"] == 245
    assert rows[2]["ends"] == "2027-03-02"
    assert run(["review", "--list", *AS_OF]) == 0
    text = capsys.readouterr().out
    assert "3 tools: 1 not reviewed, 1 requested, 1 approved" in text
    assert "not recorded" in text


def test_from_a_review_to_what_changed_since_and_back(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "chat", *APPROVE]) == 0
    assert run(["review", "chat", "--diff", *AS_OF]) == 0
    assert "Nothing that is stated widened" in capsys.readouterr().out
    more = STACK + "  - {from: shop, to: chat, data: [visitor], method: tag}\n"
    (here / "stack.yaml").write_text(more, "utf-8")
    said = ["it now receives visitor (personal)", "it now exchanges data with shop"]
    (row,) = listed(capsys, "chat")
    assert (row["state"], row["widened"]) == ("changed", said)
    assert run(["review", "chat", "--diff", *AS_OF]) == 0
    text = capsys.readouterr().out
    assert "Since 2026-11-02" in text
    assert all(each in text for each in said)
    assert run(["review", "--list", *AS_OF]) == 0
    assert "; ".join(said) in capsys.readouterr().out
    assert run(["audit", "--select", "security/changed-since-review", *AS_OF]) == 1
    assert run(["review", "chat", *APPROVE]) == 0
    assert run(["audit", "--select", "security/changed-since-review", *AS_OF]) == 0


def test_one_tool_with_what_a_review_has_to_look_at(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "chat", *AS_OF]) == 0
    text = capsys.readouterr().out
    assert "What a review has to look at (personal data)" in text
    assert "GDPR article 28" in text
    assert "article 9(2)" not in text
    assert "classes: contact personal confidential" in text
    assert "There is no approval to compare with." in text


def test_the_configuration_says_how_long_and_by_whom(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "stackaudit.yaml").write_text(
        "reviews: {cadence: {personal: 6mo}, evidence: {personal: [link]}}\n"
        "gate: {require: {by: [ciso@example.com]}}\n",
        "utf-8",
    )
    rows = {row["tool"]: row for row in listed(capsys, "--list")}
    assert rows["shop"]["state"] == "expired"
    assert rows["shop"]["ends"] == "2026-09-02"
    assert rows["shop"]["lacks"] == [
        "security@example.com is not among those who may approve",
        "no evidence is linked",
    ]
    rules = "security/untrusted-approval,security/expired-review"
    assert run(["audit", "--select", rules, *AS_OF]) == 1
    assert "who may approve" in capsys.readouterr().out


def test_hostile_names_reach_no_terminal(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = REVIEWS.replace("SEC-12", '"\\e[2J\\u202e"').replace("# ticket", "# \u202e")
    (here / "reviews.yaml").write_text(evil, "utf-8")
    assert run(["review", "chat", *APPROVE]) == 0
    assert run(["review", "chat", *AS_OF]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_days_that_do_not_count_are_in_the_list(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "reviews.yaml").write_text(
        "reviews:\n"
        "  chat: {state: approved, on: 2026-12-01, by: security}\n"
        "  shop: {state: approved, on: 2026-03-02, by: security, until: 2099-01-01}\n",
        "utf-8",
    )
    assert run(["review", "--list", *AS_OF]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "chat its approval is dated 2026-12-01, which is still to come" in said
    assert "shop its approval ends on 2029-03-02, 36 months after it was given" in said
    assert "though this one says until 2099-01-01" in said
    assert "2 not reviewed, 1 approved" in said
    assert run(["review", "--list", "-f", "json", *AS_OF]) == 0
    rows = {each["tool"]: each for each in json.loads(capsys.readouterr().out)["reviews"]}
    assert (rows["chat"]["state"], rows["chat"]["age"]) == ("none", None)
    assert (rows["shop"]["ends"], len(rows["shop"]["dates"])) == ("2029-03-02", 1)
    assert run(["review", "chat", *AS_OF]) == 0
    assert "still to come" in capsys.readouterr().out


def test_the_product_is_recorded_where_it_is_stated(here: Path) -> None:
    text = STACK.replace("chat: {", "chat: {product: drift, vendor: Drift, ")
    (here / "stack.yaml").write_text(text, "utf-8")
    assert run(["review", "chat", *APPROVE]) == 0
    assert run(["review", "crm", *APPROVE]) == 0
    reviews = yaml.safe_load((here / "reviews.yaml").read_text("utf-8"))["reviews"]
    scope = reviews["chat"]["scope"]
    assert (scope["product"], scope["vendor"]) == ("drift", "Drift")
    assert not {"product", "vendor"} & set(reviews["crm"]["scope"])
