"""`stackaudit questions`: asked in four formats, answered by people, written into the inventory."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from stackaudit.audit import AuditResult, audit
from stackaudit.cli.main import run
from stackaudit.figures.questions import interview
from stackaudit.figures.unknowns import paths_of
from stackaudit.rules.asking import FIRST
from tests.stacks import DAY

AS_OF: Final = ("--as-of", DAY.isoformat())
Output = pytest.CaptureFixture[str]

STACK = """\
# our stack
stackaudit: 1
currency: EUR
datasets:
  contact: {name: Customers, privacy: personal, system_of_record: crm}  # the people
tools:
  crm:
    name: "=Core CRM"   # a name that looks like a formula
    owner: {business: sales, technical: it-crm}
    holds: [contact]
    collects: []

  mailer: {capabilities: [email], holds: [contact], contract: none}
flows:
  - {from: crm, to: mailer, data: [contact]}
"""

ANSWERS: Final[Mapping[str, str]] = {
    "tools.access.mfa": "enforced",
    "tools.access.sso": "None",
    "tools.capabilities": "landing-pages",
    "tools.collects": "none",
    "tools.contract": "6600 / Jahr",
    "tools.grants": "none",
    "tools.holds": "none",
    "tools.users": "6",
    "tools.dpa": "yes",
    "tools.owner.business": "Paula Paid",
    "tools.last_used": "2026-10-30",
    "tools.access.shared_login": "no",
    "tools.ai.trains_on_data": "no",
    "tools.bought": "2020-01-31",
    "tools.classified": "Confidential",
    "tools.disposition": "tolerate",
    "tools.it_involved": "never",
    "tools.operated_by": "none",
    "tools.openness.export": "yes",
    "tools.owner.technical": "IT",
    "tools.own_access": "yes",
    "tools.subprocessors": "none",
    "capabilities.needs": "none",
    "capabilities.owner": "the boss",
    "datasets.confidentiality": "internal",
    "datasets.privacy": "personal",
    "datasets.system_of_record": "none",
    "flows.method": "api",
    "flows.last_success": "2026-11-01",
    "flows.credential.held_by": "hightouch",
    "reviews": "approved 2026-10-01 by Security",
}
"""What people know, by what a column asks for."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sheet(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def filled(path: Path, answers: Mapping[str, str]) -> None:
    """Fill in every cell of a sheet that is asked, and for which there is an answer."""
    lines = sheet(path)
    keys = [name.rpartition("[")[2].rstrip("]") for name in lines[0]]
    for line in lines[3:]:
        for number in range(len(FIRST), len(line)):
            if not line[number]:
                line[number] = answers.get(keys[number], "")
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)


