"""GitHub's workflow commands, in the escapes that the runner takes back.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions and the runner's
ActionCommand.cs, which names the escapes.
"""

from __future__ import annotations

from collections.abc import Mapping

from stackaudit.outputs.encode.text import cut


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """One command on a line of its own; line ends in the message stay."""
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}" if listed else f"::{name}::{_data(message)}"


def shown(text: str, length: int) -> str:
    """A text from a file, for a message."""
    return cut(text, length)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
