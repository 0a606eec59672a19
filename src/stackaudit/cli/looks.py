"""How a report presents itself, as the configuration says; the logo is read here."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from stackaudit.errors import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stackaudit.config.effective import Setting
    from stackaudit.config.model import Config, ReportSettings
    from stackaudit.outputs.report.look import Logo, Look, MediaType

MAX_LOGO: Final = 512 * 1024
"""Bytes; a logo stands in every report, and a report is mailed."""
_STARTS: Final[tuple[tuple[bytes, MediaType], ...]] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


def look_of(config: Config, *, anonymous: bool = False) -> Look:
    """The look of a report; an anonymous one has nothing that says for whom and by whom it is.

    Raises UsageError for a logo that is no picture, or too large, and for templates that are no
    folder.
    """
    from stackaudit.config.model import ReportSettings
    from stackaudit.outputs.report.look import ACCENT, Look

    said = config.said.report or ReportSettings()
    shown = ReportSettings() if anonymous else said
    return Look(
        title=shown.title,
        client=shown.client,
        author=shown.author,
        logo=_logo(config, shown),
        accent=said.accent or ACCENT,
        confidentiality=said.confidentiality,
        anonymous=anonymous,
        templates=_templates(config, said),
    )


def look_settings(config: Config) -> Iterator[Setting]:
    """What is in force for reports, with where it comes from."""
    from stackaudit.config.effective import Setting
    from stackaudit.config.model import ReportSettings
    from stackaudit.outputs.report.language import DEFAULT
    from stackaudit.outputs.report.look import ACCENT

    said, file = config.said.report or ReportSettings(), config.file or ""
    unsaid = {
        "title": "as the audience says",
        "client": "the organization",
        "accent": ACCENT,
        "language": DEFAULT,
        "templates": "as shipped",
    }
    for each in fields(ReportSettings):
        value: str | None = getattr(said, each.name)
        origin = "default" if value is None else file
        yield Setting(f"report.{each.name}", value or unsaid.get(each.name, "none"), origin)


def _logo(config: Config, said: ReportSettings) -> Logo | None:
    from stackaudit.outputs.report.look import Logo

    if said.logo is None:
        return None
    path, place = config.folder / said.logo, config.place("report", "logo")
    data = config.tree.read(path, config.tree.name(path), place)
    media = next((media for start, media in _STARTS if data.startswith(start)), None)
    if media is None:
        raise _bad(config, "logo", "bad-logo", "the logo is no PNG and no JPEG",
                   "convert it, for example with an image viewer")  # fmt: skip
    if len(data) > MAX_LOGO:
        raise _bad(config, "logo", "logo-too-large",
                   f"the logo is larger than {MAX_LOGO // 1024} KB",
                   "a width of 600 pixels is enough")  # fmt: skip
    return Logo(media, data)


def _templates(config: Config, said: ReportSettings) -> Path | None:
    if said.templates is None:
        return None
    folder = config.folder / said.templates
    if not folder.is_dir():
        raise _bad(config, "templates", "no-folder", f"there is no folder {said.templates}",
                   "check the name; it is relative to the configuration")  # fmt: skip
    return folder


def _bad(config: Config, key: str, code: str, message: str, hint: str) -> UsageError:
    return UsageError(Problem(code, message, config.place("report", key), hint))