def answered(here: Path, *cells: tuple[str, str, str, str], text: str = STACK) -> int:
    """Apply answers given as (section, id, key, cell)."""
    (here / "stack.yaml").write_text(text, "utf-8")
    keys = list(dict.fromkeys(key for _, _, key, _ in cells))
    with (here / "answers.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*FIRST, *(f"What? [{key}]" for key in keys)])
        for section, entry, key, cell in cells:
            writer.writerow([section, entry, "", "", *(cell if key == k else "–" for k in keys)])
    return run(["questions", "--apply", "answers.csv"])


# Asking


def test_it_prints_questions_by_whom_to_ask(here: Path, capsys: Output) -> None:
    (here / "stack.yaml").write_text(STACK, "utf-8")
    assert run(["questions", *AS_OF]) == 0
    printed = capsys.readouterr().out
    assert "Business owner: sales" in printed
    assert "Technical owner, nobody named" in printed
    assert "mailer: Which data enters the company through it" in printed
    assert "questions stack.yaml --apply" in printed


def test_they_are_those_of_the_audit_with_its_waivers(here: Path, capsys: Output) -> None:
    """A waiver that the audit refuses is not passed over."""
    (here / "stack.yaml").write_text(STACK, "utf-8")
    waiver = "{rule: bloat/idle-seat, subject: crm, reason: r, owner: o, expires: 2027-01-01}"
    (here / "stackaudit.yaml").write_text(f"waivers:\n  - {waiver}\n", "utf-8")
    for command in ("audit", "questions"):
        assert run([command, *AS_OF]) == 2
        assert "stackaudit.yaml:2:12" in capsys.readouterr().err


def test_limits(here: Path, capsys: Output) -> None:
    (here / "stack.yaml").write_text(STACK, "utf-8")
    assert run(["questions", "--limit", "2", "-o", "answers.csv", *AS_OF]) == 0
    assert "The 2 most useful of" in capsys.readouterr().out
    lines = sheet(here / "answers.csv")
    assert sum(cell == "" for line in lines[3:] for cell in line[len(FIRST) :]) == 2
    assert run(["questions", "--limit", "0"]) == 2


KEYS = """\
stackaudit: 1
datasets: {contact: {privacy: personal}}
tools:
  crm: {name: Core CRM, owner: {technical: it}, holds: [contact], collects: []}
  mail: {owner: {technical: it}, holds: [contact], collects: []}
  shop: {owner: {technical: it}, holds: [contact], collects: []}
flows:
  - {from: crm, to: mail, data: [contact], method: api, credential: {kind: api_key}}
  - {from: shop, to: mail, data: [contact], method: api, credential: {kind: api_key}}
"""


def test_one_question_about_several_flows(here: Path, capsys: Output) -> None:
    """In words it is asked once, and is one of so many; in a sheet every flow has its row."""
    (here / "stack.yaml").write_text(KEYS, "utf-8")
    call = ["questions", "--select", "security/stored-token-reach", "--limit", "1", *AS_OF]
    assert run([*call, "-o", "a.csv", "-o", "a.md"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith("  1. ")]
    assert "2 flows: In which tool is the key stored" in lines[at]
    assert lines[at + 1].strip() == "crm → mail · shop → mail"
    assert lines[at + 2].strip().startswith("flows.*.credential.held_by · ")
    markdown = (here / "a.md").read_text("utf-8")
    assert markdown.count("In which tool is the key stored") == 1
    assert "\n  - [ ] crm → mail\n  - [ ] shop → mail\n" in markdown
    rows = [line[:2] for line in sheet(here / "a.csv")[3:]]
    assert rows == [["flows", "crm-to-mail-api"], ["flows", "shop-to-mail-api"]]


def test_a_sheet_says_how_to_answer_and_who_knows(here: Path) -> None:
    (here / "stack.yaml").write_text(STACK, "utf-8")
    assert run(["questions", "-o", "answers.csv", "--select", "security", *AS_OF]) == 0
    header, hints, whom, *rows = sheet(here / "answers.csv")
    (dpa,) = [number for number, name in enumerate(header) if name.endswith("[tools.dpa]")]
    assert header[dpa].startswith("Is there a signed data processing agreement")
    assert hints[dpa] == "signed, pending, none or not_needed"
    assert whom[dpa] == "security"
    assert len({(row[0], row[1]) for row in rows}) == len(rows)  # one row a tool


def test_no_cell_is_a_formula(here: Path, capsys: Output) -> None:
    (here / "stack.yaml").write_text(STACK, "utf-8")
    assert run(["questions", "-o", "answers.csv", "-o", "answers.xlsx", *AS_OF]) == 0
    cells = [cell for line in sheet(here / "answers.csv") for cell in line]
    assert "'=Core CRM" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    openpyxl = pytest.importorskip("openpyxl")
    page = openpyxl.load_workbook(here / "answers.xlsx").active
    kinds = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert "=Core CRM" in [row[2].value for row in page.iter_rows()]


def test_markdown_neither_mentions_nor_links(here: Path, capsys: Output) -> None:
    text = STACK.replace('"=Core CRM"', '"[x](javascript:a) @team <b> WWW.a.b"')
    (here / "stack.yaml").write_text(text, "utf-8")
    assert run(["questions", "-f", "markdown", *AS_OF]) == 0
    printed = capsys.readouterr().out
    assert "\\[x\\]\\(javascript:a\\) &#64;team &lt;b&gt; WWW&#46;a.b" in printed
    assert "- [ ] 1\\. **" in printed


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "md", "txt"])
def test_the_same_questions_are_the_same_bytes(here: Path, suffix: str) -> None:
    (here / "stack.yaml").write_text(STACK, "utf-8")
    for name in ("a", "b"):
        assert run(["questions", "-o", f"{name}.{suffix}", *AS_OF]) == 0
    assert (here / f"a.{suffix}").read_bytes() == (here / f"b.{suffix}").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-f", "xlsx"], "xlsx cannot be printed"),
        (["-f", "cvs"], "did you mean `csv`?"),
        (["-o", "a.pdf"], "says no format"),
        (["--apply", "gone.csv"], "there is no file gone.csv"),
        (["--apply", "stack.yaml"], "is not a sheet of answers"),
        (["--apply", "a.csv", "--limit", "3"], "apply first, then ask again"),
        (["-", "--apply", "a.csv"], "standard input"),
    ],
)
def test_mistakes_in_the_call(here: Path, capsys: Output, arguments: list[str], said: str) -> None:
    (here / "stack.yaml").write_text(STACK, "utf-8")
    assert run(["questions", *arguments]) == 2
    assert said in " ".join(capsys.readouterr().err.split())


