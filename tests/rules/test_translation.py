"""Rules in another language: whose texts are taken, and what is wrong with a translation."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from stackaudit.audit import AuditResult, audit, read_stack_text
from stackaudit.errors import Problem, RuleError
from stackaudit.rules import library
from stackaudit.rules.folders import rule_files, translation_files
from stackaudit.rules.library import load_rules, rules_in, shipped_rules
from stackaudit.rules.load import load_rule
from stackaudit.rules.rule import Rule
from stackaudit.rules.show import Wording
from stackaudit.rules.translation import check_translations, in_language
from stackaudit.rules.wording import LocalWording, wording, wordings
from tests.rules.rule_text import RULE

SAMPLE = RULE.replace("title: One login for several people", "title: One login")
WORDS = SAMPLE.replace(
    'clears: {set: {tool.shared_login: "false"}}',
    "clears: {set: {tool.shared_login: \"false\"}, words: 'own logins to {tool.name}'}",
)
TEXTS = """\
sample:
  title: Ein Zugang für alle
  message: "{tool.name} hat einen Zugang für alle"
  why: Niemand kann sagen, wer was getan hat.
  fix: Allen ein eigenes Konto geben.
  ask: {it: Wo wird er genutzt?, marketing: Wer nutzt ihn?}
"""
STACK = """\
stackaudit: 1
currency: EUR
tools:
  canva: {access: {shared_login: true}, users: 1200}
