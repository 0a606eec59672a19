"""Azure's logging commands, in the escapes that the agent takes back.

https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands; the percent sign is
`%AZP25`, as the agent decodes it.
"""

from __future__ import annotations

from collections.abc import Mapping


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """One command on a line of its own."""
    listed = "".join(f"{key}={_property(value)};" for key, value in properties.items())
    return f"##vso[{name} {listed}]{_data(message)}"


def plain(text: str) -> str:
    """A line of the log that is no command: the agent reads one wherever `##` begins it."""
    return text.replace("##", "# #")


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