# Answering


def test_answers_are_spliced_in(here: Path, capsys: Output) -> None:
    code = answered(
        here,
        ("tools", "crm", "tools.access.mfa", "Enforced"),
        ("tools", "crm", "tools.erasure", "customers"),
        ("tools", "crm", "tools.contract", "1200 €/Monat"),
        ("tools", "mailer", "tools.access.mfa", "n/a"),
        ("tools", "mailer", "tools.erasure", "none"),
        ("tools", "mailer", "tools.last_used", "never"),
        ("tools", "mailer", "tools.access.shared_login", "no"),
        ("tools", "mailer", "tools.grants", "=Core CRM write api_key"),
        ("flows", "crm-to-mailer", "flows.last_success", "30.10.2026"),
        ("reviews", "crm", "reviews", "approved 2026-10-01 by Ann Lee"),
    )
    assert code == 0, capsys.readouterr().err
    expected = (
        STACK.replace(
            "    collects: []\n",
            "    collects: []\n    access: {mfa: enforced}\n    erasure: [contact]\n"
            "    contract: {cost: 1200/month}\n",
        )
        .replace(
            "contract: none}",
            "contract: none, erasure: [], last_used: never, access: {shared_login: false}, "
            "grants: [{on: crm, kind: api_key, can: write}]}",
        )
        .replace("data: [contact]}", "data: [contact], last_success: 2026-10-30}")
    )
    reviews = "reviews:\n  crm: {state: approved, on: 2026-10-01, by: Ann Lee}\n"
    text = (here / "stack.yaml").read_text("utf-8")
    assert text.replace("reviews:\n  crm:\n    state: approved\n    on: 2026-10-01\n"
                        "    by: Ann Lee\n", reviews) == expected + reviews  # fmt: skip
    printed = capsys.readouterr().out
    assert "9 answers written into stack.yaml" in printed
    assert "tools.mailer.last_used: never" in printed
    assert "1 question of the sheet without an answer" in printed


def test_a_stated_fact_is_never_overwritten(here: Path, capsys: Output) -> None:
    code = answered(
        here,
        ("tools", "crm", "tools.holds", "none"),
        ("tools", "crm", "tools.owner.business", "somebody else"),
        ("tools", "mailer", "tools.contract.cost", "12/year"),  # `contract: none` says it
    )
    assert code == 0
    assert (here / "stack.yaml").read_text("utf-8") == STACK
    printed = capsys.readouterr().out
    assert "Nothing to write" in printed
    assert "3 answers left out: the inventory says it" in printed


