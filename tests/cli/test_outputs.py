"""Outputs on the command line: several at once, rendered again, the same exit code in all."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from stackaudit.cli.main import run
from stackaudit.outputs.formats import FORMATS
from tests.stacks import UNREVIEWED

DAY = ["--as-of", "2026-11-02"]
HEALTHY = "stackaudit: 1\ntools: {}\nflows: []\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stack.yaml").write_text(UNREVIEWED, "utf-8")
    (tmp_path / "healthy.yaml").write_text(HEALTHY, "utf-8")
    (tmp_path / "broken.yaml").write_text("tools: [", "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("file", "code"), [("stack.yaml", 1), ("healthy.yaml", 0), ("broken.yaml", 2)]
)
def test_the_exit_code_is_the_same_in_every_format(
    here: Path, capsys: Output, name: str, file: str, code: int
) -> None:
    assert run(["audit", file, "-f", name, *DAY]) == code
    assert bool(capsys.readouterr().out) == (code != 2)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("file", "code"), [("stack.yaml", 1), ("healthy.yaml", 0)])
def test_rendered_again_the_output_and_the_exit_code_are_the_same(
    here: Path, capsys: Output, name: str, file: str, code: int
) -> None:
    run(["audit", file, "-f", name, "-o", "report.json", *DAY])
    first = capsys.readouterr().out
    assert run(["render", "report.json", "-f", name]) == code
    again = capsys.readouterr().out
    assert again.splitlines()[0][:6] == first.splitlines()[0][:6]
    if name != "text":
        assert again == first


def test_several_at_once_each_by_its_suffix_or_name(here: Path, capsys: Output) -> None:
    outputs = [
        "a.sarif", "b.sarif.json", "junit:c.out", "d.xml", "e.json", "f.csv", "g.md",
        "github-summary:h.md", "gitlab:gl-code-quality-report.json", "i.txt",
    ]  # fmt: skip
    options = [each for output in outputs for each in ("-o", output)]
    assert run(["audit", "stack.yaml", *options, *DAY]) == 1
    assert capsys.readouterr().out.startswith("✗ FAIL")
    assert (here / "a.sarif").read_bytes() == (here / "b.sarif.json").read_bytes()
    assert (here / "c.out").read_bytes() == (here / "d.xml").read_bytes()
    assert json.loads((here / "e.json").read_text("utf-8"))["schema_version"] == 1
    assert isinstance(json.loads((here / "gl-code-quality-report.json").read_text("utf-8")), list)
    assert (here / "g.md").read_text("utf-8").startswith("<!-- stackaudit")
    assert (here / "h.md").read_text("utf-8").startswith("## ")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["-f", "sarfi"], "did you mean `sarif`"),
        (["-o", "sarfi:x.out"], "did you mean `sarif`"),
        (["-o", "out.pdf"], "the suffix of `out.pdf` says no format"),
        (["-o", "out"], "the suffix of `out` says no format"),
        (["-o", ".json"], "says no format"),
        (["-o", "sarif:"], "names no file"),
        (["-o", "-"], "-f says what is printed"),
        (["-o", "json:-"], "-f says what is printed"),
        (["-o", "a.json", "-o", "sarif:./a.json"], "-o a.json is named twice"),
        (["-o", "json:stack.yaml"], "would overwrite what is read"),
    ],
)
def test_what_names_no_format_or_the_wrong_file_is_refused(
    here: Path, capsys: Output, options: list[str], words: str
) -> None:
    before = sorted(here.iterdir())
    assert run(["audit", "stack.yaml", *options]) == 2
    assert words in " ".join(capsys.readouterr().err.split())
    assert sorted(here.iterdir()) == before
    assert (here / "stack.yaml").read_text("utf-8") == UNREVIEWED


def test_render_does_not_overwrite_its_report(here: Path, capsys: Output) -> None:
    run(["audit", "stack.yaml", "-o", "report.json"])
    assert run(["render", "report.json", "-o", "sarif:report.json"]) == 2
    assert "would overwrite" in capsys.readouterr().err


def test_render_reads_standard_input(
    here: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["audit", "stack.yaml", "-f", "json", *DAY])
    report = capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report.encode())))
    assert run(["render", "-", "-f", "json"]) == 1
    assert capsys.readouterr().out == report


def test_a_broken_report_is_refused_with_a_hint(here: Path, capsys: Output) -> None:
    (here / "report.json").write_text("{", "utf-8")
    assert run(["render", "report.json", "-o", "x.sarif"]) == 2
    assert "not-json" in capsys.readouterr().err
    assert not (here / "x.sarif").exists()


def test_a_rule_that_failed_is_never_a_pass(here: Path, capsys: Output) -> None:
    run(["audit", "healthy.yaml", "-o", "report.json"])
    node = json.loads((here / "report.json").read_text("utf-8"))
    node["failures"] = [{"rule": "a/b", "subject": "x", "error": "ZeroDivisionError"}]
    (here / "report.json").write_text(json.dumps(node), "utf-8")
    for name in FORMATS:
        assert run(["render", "report.json", "-f", name]) == 4


def test_a_terminal_without_the_characters_gets_their_numbers(here: Path) -> None:
    text = UNREVIEWED.replace("  mailer: {", "  mailer: {name: 株式会社, ")
    (here / "stack.yaml").write_text(text, "utf-8")
    for name in FORMATS:
        done = subprocess.run(
            [sys.executable, "-m", "stackaudit", "audit", "stack.yaml", "-f", name],
            capture_output=True,
            env={"PYTHONIOENCODING": "ascii", "PATH": ""},
            check=False,
        )
        assert done.returncode == 1, (name, done.stderr)
        assert done.stdout.isascii()


@pytest.mark.parametrize("name", ["text", "json"])
def test_what_other_formats_need_is_not_loaded(here: Path, name: str) -> None:
    code = (
        "import sys; from stackaudit.cli.main import run; "
        f"run(['audit', 'stack.yaml', '-f', '{name}']); "
        "found = [m for m in ('stackaudit.outputs.sarif', 'stackaudit.outputs.junit', "
        "'stackaudit.outputs.report_file', 'stackaudit.outputs.items') if m in sys.modules]; "
        "sys.exit(repr(found) if found else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
