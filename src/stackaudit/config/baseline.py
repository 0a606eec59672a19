"""The baseline that is in force: the file of the command line, else that of the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stackaudit.config.model import Config
from stackaudit.config.read import ConfigError
from stackaudit.errors import Problem, UsageError
from stackaudit.findings.base import Base
from stackaudit.findings.baseline import read_baseline
from stackaudit.inventory.files import read_bytes, shown_name

DEFAULT_BASELINE: Final = "baseline.txt"
"""The file that is written where no other is named."""

_CREATE: Final = "write it with `stackaudit baseline create`"


def baseline_path(config: Config, given: Path | None = None) -> Path:
    """The file to write: as given, as configured, else baseline.txt beside the configuration."""
    return given or config.folder / (config.said.baseline or DEFAULT_BASELINE)


def baseline_in_force(config: Config, given: Path | None = None) -> Base | None:
    """What was known before; None if no baseline is named.

    Raises UsageError or ConfigError for a file that is not there, BaselineError for what is
    wrong in it.
    """
    if given is not None:
        file = shown_name(given)
        if given.exists() and not given.is_file():
            hint = "name the file that `stackaudit baseline create` wrote"
            message = f"--baseline: {file} is not a regular file"
            raise UsageError(Problem("not-a-file", message, None, hint))
        if not given.is_file():
            raise UsageError(Problem("no-file", f"--baseline: there is no {file}", None, _CREATE))
        return read_baseline(read_bytes(given, file), file)
    said = config.said.baseline
    if said is None:
        return None
    path, place = config.folder / said, config.place("baseline")
    file = config.tree.name(path)
    if not config.tree.is_file(path):
        raise ConfigError(Problem("no-file", f"there is no {said}", place, _CREATE))
    return read_baseline(config.tree.read(path, file, place), file)