@pytest.mark.parametrize(
    ("section", "entry", "key", "cell", "said"),
    [
        ("tools", "crm", "tools.access.mfa", "yes", "whether it is enforced"),
        ("tools", "crm", "tools.dpa", "sinned", "did you mean `signed`"),
        ("tools", "crm", "tools.erasure", "contcat", "did you mean `contact`"),
        ("tools", "crm", "tools.contract.cost", "1200", "48000/year or 4000/month"),
        ("tools", "crm", "tools.contract.cost", "1.200 €/year", "two ways"),
        ("tools", "crm", "tools.bought", "03/04/2026", "2027-01-31"),
        ("tools", "crm", "tools.bought", "yesterday", "not a day"),
        ("tools", "crm", "tools.fit.business", "7", "from 1 to 4"),
        ("tools", "crm", "tools.limits.records", "many", "/day, /week"),
        ("tools", "crm", "tools.successor", "cmr", "did you mean `crm`"),
        ("tools", "crm", "tools.accss.mfa", "none", "unknown key"),
        ("tools", "cmr", "tools.dpa", "signed", "did you mean `crm`"),
        ("tool", "crm", "tools.dpa", "signed", "did you mean `tools`"),
        ("flows", "crm-to-mailer", "tools.dpa", "signed", "is not asked of flows"),
        ("reviews", "crm", "reviews", "fine", "requested, in_review, or approved"),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(
    here: Path, capsys: Output, section: str, entry: str, key: str, cell: str, said: str
) -> None:
    code = answered(here, ("tools", "crm", "tools.users", "5"), (section, entry, key, cell))
    words = " ".join(capsys.readouterr().err.split())
    assert code == 2
    assert (here / "stack.yaml").read_text("utf-8") == STACK
    assert "answers.csv:3:" in words
    assert "row 3, column " in words
    assert said in words


def test_two_answers_to_one_question(here: Path, capsys: Output) -> None:
    rows = [("tools", "crm", "tools.users", "5"), ("tools", "crm", "tools.users", "6")]
    assert answered(here, *rows) == 2
    assert "another answer than in row 2" in capsys.readouterr().err


@pytest.mark.parametrize("first", ["tools.contract", "tools.contract.seats"])
def test_an_answer_that_takes_the_room_of_another(here: Path, capsys: Output, first: str) -> None:
    cells = {"tools.contract": "none", "tools.contract.seats": "5"}
    rows = [("tools", "crm", key, cells[key]) for key in sorted(cells, key=lambda k: k != first)]
    assert answered(here, *rows) == 2
    assert "another answer than in row" in capsys.readouterr().err
    assert (here / "stack.yaml").read_text("utf-8") == STACK


@pytest.mark.parametrize("first", ["tools.contract", "tools.contract.seats"])
def test_answers_to_parts_of_one_thing_go_together(here: Path, first: str) -> None:
    cells = {"tools.contract": "1200/year", "tools.contract.seats": "5"}
    rows = [("tools", "crm", key, cells[key]) for key in sorted(cells, key=lambda k: k != first)]
    assert answered(here, *rows) == 0
    text = (here / "stack.yaml").read_text("utf-8")
    assert "cost: 1200/year" in text
    assert "seats: 5" in text


def test_answers_that_do_not_fit_together(here: Path, capsys: Output) -> None:
    """Each is right alone, and the inventory refuses both together, or one of them."""
    rows = [("tools", "crm", "tools.successor", "mailer"), ("tools", "mailer", "tools.successor",
            "crm"), ("tools", "crm", "tools.fit.business", "9")]  # fmt: skip
    assert answered(here, *rows) == 2
    words = " ".join(capsys.readouterr().err.split())
    assert "row 4, column F: `crm`, tools.fit.business" in words
    assert words.count("bad-answer") == 1


def test_a_sheet_saved_elsewhere_is_read(here: Path, capsys: Output) -> None:
    """A German spreadsheet program: semicolons, another encoding, cells in another order."""
    (here / "stack.yaml").write_text(STACK, "utf-8")
    text = "id;section;Zuständig? [tools.owner.technical];x\nmailer;tools;Jörg Müller;\n"
    (here / "a.csv").write_bytes(text.encode("cp1252"))
    assert run(["questions", "--apply", "a.csv"]) == 2
    assert "--encoding cp1252" in capsys.readouterr().err
    assert run(["questions", "--apply", "a.csv", "--encoding", "cp1252"]) == 0
    assert "owner: {technical: Jörg Müller}" in (here / "stack.yaml").read_text("utf-8")


def test_a_sheet_without_its_columns(here: Path, capsys: Output) -> None:
    (here / "stack.yaml").write_text(STACK, "utf-8")
    (here / "a.csv").write_text("name,What? [tools.dpa]\ncrm,signed\n", "utf-8")
    assert run(["questions", "--apply", "a.csv"]) == 2
    assert "there is no column `section`" in capsys.readouterr().err


def test_answers_reach_the_file_that_has_the_entry(here: Path) -> None:
    (here / "teams").mkdir()
    part = "tools:\n  survey: {holds: []}   # theirs\n"
    (here / "teams" / "b.yaml").write_text(part, "utf-8")
    main = STACK.replace("currency: EUR", "currency: EUR\ninclude: [teams/*.yaml]")
    code = answered(
        here,
        ("tools", "survey", "tools.collects", "none"),
        ("tools", "crm", "tools.users", "4"),
        text=main,
    )
    assert code == 0
    changed = (here / "teams" / "b.yaml").read_text("utf-8")
    assert changed == part.replace("holds: []", "holds: [], collects: []")
    assert "    users: 4\n" in (here / "stack.yaml").read_text("utf-8")


def test_a_spreadsheet_is_read_back(here: Path, capsys: Output) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (here / "stack.yaml").write_text(STACK, "utf-8")
    assert run(["questions", "-o", "a.xlsx", "--select", "security", *AS_OF]) == 0
    book = openpyxl.load_workbook(here / "a.xlsx")
    page = book.active
    header = [cell.value for cell in page[1]]
    (dpa,) = [n for n, name in enumerate(header, 1) if name.endswith("[tools.dpa]")]
    (row,) = [r for r in range(4, page.max_row + 1) if page.cell(r, 2).value == "mailer"
              and page.cell(r, 1).value == "tools"]  # fmt: skip
    page.cell(row, dpa).value = "Signed"
    book.save(here / "a.xlsx")
    assert run(["questions", "--apply", "a.xlsx"]) == 0
    assert "contract: none, dpa: signed}" in (here / "stack.yaml").read_text("utf-8")


# Northwind


def waits(result: AuditResult) -> set[tuple[str, tuple[str, ...]]]:
    return {(each.rule, tuple(ref.id for ref in each.subjects)) for each in result.open}


@pytest.mark.parametrize(
    ("name", "limit", "decided"),
    [("northwind", 10, 10), ("northwind", 5000, 80), ("sourcegraph", 5000, 100)],
)
def test_answers_decide_what_they_promise(
    here: Path, capsys: Output, name: str, limit: int, decided: int
) -> None:
    text = (Path(__file__).parents[2] / "stacks" / f"{name}.yaml").read_text("utf-8")
    (here / "stack.yaml").write_text(text, "utf-8")
    before = audit("stack.yaml", as_of=DAY)
    assert run(["questions", "--limit", str(limit), "-o", "answers.csv", *AS_OF]) == 0
    tool = "hightouch" if name == "northwind" else "hubspot"
    filled(here / "answers.csv", {**ANSWERS, "flows.credential.held_by": tool})
    assert run(["questions", "--apply", "answers.csv"]) == 0, capsys.readouterr().err
    after = audit("stack.yaml", as_of=DAY)
    entries = [each for each in interview(before, limit).entries if each.best.topic.name in ANSWERS]
    assert limit > 10 or len(entries) == limit
    asked = [{each.unknown.missing for each in entry.questions} for entry in entries]
    paths = set().union(*asked)
    assert not [each for each in after.open if paths & set(paths_of(each))]
    promised = {
        (each.rule, tuple(ref.id for ref in each.subjects))
        for entry, together in zip(entries, asked, strict=True)
        for each in before.open
        if each.rule in entry.decides and together.issuperset(paths_of(each))
    }
    single = {rule for entry in entries for each in entry.questions for rule in each.decides}
    assert single <= {rule for entry in entries for rule in entry.decides}
    assert {rule for entry in entries for rule in entry.decides} == {rule for rule, _ in promised}
    assert len(promised) > decided
    assert not promised & waits(after)
    assert_only_added(text, (here / "stack.yaml").read_text("utf-8"))


def assert_only_added(old: str, new: str) -> None:
    """Every line of the old text is in the new one, in its place, at most with more inside."""
    rest = iter(new.splitlines(keepends=True))
    for line in old.splitlines(keepends=True):
        assert any(_grown(line, each) for each in rest), line


def _grown(old: str, new: str) -> bool:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    return new.endswith(old[start:])


# In German


@pytest.mark.parametrize("format_", ["text", "markdown", "csv"])
def test_questions_in_german(here: Path, capsys: Output, format_: str) -> None:
    (here / "stack.yaml").write_text(STACK, "utf-8")
    assert run(["questions", *AS_OF, "--language", "de", "-f", format_]) == 0
    printed = capsys.readouterr().out
    assert "Wird bei der Anmeldung ein zweiter Faktor verlangt?" in printed
    assert "nicht vorhanden, freiwillig oder verpflichtend" in printed
    english = re.compile(r"\b(the|of|with|has|have|wait|waits|decides|helps|answer|nobody)\b")
    assert not english.search(printed)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_sheet_in_german_is_read_back(here: Path, name: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (here / "stack.yaml").write_text(STACK, "utf-8")
    said = {
        "tools.access.mfa": "verpflichtend",
        "tools.last_used": "30.10.2026",
        "tools.access.shared_login": "nein",
        "tools.dpa": "unterzeichnet",
        "tools.lifecycle": "auslaufend",
    }
    assert run(["questions", *AS_OF, "--language", "de", "-o", name]) == 0
    if name.endswith(".csv"):
        rows = sheet(here / name)
    else:
        book = openpyxl.load_workbook(here / name)
        assert book.sheetnames == ["Fragen"]
        rows = [[str(cell or "") for cell in row] for row in book["Fragen"].values]
    assert rows[0][:4] == ["Abschnitt", "Kennung", "Name", "Wen fragen"]
    assert [row[0] for row in rows[1:3]] == ["wie antworten", "wer es weiß"]
    mailer = next(row for row in rows if row[1] == "mailer" and row[0] == "tools")
    for at, title in enumerate(rows[0]):
        key = title.rpartition("[")[2].removesuffix("]")
        if key in said and mailer[at] == "":
            mailer[at] = said[key]
    with (here / "answers.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    assert run(["questions", "--apply", "answers.csv"]) == 0
    stack = (here / "stack.yaml").read_text("utf-8")
    for words in ("mfa: enforced", "last_used: 2026-10-30", "shared_login: false", "dpa: signed"):
        assert words in stack


def test_a_language_that_there_is_not(here: Path, capsys: Output) -> None:
    assert run(["questions", "--language", "xx"]) == 2
    assert "there is no language `xx`" in capsys.readouterr().err
