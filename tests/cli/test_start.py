"""What starts quickly must not import what is heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

from stackaudit.cli.app import COMMANDS, make_app

HEAVY = ("networkx", "httpx", "numpy", "scipy")


def imported_by(*arguments: str) -> set[str]:
    """The modules in memory after a command has run in a process of its own."""
    script = (
        "import sys\n"
        "from stackaudit.cli.main import run\n"
        f"run({list(arguments)!r})\n"
        "sys.stderr.write('\\n' + ' '.join(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stderr.rsplit("\n", 1)[-1].split())


def test_version_imports_neither_typer_nor_networkx() -> None:
    modules = imported_by("--version")
    assert not modules & {"typer", "networkx", "rich", "pydantic", "yaml"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("audit", "--help"),
        ("rules",),
        ("explain", "security/unreviewed-tool"),
        ("validate", "stacks/northwind.yaml"),
        ("facts",),
        ("schema", "inventory"),
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_no_graph_and_no_network_where_they_are_not_needed(arguments: tuple[str, ...]) -> None:
    modules = imported_by(*arguments)
    assert "stackaudit.cli.app" in modules, "the command did not run"
    assert not modules & set(HEAVY)


def test_a_command_does_not_import_the_others() -> None:
    files = {each for each in imported_by("facts") if each.startswith("stackaudit.cli.commands.")}
    assert files == {"stackaudit.cli.commands.facts"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_alone_is_the_same_as_among_all(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    helps = []
    for app in (make_app(), make_app(name)):
        app(args=[name, "--help"], prog_name="stackaudit", standalone_mode=False)
        helps.append(capsys.readouterr().out)
    assert helps[0] == helps[1]
    assert f"stackaudit {name}" in helps[0]


def test_help_does_not_import_pydantic() -> None:
    assert "pydantic" not in imported_by("--help")


def test_importing_the_package_costs_nothing() -> None:
    script = "import sys, stackaudit; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not set(done.stdout.split()) & {"pydantic", "typer", "networkx", "yaml", "rich"}
