"""The words of pictures in the language of a report."""

from __future__ import annotations

from typing import Final

from stackaudit.figures.lanes.model import ALL_LANES, Style
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.svg.lanes.words import Words
from stackaudit.rules.severity import Severity

_STYLES: Final[tuple[Style, ...]] = ("machine", "by_hand", "planned", "broken")


def lane_words(language: Language) -> Words:
    """What the lane map says."""
    return Words(
        title=language.word("lane_map.title"),
        description=language.word("lane_map.description"),
        lanes={each: language.lane(each) for each in ALL_LANES},
        sensitivities={each: language.sensitivity(each) for each in SENSITIVITIES},
        severities={each: language.severity(each) for each in Severity},
        styles={each: language.style(each) for each in _STYLES},
        missing=language.word("lane_map.missing"),
        tool=language.word("lane_map.tool"),
        tools=language.word("lane_map.tools"),
        findings=language.word("lane_map.findings"),
        carries=language.word("lane_map.carries"),
        no_capability=language.word("lane_map.no_capability"),
        letters={each: language.word(f"severity_letter.{each.word}") for each in Severity},
    )
