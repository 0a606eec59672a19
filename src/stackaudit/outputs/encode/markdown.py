r"""Text inside Markdown: no markup, no HTML, no links, mentions, references or formulas.

Both GitHub and GitLab look for `@name`, `#12`, `!12`, `:smile:` and e-mail addresses in the text
that is left when Markdown has been read, where no backslash and no entity helps; a zero-width
space behind the sign does, and cannot be seen. `$` is read before that, as a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from stackaudit.outputs.encode.text import cut

LONGEST: Final = 400
"""A name or a sentence that is longer is cut: tables and comments have little room."""

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()|])")
_BEGINS: Final = re.compile(r"^(\d*)([-+.=])")
"""What makes a list or a heading of the line or of the entry of a list that it begins."""

_LIVE: Final = re.compile(r"(?:[@#!~%$&:](?=[\w\"{\[/])|www(?=\.))", re.IGNORECASE)
_LIVE_IN_CODE: Final = re.compile(r"(?:@|:(?=//)|www(?=\.))", re.IGNORECASE)
_ENTITIES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "$": "&#36;",
    "#": "&#35;",
    "~": "&#126;",
    '"': "&quot;",
}
_APART: Final = "\u200b"
_UNSEEN: Final = {_APART: "&#8203;", "\u200e": "&#8206;"}
"""Ours, since what names hide has been made visible: seen in the source, not on the page."""

_INSTEAD: Final = {**_ENTITIES, **_UNSEEN}


def text(content: str, length: int = LONGEST, arranged: Callable[[str], str] = str) -> str:
    """The content as text of a line, of a cell, or of an entry of a list.

    `arranged` may add marks that keep the order of what has been made visible and cut.
    """
    return _escaped(content, length, _LIVE, arranged)


def code(content: str, length: int = LONGEST) -> str:
    """The content in the font of code: names of rules, files, commands. May be copied."""
    return f"<code>{_escaped(content, length, _LIVE_IN_CODE)}</code>"


def _escaped(
    content: str, length: int, live: re.Pattern[str], arranged: Callable[[str], str] = str
) -> str:
    apart = live.sub(rf"\g<0>{_APART}", arranged(cut(content, length)))
    escaped = _BEGINS.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", apart))
    return "".join(_INSTEAD.get(char, char) for char in escaped)


def link(words: str, uri: str | None) -> str:
    """The words, as a link where the address is a plain https address; safe to click on."""
    return f"[{text(words)}]({uri})" if uri and is_plain(uri) else text(words)


def is_plain(uri: str) -> bool:
    """Whether an address is https and has only characters that mean nothing in any format."""
    return re.fullmatch(r"https://[A-Za-z0-9][A-Za-z0-9./_~#-]{0,2000}", uri, re.ASCII) is not None
