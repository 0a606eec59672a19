"""What is inlined into the page, and the policy that allows exactly that and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Set
from functools import cache
from importlib.resources import files
from string import ascii_lowercase
from typing import Final

from stackaudit.outputs.report.html.slim import LETTERS, short_names
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.svg.palette import DARK, LIGHT, SIGNS, Palette

_PACKAGE: Final = "stackaudit.outputs.report.html"
_SHEETS: Final = ("page", "chapters", "tables", "phone", "paper")
"""In their order: what comes later goes before."""
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_REMARK: Final = re.compile(r"/\*.*?\*/")
_WRAPPED: Final = re.compile(r"(?<=[;{,(])\n|\n(?=[})])")
_SPACE: Final = re.compile(r"""("[^"]*")|\s*([{};,>])\s*|([:(])\s+|\s+""")
"""Texts, which stay, and blanks, which do beside a sign that parts."""
_NOUGHT: Final = re.compile(r"(?<=[\s:,(-])0(?=\.\d)")
"""Before a point, where nobody needs it."""
_SIGN: Final = re.compile(
    r"""
    ("[^"\n]*"|`[^`\n]*`|/(?:\[[^]\n]*\]|\\.|[^/\n\[\\])+/[a-z]*)
    |[ ]*(=>|[=<>&|?:,;{}()*+!-])[ ]*
    """,
    re.VERBOSE,
)
"""In a script: what stays, and signs with blanks around them."""
_ONE: Final = re.compile(r"svg \.([\w-]+)\{")
"""What is said of one class of a picture."""
_VARIABLE: Final = re.compile(r"--(?!accent\b)[a-z][a-z-]*")
_LETTERS: Final = ("", *ascii_lowercase)
_COLORS: Final = ("paper", "lane", "box", "chip", "edge", "ink", "faint", "gap")


def style(look: Look, classes: Set[str]) -> str:
    """The style of the page: the colors of the pictures in light and dark, then the sheets.

    Of what pictures may have it says only what is there, by the classes of the page's elements. On
    paper everything is light, whatever the screen shows.
    """
    light, dark = ("".join(_variables(each)) for each in (LIGHT, DARK))
    return _shortened(
        f":root{{--accent:{look.accent};{light}}}\n"
        f"@media screen{{@media (prefers-color-scheme:dark){{"
        f":root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
        f"{''.join(_worn(classes))}{short_names(_sheet())}"
    )


def _shortened(style_text: str) -> str:
    """The same with a letter or two for each name of a color that is not somebody's own."""
    names = dict.fromkeys(_VARIABLE.findall(style_text))
    short = {name: f"--{_LETTERS[n // 26]}{_LETTERS[n % 26 + 1]}" for n, name in enumerate(names)}
    return _VARIABLE.sub(lambda name: short[name[0]], style_text)


def _worn(classes: Set[str]) -> Iterator[str]:
    """What the style says of single classes of pictures, as far as the page has them."""
    for rule in map(short_names, _classes()):
        one = _ONE.match(rule)
        if one is None or one[1] in classes:
            yield rule


def script() -> str:
    """The script of the page: `report.js` without comments and without blanks that mean nothing.

    Its texts and patterns stay; it divides nothing, so that a stroke begins a pattern.
    """
    return _script()


def policy(style_text: str, script_text: str) -> str:
    """The content security policy: this style, this script, pictures inside the page."""
    return (
        f"default-src 'none'; script-src '{_hash(script_text)}'; style-src '{_hash(style_text)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _sheet() -> str:
    """The sheets without comments and without blanks that mean nothing."""
    text = "".join(_text(f"sheets/{name}.css") for name in _SHEETS)
    short = _SPACE.sub(_blank, _COMMENT.sub("", text).strip())
    return _NOUGHT.sub("", short.replace(";}", "}"))


def _blank(match: re.Match[str]) -> str:
    return next(filter(None, match.groups()), " ")


@cache
def _script() -> str:
    lines = (_REMARK.sub("", line).strip() for line in _text("report.js").splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    short = _SIGN.sub(lambda match: match[1] or match[2], code)
    return _WRAPPED.sub("", short)


def _text(name: str) -> str:
    return files(_PACKAGE).joinpath(name).read_text("utf-8")


def _variables(palette: Palette) -> Iterator[str]:
    yield from (f"--{name}:{getattr(palette, name)};" for name in _COLORS)
    yield from (f"--{name}:{color};" for name, color in palette.sensitivity.items())
    yield from (f"--{level.word}:{color};" for level, color in palette.severity.items())
    yield f"--on-severity:{palette.on_severity};"
    yield from (f"--use-{name}:{color};" for name, color in palette.use.items())
    yield from (f"--danger-{name}:{color};" for name, color in palette.danger.items())


def _classes() -> Iterator[str]:
    """The classes of the pictures, so that their colors follow the theme."""
    yield "svg{font-size:13px}svg text{fill:var(--ink)}"
    yield "svg .b,svg .on-fill,svg .on-severity{font-weight:700}"
    yield "svg .c,svg .on-fill,svg .on-severity,svg .on-ink{text-anchor:middle}"
    yield "svg .e{text-anchor:end}svg .on-severity{font-size:11px}"
    yield ".lineage text:not([class],[font-size]){font-size:16px;font-weight:700}"
    yield ".timeline text:not([class],[font-size]){font-size:17px;font-weight:700}"
    yield "svg .chip-ground{rx:6px}svg .box{rx:8px}"
    yield "svg .q{width:20px;height:20px;rx:4px}svg .o{width:20px;height:20px;rx:10px}"
    yield "svg .v{width:32px;height:18px;rx:9px}"
    yield from (f"svg .t{size}{{font-size:{size}px}}" for size in LETTERS)
    for name in (*_COLORS, *LIGHT.sensitivity):
        yield f"svg .fill-{name}{{fill:var(--{name})}}"
        yield f"svg .stroke-{name}{{stroke:var(--{name})}}"
    for name in ("paper", "lane", "box", "ink", "faint"):
        yield f"svg .{name}{{fill:var(--{name})}}"
    for level in LIGHT.severity:
        yield f"svg .severity-{level.word}{{fill:var(--{level.word})}}"
        yield f"b.{level.word[0]}{{background:var(--{level.word})}}"
    for name in LIGHT.sensitivity:
        yield (
            f"td.d{name[0]}::before,.d{name[0]} td:nth-child(3):not([class])::before"
            f'{{content:"{SIGNS[name]}";background:var(--{name})}}'
        )
        yield f".s{name[0]}{{background:var(--{name});color:var(--chip)}}"
    yield from (f"svg .use-{name}{{fill:var(--use-{name})}}" for name in LIGHT.use)
    yield from (f"svg .danger-{name}{{fill:var(--danger-{name})}}" for name in LIGHT.danger)
