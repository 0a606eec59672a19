"""The texts of rules in another language: `translations/<language>/<category>.yaml` beside them.

A translation has every text of a rule that people read, with the same placeholders; what a rule
finds, and how bad that is, does not depend on it. A rule without one keeps its own language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from pydantic import TypeAdapter, ValidationError

from stackaudit.dataclass import dataclass
from stackaudit.errors import InventoryError, Place, Problem, RuleError, did_you_mean, listed
from stackaudit.inventory.decode import decode
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import Text
from stackaudit.inventory.nodes import Map
from stackaudit.inventory.problems import problems_of
from stackaudit.inventory.reader import read_document
from stackaudit.inventory.tree import DISK, Tree
from stackaudit.rules.folders import CATEGORIES, rule_files, translation_files
from stackaudit.rules.rule import Rule
from stackaudit.rules.rule_file import Ask
from stackaudit.rules.rule_problems import RuleProblems
from stackaudit.rules.show import Wording
from stackaudit.rules.template import Template, translated_template

_HINT: Final = "write the name of a rule, and under it its title, message, why, fix and ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTexts(Part):
    """The texts of one rule in another language."""

    title: Text
    """What it finds, in a few words."""
    message: Text
    """What is wrong, with the placeholders of the original."""
    why: Text
    """Why it matters."""
    fix: Text
    """What to do, with the placeholders of the original."""
    ask: Ask
    """The question for each side."""
    clears: Text | None = None
    """What the rule has under `clears: {words: …}`, where it has that."""


_Texts: TypeAlias = dict[str, RuleTexts]


@dataclass(frozen=True, slots=True)
class _File:
    """One file of translations, read."""

    category: str
    texts: Mapping[str, RuleTexts]
    problems: RuleProblems


def in_language(
    rules: Iterable[Rule], folder: Path, wording: Wording, tree: Tree = DISK
) -> tuple[Rule, ...]:
    """The rules, those of the folder with their texts in a language as far as it has them.

    Raises RuleError with all that is wrong with the folder's translations into that language.
    """
    found = {rule.id: rule for rule in rules}
    own = [rule_id for rule_id, _ in rule_files(folder, tree)]
    problems: list[Problem] = []
    for language, category, path in translation_files(folder, tree):
        if language != wording.code:
            continue
        try:
            file = _read(path, category, tree)
        except RuleError as error:
            problems += error.problems
            continue
        _refuse_unknown(file, own)
        found.update(_translated(file, found, wording))
        problems += file.problems.found
    if problems:
        raise RuleError(problems)
    return tuple(found.values())


def check_translations(rules: Iterable[Rule], folder: Path) -> tuple[str, ...]:
    """The languages into which rules of a folder are translated; raises RuleError, see above."""
    known = tuple(rules)
    languages = tuple(dict.fromkeys(language for language, _, _ in translation_files(folder)))
    problems: list[Problem] = []
    for language in languages:
        try:
            in_language(known, folder, Wording(language))
        except RuleError as error:
            problems += error.problems
    if problems:
        raise RuleError(problems)
    return languages


@cache
def _adapter() -> TypeAdapter[_Texts]:
    return TypeAdapter(_Texts)


def _read(path: Path, category: str, tree: Tree) -> _File:
    name = tree.name(path)
    if category not in CATEGORIES:
        hint = did_you_mean(category, CATEGORIES, f"the file is called {listed(CATEGORIES)}")
        message = f"`{category}` is not a category of rules"
        raise RuleError(Problem("bad-translation", message, Place(name, 1, 1), hint))
    data = tree.read(path, name)
    try:
        _, text = decode(data, name)
    except InventoryError as error:
        raise RuleError(error.problems) from None
    document = read_document(data, name)
    if document.problems:
        raise RuleError(
            replace(each, hint=_HINT) if each.code == "empty" else each
            for each in document.problems
        )
    if not isinstance(document.root, Map):
        message = "a mapping is meant here"
        raise RuleError(Problem("bad-translation", message, Place(name, 1, 1), _HINT))
    try:
        texts = _adapter().validate_python(document.root)
    except ValidationError as error:
        raise RuleError(problems_of(error, document.root, name, _Texts)) from None
    return _File(category, texts, RuleProblems(name, text, document.root))


def _refuse_unknown(file: _File, own: Iterable[str]) -> None:
    names = [each.partition("/")[2] for each in own if each.startswith(f"{file.category}/")]
    for name in file.texts:
        if name not in names:
            message = f"there is no rule `{file.category}/{name}` beside this translation"
            hint = did_you_mean(name, names, f"the rules are {', '.join(names)}")
            file.problems.note_key("unknown-rule", message, (name,), hint)


def _translated(
    file: _File, rules: Mapping[str, Rule], wording: Wording
) -> Iterator[tuple[str, Rule]]:
    for name, texts in file.texts.items():
        rule = rules.get(f"{file.category}/{name}")
        if rule is not None:
            found = _Translator(rule, name, texts, file.problems, wording).rule()
            if found is not None:
                yield rule.id, found


@dataclass(frozen=True, slots=True)
class _Translator:
    """Puts the texts of one rule in the place of its own; what is wrong is in `problems`."""

    original: Rule
    name: str
    texts: RuleTexts
    problems: RuleProblems
    wording: Wording

    def rule(self) -> Rule | None:
        """The rule with these texts; None, with problems noted, if one of them is wrong."""
        rule, texts = self.original, self.texts
        message = self._template(rule.message, texts.message, "message")
        fix = self._template(rule.fix, texts.fix, "fix")
        words = self._clears()
        self._plain("title", rule.title, texts.title)
        self._plain("why", rule.why, texts.why)
        self._plain("ask", rule.ask_it, texts.ask.it, "it")
        self._plain("ask", rule.ask_marketing, texts.ask.marketing, "marketing")
        if message is None or fix is None:
            return None
        return replace(
            rule,
            title=_flat(texts.title),
            message=message,
            message_text=_flat(texts.message),
            why=_flat(texts.why),
            fix=fix,
            ask_it=_flat(texts.ask.it),
            ask_marketing=_flat(texts.ask.marketing),
            clears=replace(rule.clears, words=words),
            language=self.wording.code,
        )

    def _template(self, original: Template, text: str, key: str) -> Template | None:
        return self.problems.attempt(
            lambda: translated_template(text, original, self.wording), (self.name, key)
        )

    def _clears(self) -> Template | None:
        original, text = self.original.clears.words, self.texts.clears
        if original is not None and text is not None:
            return self._template(original, text, "clears")
        if original is not None:
            message = "the key `clears` is missing, for `clears: words` of the rule"
            self.problems.note_key("missing-key", message, (self.name,), "add it")
        elif text is not None:
            message = "the rule has no `clears: words` to translate"
            self.problems.note_key("unknown-key", message, (self.name, "clears"), "take it out")
        return None

    def _plain(self, key: str, original: str, text: str, *inner: str) -> None:
        """A text that has no placeholders, if its original has none."""
        if "{" in text and "{" not in original:
            message = "nothing is filled in here, as in the original"
            path = (self.name, key, *inner)
            self.problems.note("bad-expression", message, path, "say it without a placeholder")


def _flat(text: str) -> str:
    return " ".join(text.split())
