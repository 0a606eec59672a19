"""`stackaudit report` on the command line, and the key `report:` of the configuration."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from stackaudit.cli.main import run
from tests.outputs.report.books import FULL, MARK
from tests.repositories import Repo
from tests.rules.rule_text import RULE
from tests.stacks import UNREVIEWED

Output = pytest.CaptureFixture[str]
DAY = ["--as-of", "2026-11-02"]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "stack.yaml").write_text(UNREVIEWED, "utf-8")
    return tmp_path


def configure(folder: Path, text: str) -> None:
    (folder / "stackaudit.yaml").write_text(f"report:\n  {text}\n", "utf-8")


def test_one_page_without_asking(here: Path, capsys: Output) -> None:
    assert run(["report", *DAY]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "wrote report.html (" in said.err
    assert (here / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_the_same_bytes_twice_and_under_another_name(here: Path) -> None:
    assert run(["report", *DAY, "-o", "a.html", "-o", "html:b.page"]) == 0
    assert run(["report", *DAY, "-o", "c.htm"]) == 0
    first = (here / "a.html").read_bytes()
    assert first == (here / "b.page").read_bytes() == (here / "c.htm").read_bytes()


def test_audience_and_language(here: Path) -> None:
    assert run(["report", *DAY, "--audience", "executive", "--language", "de"]) == 0
    page = (here / "report.html").read_text("utf-8")
    assert "<html lang=de>" in page
    assert "id=decisions" in page
    assert "id=register" not in page


@pytest.mark.parametrize("more", [[], ["--anonymize"], ["--compare", "old.yaml"]])
def test_rules_and_questions_are_in_the_language_of_the_report(here: Path, more: list[str]) -> None:
    (here / "old.yaml").write_text(UNREVIEWED.replace("mailer", "sender"), "utf-8")
    assert run(["report", *DAY, "--language", "de", "-o", "report.md", *more]) == 0
    text = (here / "report.md").read_text("utf-8")
    assert "In Gebrauch ohne Sicherheitsprüfung" in text
    assert "Was müsste die Prüfung zeigen" in text
    assert "Wird bei der Anmeldung ein zweiter Faktor verlangt?" in text
    assert "In use without" not in text
    assert "Is a second factor asked for" not in text


@pytest.mark.parametrize(
    ("language", "amount", "foreign"),
    [
        ("en", "€11,800", "11,800 EUR"),
        ("en-US", "€11,800", "11,800 EUR"),
        ("de", "11.800 €", "11.800 EUR"),
        ("de-AT", "€ 11.800", "11.800 EUR"),
    ],
)
def test_findings_write_money_as_the_chapters_do(
    here: Path, language: str, amount: str, foreign: str
) -> None:
    (here / "stack.yaml").write_text(
        "stackaudit: 1\ncurrency: EUR\ntools: {mail: {last_used: 2026-01-01, "
        "contract: {cost: 11800/year}}}\n",
        "utf-8",
    )
    run(["report", "stack.yaml", "-o", "r.md", "--language", language, "--as-of", "2026-11-02"])
    text = (here / "r.md").read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert foreign not in text
    assert f": {amount}\n" in text  # the message: … cost a year: €11,800


def test_a_pack_of_ones_own_is_translated_too(here: Path) -> None:
    for name, text in (
        ("security/own.yaml", RULE),
        ("translations/de/security.yaml", OWN_IN_GERMAN),
    ):
        path = here / "rules" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    shared = "stackaudit: 1\ntools: {canva: {access: {shared_login: true}}}\n"
    (here / "stack.yaml").write_text(shared, "utf-8")
    asked = ["report", *DAY, "--rules", "rules", "-o", "report.md"]
    assert run([*asked, "--language", "de"]) == 0
    assert "Ein eigener Befund" in (here / "report.md").read_text("utf-8")
    assert run(asked) == 0
    assert "Ein eigener Befund" not in (here / "report.md").read_text("utf-8")


OWN_IN_GERMAN = """\
own:
  title: Ein eigener Befund
  message: "Mehrere Personen teilen sich {tool.name}"
  why: Niemand kann sagen, wer was getan hat.
  fix: Allen ein eigenes Konto geben.
  ask: {it: Wo wird er genutzt?, marketing: Wer nutzt ihn?}