"""


def pack(folder: Path, rule: str = SAMPLE, **translations: str) -> Path:
    """A pack with one rule, and a file of translations for each language."""
    (folder / "security").mkdir(parents=True)
    (folder / "security/sample.yaml").write_text(rule)
    for language, text in translations.items():
        path = folder / "translations" / language / "security.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    return folder


def problems(folder: Path, language: str = "de") -> tuple[Problem, ...]:
    with pytest.raises(RuleError) as raised:
        in_language(_own(folder), folder, wording(language))
    return raised.value.problems


def _own(folder: Path) -> list[Rule]:
    return [
        load_rule(path.read_bytes(), rule_id, str(path)) for rule_id, path in rule_files(folder)
    ]


def test_a_translation_takes_the_place_of_every_text(tmp_path: Path) -> None:
    (original,) = _own(pack(tmp_path, de=TEXTS))
    (rule,) = in_language([original], tmp_path, wording("de"))
    assert rule.title == "Ein Zugang für alle"
    assert rule.why == "Niemand kann sagen, wer was getan hat."
    assert (rule.ask_it, rule.ask_marketing) == ("Wo wird er genutzt?", "Wer nutzt ihn?")
    assert rule.fix.pieces == ("Allen ein eigenes Konto geben.",)
    assert (rule.language, original.language) == ("de", None)
    assert (rule.id, rule.when, rule.digest) == (original.id, original.when, original.digest)


def test_a_pack_or_a_rule_without_a_translation_keeps_its_own_language(tmp_path: Path) -> None:
    for name, texts in (("none", {}), ("other", {"fr": TEXTS.replace("alle", "tous")})):
        folder = pack(tmp_path / name, **texts)
        (original,) = _own(folder)
        assert in_language([original], folder, wording("de"))[0] is original


def test_the_original_of_a_pack_may_be_in_any_language(tmp_path: Path) -> None:
    folder = pack(tmp_path, en=TEXTS)
    (rule,) = in_language(_own(folder), folder, wording("en"))
    assert (rule.title, rule.language) == ("Ein Zugang für alle", "en")


def test_load_rules_translates_packs_and_what_ships(tmp_path: Path) -> None:
    folder = pack(tmp_path, de=TEXTS)
    rules = {rule.id: rule for rule in load_rules([folder], wording=wording("de"))}
    assert rules["security/sample"].title == "Ein Zugang für alle"
    assert {rule.language for rule in rules.values()} == {"de"}
    chosen = load_rules([folder], select=["security/no-mfa"], wording=wording("de"))
    assert [rule.language for rule in chosen] == ["de"]


@pytest.mark.parametrize(
    ("old", "new", "place", "code", "words"),
    [
        ("sample:", "simple:", "1:1", "unknown-rule", "did you mean `sample`?"),
        ("  title:", "  titel: x\n  title:", "2:3", "unknown-key", "did you mean `title`?"),
        ("  why: Niemand kann sagen, wer was getan hat.\n", "", "1:1", "missing-key", "`why`"),
        ("ask: {it: Wo wird er genutzt?, ", "ask: {", "6:3", "missing-key", "`it`"),
        ("{tool.name} hat", "{tool.nam} hat", "3:13", "bad-expression", "mean `tool.name`?"),
        ("{tool.name} hat", "Es gibt", "3:13", "bad-expression", "lacks {tool.name}"),
        ("{tool.name} hat", "{tool.name:money} hat", "3:13", "bad-expression", "no placeholder"),
        ("alle\"", "alle {\"", "3:51", "bad-expression", "a brace without its partner"),
        ("Allen ein", "Allen {tool.name} ein", "5:14", "bad-expression", "it has none"),
        ("Niemand", "'{tool.name} kann'", None, None, ""),
        ("  why: Niemand", "  why: In {tool.name} niemand", "4:8", "bad-expression", "without"),
        ("  ask:", "  clears: weg\n  ask:", "6:3", "unknown-key", "no `clears: words`"),
        ("sample:", "- sample:", "1:1", None, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_at_its_place(
    tmp_path: Path, old: str, new: str, place: str | None, code: str | None, words: str
) -> None:
    assert old in TEXTS
    found = problems(pack(tmp_path, de=TEXTS.replace(old, new, 1)))
    first = found[0]
    assert first.place is not None
    assert first.place.file.endswith("translations/de/security.yaml")
    if code is not None:
        assert f"{first.place.line}:{first.place.column}" == place
        assert first.code == code
        assert words in f"{first.message} {first.hint}"


def test_the_words_of_a_change_are_translated_where_the_rule_has_some(tmp_path: Path) -> None:
    folder = pack(tmp_path / "without", WORDS, de=TEXTS)
    (found,) = problems(folder)
    assert (found.code, found.place and found.place.line) == ("missing-key", 1)
    text = TEXTS + "  clears: eigene Konten für {tool.name}\n"
    folder = pack(tmp_path / "with", WORDS, de=text)
    (rule,) = in_language(_own(folder), folder, wording("de"))
    words = rule.clears.words
    assert words is not None
    assert words.pieces[0] == "eigene Konten für "


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = TEXTS.replace("{tool.name} hat", "Es gibt") + TEXTS.replace("sample", "other")
    codes = sorted(each.code for each in problems(pack(tmp_path, de=text)))
    assert codes == ["bad-expression", "unknown-rule"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("translations/security.yaml", "misplaced-translation"),
        ("translations/de.yaml", "misplaced-translation"),
        ("translations/deutsch/security.yaml", "misplaced-translation"),
        ("translations/de/more/security.yaml", "misplaced-translation"),
        ("translations/de/Security.yaml", "misplaced-translation"),
        ("translations/de/security.yml", "misplaced-translation"),
        ("translation/de/security.yaml", "misplaced-rule"),
    ],
)
def test_a_file_in_the_wrong_place_is_not_passed_over(tmp_path: Path, path: str, code: str) -> None:
    folder = pack(tmp_path)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(TEXTS)
    with pytest.raises(RuleError) as raised:
        rule_files(folder)
    (found,) = raised.value.problems
    assert found.code == code
    assert found.hint


def test_a_category_that_there_is_not(tmp_path: Path) -> None:
    folder = pack(tmp_path, de=TEXTS)
    (folder / "translations/de/security.yaml").rename(folder / "translations/de/securty.yaml")
    (found,) = problems(folder)
    assert found.hint == "did you mean `security`?"


def test_testing_a_pack_tests_its_translations_in_every_language(tmp_path: Path) -> None:
    folder = pack(tmp_path, de=TEXTS, fr=TEXTS.replace("{tool.name} hat", "{tool.nom} hat"))
    with pytest.raises(RuleError) as raised:
        rules_in(folder)
    (found,) = raised.value.problems
    assert found.place is not None
    assert found.place.file.endswith("translations/fr/security.yaml")


# -- what an audit says


def heard(folder: Path, language: str, locale: str | None = None) -> AuditResult:
    words = wording(language, locale)
    rules = in_language(_own(folder), folder, words)
    stack = read_stack_text(STACK)
    return audit(stack, rules=rules, as_of=dt.date(2026, 11, 2), wording=words)


def test_messages_are_filled_in_the_writing_of_the_language(tmp_path: Path) -> None:
    said = 'message: "{tool.name} hat {tool.users} Personen: {tool.shared_login}"'
    rule = SAMPLE.replace(
        'message: "people share one login to {tool.name}"',
        'message: "{tool.name}: {tool.users}, {tool.shared_login}"',
    )
    text = re.sub("message: .*", said, TEXTS)
    folder = pack(tmp_path, rule, de=text)
    messages = [
        heard(folder, *each).findings[0].finding.message
        for each in (("en",), ("de",), ("de", "de_CH"))
    ]
    assert messages == [
        "Canva: 1,200, yes",
        "Canva hat 1.200 Personen: ja",
        "Canva hat 1\N{RIGHT SINGLE QUOTATION MARK}200 Personen: ja",
    ]


def test_a_rule_in_its_own_language_is_filled_in_english(tmp_path: Path) -> None:
    rule = SAMPLE.replace("people share one login to {tool.name}", "{tool.users}: {tool.in_use}")
    found = heard(pack(tmp_path, rule), "de").findings[0].finding
    assert found.message == "1,200: yes"
    assert [each.shown for each in found.evidence if each.fact == "tool.in_use"] == ["ja"]


# -- what ships


@pytest.mark.parametrize("language", wordings())
def test_every_rule_that_ships_has_every_text_in_every_language(language: str) -> None:
    rules = load_rules(wording=wording(language))
    assert [rule.id for rule in rules if rule.language != language] == []
    listed = [each for each in translation_files(shipped_rules()) if each[0] == language]
    assert len(listed) == len({rule.category for rule in rules})


def test_no_translation_that_ships_is_for_a_language_without_words() -> None:
    languages = check_translations(load_rules(), shipped_rules())
    assert set(languages) == set(wordings())


@pytest.mark.parametrize("language", wordings())
def test_no_text_of_a_translation_is_the_original(language: str) -> None:
    originals = {rule.id: rule for rule in load_rules()}
    for rule in load_rules(wording=wording(language)):
        original = originals[rule.id]
        for name in ("title", "why", "ask_it", "ask_marketing"):
            assert getattr(rule, name) != getattr(original, name), (rule.id, name)
        assert rule.fix.pieces != original.fix.pieces, rule.id


def test_a_translation_that_is_broken_stops_a_report_and_not_an_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(shipped_rules(), copy)
    file = copy / "translations/de/bloat.yaml"
    file.write_text(file.read_text() + "\nno-such-rule: {}\n")
    monkeypatch.setattr(library, "shipped_rules", lambda: copy)
    assert load_rules()
    with pytest.raises(RuleError):
        load_rules(wording=wording("de"))


def test_wording_without_words_is_english() -> None:
    assert type(wording("nl")) is Wording
    assert isinstance(wording("de"), LocalWording)
