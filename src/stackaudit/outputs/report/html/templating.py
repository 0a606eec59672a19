"""Templates: ours, and those that somebody puts before them, which run in a sandbox.

A template of a repository's configuration is as trustworthy as the repository: it may lay out the
page, and run nothing.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stackaudit.errors import InventoryError, Problem, UsageError
from stackaudit.inventory.files import read_bytes, shown_name

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

PAGE: Final = "report.html.j2"
_PACKAGE: Final = "stackaudit.outputs.report.html"


def environment(folder: Path | None) -> Environment:
    """Where templates come from and what they may do.

    Everything is escaped whatever the name of the template; an undefined name is an error.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    kind = Environment if folder is None else ImmutableSandboxedEnvironment  # three times slower
    return kind(
        bytecode_cache=_compiled() if folder is None else None,
        loader=FunctionLoader(lambda name: _source(folder, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        extensions=[],
    )


@cache
def _compiled() -> BytecodeCache:
    """What our own templates were compiled to: once for all pages of a run."""
    import jinja2
    from jinja2.bccache import Bucket

    class InMemory(jinja2.BytecodeCache):
        def __init__(self) -> None:
            self.known: dict[str, bytes] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            if bucket.key in self.known:
                bucket.bytecode_from_string(self.known[bucket.key])

        def dump_bytecode(self, bucket: Bucket) -> None:
            self.known[bucket.key] = bucket.bytecode_to_string()

    return InMemory()


def bad_template(error: Exception) -> UsageError:
    """What is wrong in a template, for whoever wrote it."""
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    where = f" {name}:{line}" if name and line else ""
    message = f"the template{where} cannot be used: {getattr(error, 'message', None) or error}"
    hint = "compare it with the one that ships, in the folder stackaudit/outputs/report/html"
    return UsageError(Problem("bad-template", message, None, hint))


def _source(folder: Path | None, name: str) -> str | None:
    """The text of a template: from the folder, if it is there, else ours."""
    if folder is not None and (own := _own(folder, name)) is not None:
        return own
    if "/" in name or not name.endswith(".j2"):
        return None
    found = files(_PACKAGE).joinpath("templates").joinpath(name)
    return found.read_text("utf-8") if found.is_file() else None


def _own(folder: Path, name: str) -> str | None:
    """A template in the folder; raises UsageError for one that leads out of it."""
    path = folder / name
    if not path.is_file():
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        message = f"the template {name} is outside of its folder"
        raise UsageError(Problem("outside", message, None, "move it into the folder"))
    shown = shown_name(path)
    try:
        return read_bytes(path, shown).decode("utf-8")
    except UnicodeDecodeError:
        message = f"{shown} is not UTF-8"
    except InventoryError as error:
        message = error.problems[0].message
    raise UsageError(Problem("bad-template", message, None, "write it as a plain text file"))