"""


def test_configuration_says_how_it_looks(here: Path) -> None:
    (here / "logo.png").write_bytes(PIXEL)
    configure(
        here,
        "title: Our stack\n  client: Northwind\n  author: A. Consultant\n  logo: logo.png\n"
        "  accent: '#AA3366'\n  language: de\n  confidentiality: secret",
    )
    assert run(["report", *DAY]) == 0
    page = (here / "report.html").read_text("utf-8")
    for text in ("<h1>Our stack</h1>", "Northwind", "A. Consultant", "secret", "--accent:#aa3366",
                 "<html lang=de>", "data:image/png;base64,"):  # fmt: skip
        assert text in page


def test_templates_of_the_configuration(here: Path) -> None:
    (here / "ours").mkdir()
    (here / "ours" / "limits.html.j2").write_text("<p>{{ 6 * 7 }} is ours</p>", "utf-8")
    configure(here, "templates: ours")
    assert run(["report", *DAY]) == 0
    assert "42 is ours" in (here / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("accent: blue", "bad-value"),
        ("accent: '#12345'", "bad-value"),
        ("logo: ../logo.png", "outside"),
        ("templates: /etc", "outside"),
        ("logo: none.png", "no-file"),
        ("logo: stack.yaml", "bad-logo"),
        ("templates: stack.yaml", "no-folder"),
        ("language: xx", "unknown-language"),
        ("colour: '#123456'", "unknown-key"),
    ],
)
def test_configuration_that_cannot_be_meant(
    here: Path, text: str, code: str, capsys: Output
) -> None:
    configure(here, text)
    assert run(["report", *DAY]) == 2
    said = capsys.readouterr().err
    assert code in said
    assert "hint:" in said
    assert not (here / "report.html").exists()


def test_logo_that_is_too_large(here: Path, capsys: Output) -> None:
    (here / "logo.png").write_bytes(PIXEL + bytes(600_000))
    configure(here, "logo: logo.png")
    assert run(["report", *DAY]) == 2
    assert "stackaudit.yaml:2" in capsys.readouterr().err


def test_anonymous_report_names_nobody(here: Path) -> None:
    (here / "stack.yaml").write_text(FULL, "utf-8")
    configure(here, f"title: {MARK} title\n  client: {MARK} client\n  author: {MARK} author")
    assert run(["report", *DAY, "-o", "open.html"]) == 0
    assert MARK in (here / "open.html").read_text("utf-8")
    assert run(["report", *DAY, "-o", "closed.html", "--anonymize", "--compare", "stack.yaml"]) == 0
    assert MARK not in (here / "closed.html").read_text("utf-8")


def test_what_changed_since_an_older_inventory(here: Path) -> None:
    (here / "old.yaml").write_text(UNREVIEWED.replace("mailer", "letters"), "utf-8")
    assert run(["report", *DAY, "--compare", "old.yaml"]) == 0
    page = (here / "report.html").read_text("utf-8")
    assert "id=changes" in page
    assert "letters" in page
    assert "Compared with an older state" in page
    assert run(["report", *DAY]) == 0
    assert "letters" not in (here / "report.html").read_text("utf-8")


@pytest.mark.parametrize("suffix", ["html", "md"])
def test_the_day_of_what_it_is_compared_with(here: Path, suffix: str) -> None:
    """Of a file when it was confirmed, of a revision when it was committed."""
    older, said = UNREVIEWED.replace("mailer", "letters"), here / f"report.{suffix}"
    repository = Repo(here)
    repository.commit(stack=older)
    (here / "stack.yaml").write_text(UNREVIEWED, "utf-8")
    assert run(["report", *DAY, "-o", said.name, "--compare", "HEAD"]) == 0
    assert "Since 1 January 2026" in said.read_text("utf-8").replace("January 1,", "1 January")
    (here / "old.yaml").write_text(f"confirmed: 2026-05-04\n{older}", "utf-8")
    assert run(["report", *DAY, "-o", said.name, "--compare", "old.yaml"]) == 0
    assert "Since 4 May 2026" in said.read_text("utf-8").replace("May 4,", "4 May")


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "report.exe"],
        ["-o", "htlm:report.html"],
        ["-o", "a.html", "-o", "./a.html"],
        ["-o", "html:stack.yaml"],
        ["--audience", "executives"],
        ["--language", "dee"],
        ["--compare", "no-such.yaml"],
        ["--as-of", "tomorrow"],
    ],
)
def test_calls_that_cannot_be(here: Path, arguments: list[str], capsys: Output) -> None:
    assert run(["report", *arguments]) == 2
    said = capsys.readouterr().err
    assert "hint:" in said
    assert "Traceback" not in said
    assert (here / "stack.yaml").read_text("utf-8") == UNREVIEWED


def test_folder_that_is_not_there(here: Path, capsys: Output) -> None:
    assert run(["report", *DAY, "-o", "no/folder/a.html"]) == 3
    assert "cannot-write" in capsys.readouterr().err
