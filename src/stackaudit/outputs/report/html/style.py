"""What is inlined into the page, and the policy that allows exactly that and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from stackaudit.outputs.report.look import Look
from stackaudit.outputs.svg.palette import DARK, LIGHT, Palette

_PACKAGE: Final = "stackaudit.outputs.report.html"
_COMMENT: Final = re.compile(r"^/\*.*?\*/$", re.MULTILINE | re.DOTALL)
_COLORS: Final = ("paper", "lane", "box", "chip", "edge", "ink", "faint", "gap")


def style(look: Look) -> str:
    """The style of the page: the colors of the pictures in light and dark, then `report.css`.

    On paper everything is light, whatever the screen shows.
    """
    light, dark = (" ".join(_variables(each)) for each in (LIGHT, DARK))
    return (
        f":root{{--accent:{look.accent};{light}}}\n"
        f"@media screen{{@media (prefers-color-scheme:dark){{"
        f":root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
        f"{''.join(_classes())}{_file('report.css')}"
    )


def script() -> str:
    """The script of the page."""
    return _file("report.js")


def policy(style_text: str, script_text: str) -> str:
    """The content security policy: this style, this script, pictures inside the page."""
    return (
        f"default-src 'none'; script-src '{_hash(script_text)}'; style-src '{_hash(style_text)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _file(name: str) -> str:
    """A file of this package, without comments that stand alone and without indents."""
    text = files(_PACKAGE).joinpath(name).read_text("utf-8")
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _variables(palette: Palette) -> Iterator[str]:
    yield from (f"--{name}:{getattr(palette, name)};" for name in _COLORS)
    yield from (f"--{name}:{color};" for name, color in palette.sensitivity.items())
    yield from (f"--{level.word}:{color};" for level, color in palette.severity.items())
    yield f"--on-severity:{palette.on_severity};"
    yield from (f"--use-{name}:{color};" for name, color in palette.use.items())
    yield from (f"--danger-{name}:{color};" for name, color in palette.danger.items())


def _classes() -> Iterator[str]:
    """The classes of the pictures, so that their colors follow the theme."""
    yield "svg text{fill:var(--ink)}svg .b,svg .on-fill,svg .on-severity{font-weight:700}"
    yield "svg .on-fill,svg .on-severity,svg .on-ink{text-anchor:middle}"
    yield from (f"svg .t{size}{{font-size:{size}px}}" for size in range(12, 19))
    for name in (*_COLORS, *LIGHT.sensitivity):
        yield f"svg .fill-{name}{{fill:var(--{name})}}svg .stroke-{name}{{stroke:var(--{name})}}"
    for name in ("paper", "lane", "box", "ink", "faint"):
        yield f"svg .{name}{{fill:var(--{name})}}"
    for level in LIGHT.severity:
        yield f"svg .severity-{level.word}{{fill:var(--{level.word})}}"
        yield f".pill.{level.word}{{background:var(--{level.word})}}"
    for name in LIGHT.sensitivity:
        yield f".sign.{name}{{background:var(--{name})}}"
        yield f".grid td.{name},.square.{name}{{background:var(--{name});color:var(--chip)}}"
    yield from (f"svg .use-{name}{{fill:var(--use-{name})}}" for name in LIGHT.use)
    yield from (f"svg .danger-{name}{{fill:var(--danger-{name})}}" for name in LIGHT.danger)
