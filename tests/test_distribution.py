"""What is built and installed elsewhere works in an empty folder with only a stack file."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.stacks import UNREVIEWED


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout; skipped, and said so, where no index can be reached."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), "."],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and "hatchling" in done.stderr:
        pytest.skip("the build needs hatchling from a package index")
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_rules_stacks_and_the_catalog(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "stackaudit/_shipped/rules/security/unreviewed-tool.yaml" in names
    assert "stackaudit/_shipped/stacks/northwind.yaml" in names
    assert "stackaudit/catalog/index.jsonl" in names
    assert "stackaudit/py.typed" in names
    assert {
        "stackaudit/_shipped/rules/translations/de/security.yaml",
        "stackaudit/rules/wordings/de.yaml",
        "stackaudit/rules/asking.de.yaml",
        "stackaudit/outputs/report/words/de.yaml",
    } <= set(names)


def test_it_audits_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, system_site_packages=False, with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    here = tmp_path / "work"
    here.mkdir()
    (here / "stack.yaml").write_text(UNREVIEWED, "utf-8")
    libraries = next(Path(path) for path in sys.path if (Path(path) / "typer").is_dir())
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path / 'installed'}{os.pathsep}{libraries}"}
    done = subprocess.run(
        [str(python), "-m", "stackaudit", "audit"],
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "security/unreviewed-tool" in done.stdout
