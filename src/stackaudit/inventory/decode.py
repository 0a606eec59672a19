"""From bytes to text that is safe to parse: UTF-8, no control characters, ordinary indents."""

from __future__ import annotations

import re
from typing import Final

from stackaudit.errors import InventoryError, Place, Problem

MAX_BYTES: Final = 64 * 1024 * 1024

_BOM: Final = b"\xef\xbb\xbf"
_PLAIN: Final = b"\t\n\r" + bytes(range(0x20, 0x7F))
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ODD_SPACE: Final = "[\t\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]"
_ANYWHERE: Final = re.compile(_ODD_SPACE)
_AS_INDENT: Final = re.compile(rf"(?:^|(?<=[\n\r])) *({_ODD_SPACE})(?=[ \t]*[^ \t\n\r])")


def decode(data: bytes, file: str) -> tuple[bytes, str]:
    """The content without its byte order mark, as bytes and as text; raises InventoryError."""
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 2**20} MiB"
        raise _refused("file-too-large", message, Place(file, 1, 1), "split it with `include:`")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused("encoding", "the file is UTF-16, not UTF-8", Place(file, 1, 1), _SAVE)
    data = data.removeprefix(_BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place_of(data[: error.start].decode("utf-8"), file)
        raise _refused("encoding", "this byte is not UTF-8", place, _SAVE) from None
    _refuse_characters(data, text, file)
    _refuse_indents(text, file)
    return data, text


_SAVE: Final = "save the file as UTF-8"


def _refuse_characters(data: bytes, text: str, file: str) -> None:
    """Control characters, and what YAML takes for the end of a line and an editor does not."""
    if text.isascii() and not data.translate(None, _PLAIN):
        return
    match = _FORBIDDEN.search(text)
    if match:
        code = ord(match.group())
        raise _refused(
            "control-character",
            f"the character U+{code:04X} is not allowed here",
            _place_of(text[: match.start()], file),
            f'remove it, or write "\\u{code:04x}" inside double quotes if it is meant',
        )


def _refuse_indents(text: str, file: str) -> None:
    """Indents that only look like spaces."""
    first = _ANYWHERE.search(text)
    if first is None:
        return
    match = _AS_INDENT.search(text, max(text.rfind("\n", 0, first.start()), 0))
    if match:
        code = ord(match.group(1))
        what = "a tab" if code == ord("\t") else f"U+{code:04X}, which is not a space"
        raise _refused(
            "strange-indent",
            f"the line is indented with {what}",
            _place_of(text[: match.start(1)], file),
            "indent with ordinary spaces",
        )


def _place_of(before: str, file: str) -> Place:
    """The place of the character that follows the text `before`."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Place(file, len(lines), len(lines[-1]) + 1)


def _refused(code: str, message: str, place: Place, hint: str) -> InventoryError:
    return InventoryError(Problem(code, message, place, hint))
