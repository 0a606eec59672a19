"""Writes every page and block that follows from the code; with --check, says what is not current.

python docs/generate.py
python docs/generate.py --check
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH = "100"
DAY = "2026-11-02"


def printed(*arguments: str) -> str:
    """What the command prints with these arguments, without color, at a fixed width."""
    os.environ.update(
        {"COLUMNS": WIDTH, "NO_COLOR": "1", "TERM": "dumb", "_TYPER_FORCE_DISABLE_TERMINAL": "1"}
    )
    os.environ.pop("FORCE_COLOR", None)
    from stackaudit.cli.main import run

    stream = io.StringIO()
    with redirect_stdout(stream):
        run(arguments)
    return "\n".join(line.rstrip() for line in stream.getvalue().strip("\n").splitlines()) + "\n"


def first_screen(text: str, lines: int = 46) -> str:
    """The beginning of an output, up to a blank line, and how much more there is."""
    every = text.splitlines()
    end = max(number for number, line in enumerate(every[:lines]) if not line)
    return "\n".join([*every[:end], f"… and {len(every) - end} more lines"]) + "\n"


def inventory_schema() -> str:
    """The JSON Schema of the inventory."""
    return printed("schema", "inventory")


def report_schema() -> str:
    """The JSON Schema of the JSON report."""
    return printed("schema", "report")


def diff_schema() -> str:
    """The JSON Schema of what `stackaudit diff` prints as JSON."""
    return printed("schema", "diff")


def commands() -> str:
    """The help of every command."""
    from stackaudit.cli.app import COMMANDS

    pages = [f"```text\n{printed('--help')}```\n"]
    pages += [f"## {name}\n\n```text\n{printed(name, '--help')}```\n" for name in sorted(COMMANDS)]
    return "# Commands\n\nMade by `docs/generate.py`; do not edit.\n\n" + "\n".join(pages)


def facts() -> str:
    """The facts that rules can read."""
    from stackaudit.outputs.pages import facts_page
    from stackaudit.rules.facts.registry import all_facts

    return facts_page(all_facts())


def rule_pages() -> dict[str, str]:
    """The index of the rules that ship, and a page for each."""
    from stackaudit.outputs.pages import rule_page, rules_index
    from stackaudit.rules.library import load_rules

    rules = load_rules()
    pages = {f"docs/rules/{rule.id}.md": rule_page(rule) for rule in rules}
    return {"docs/rules/README.md": rules_index(rules), **pages}


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/schema/inventory.schema.json": inventory_schema,
    "docs/schema/report.schema.json": report_schema,
    "docs/schema/diff.schema.json": diff_schema,
    "docs/commands.md": commands,
    "docs/facts.md": facts,
}

BLOCKS: Mapping[tuple[str, str], Callable[[], str]] = {
    ("README.md", "audit northwind"): lambda: first_screen(
        printed("audit", "stacks/northwind.yaml", "--as-of", DAY)
    ),
}


def with_block(text: str, name: str, content: str) -> str:
    """The text with its block of that name replaced."""
    pattern = re.compile(
        rf"(<!-- output: {re.escape(name)} -->\n).*?(<!-- end of output -->)", re.DOTALL
    )
    if not pattern.search(text):
        raise SystemExit(f"there is no block `{name}`")
    return pattern.sub(lambda match: f"{match[1]}```text\n{content}```\n{match[2]}", text)


def wanted() -> dict[Path, str]:
    """Every generated file, as it should be."""
    files = {ROOT / name: make() for name, make in PAGES.items()}
    files |= {ROOT / name: text for name, text in rule_pages().items()}
    for (name, block), make in BLOCKS.items():
        path = ROOT / name
        text = files.get(path) or path.read_text(encoding="utf-8")
        files[path] = with_block(text, block, make())
    return files


def left_over(files: Mapping[Path, str]) -> list[Path]:
    """Pages of rules that do not exist any more."""
    return sorted(set((ROOT / "docs" / "rules").glob("**/*.md")) - set(files))


def main(arguments: list[str]) -> int:
    """Write, or check; 1 if something is not current."""
    os.chdir(ROOT)
    stale = []
    files = wanted()
    for path, text in files.items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    for path in left_over(files):
        stale.append(path)
        if "--check" not in arguments:
            path.unlink()
    for path in stale:
        verb = "not current" if "--check" in arguments else "written"
        print(f"{verb}: {path.relative_to(ROOT)}")
    if stale and "--check" in arguments:
        print("run `python docs/generate.py` and commit what it writes")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
