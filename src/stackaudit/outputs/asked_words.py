"""What stands around the questions, in their language: for every format they are written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stackaudit.dataclass import dataclass
from stackaudit.figures.questions import Interview
from stackaudit.rules.asking import frame
from stackaudit.rules.show import Wording


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The words of one language around questions, with its numbers."""

    wording: Wording
    words: Mapping[str, Any]

    @classmethod
    def of(cls, found: Interview) -> AskedWords:
        """The words for these questions."""
        return cls(found.wording, frame(found.wording.code))

    def text(self, key: str, **values: object) -> str:
        """A text with values in their places: whole numbers as the language writes them."""
        return self._filled(self.words[key], values)

    def count(self, key: str, number: int, **values: object) -> str:
        """A text in the form for this number, which stands in it as `{n}`."""
        forms = self.words[key]
        form = forms.get(self.wording.form(number), forms["other"])
        return self._filled(form, {"n": number, **values})

    def word(self, key: str, which: str) -> str:
        """One of several words: of a role, of a severity."""
        return str(self.words[key][which])

    def _filled(self, pattern: str, values: Mapping[str, object]) -> str:
        shown = {name: self.wording.shown(each) for name, each in values.items()}
        return pattern.format_map(shown)
