"""The index of rules: the same as their files, never old, and nothing but data."""

from __future__ import annotations

import json
import pickle
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from stackaudit.rules import library, stored
from stackaudit.rules.building import built, write_index
from stackaudit.rules.expressions.compile import Compiled
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.folders import rule_files
from stackaudit.rules.library import load_rules, shipped_rules
from stackaudit.rules.load import Adjustment, load_rule
from stackaudit.rules.stored import Stored, code_digest, decoded
from tests.rules.rule_text import RULE

ID = "bloat/idle"
MARKED = "This title is in the indexes"


@pytest.fixture(scope="module")
def shipped() -> Stored:
    return decoded(built(rule_files(shipped_rules())))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder with one rule."""
    file = tmp_path / "rules" / f"{ID}.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(RULE, encoding="utf-8")
    return file


def everything(value: Any) -> Any:
    """All that a rule holds, as values that can be compared."""
    if isinstance(value, Compiled):
        return everything(value.__reduce__()[1])
    if isinstance(value, Fact):
        return value.full_name
    if isinstance(value, FunctionType):
        return everything(value())
    if is_dataclass(value) and not isinstance(value, type):
        parts = [everything(getattr(value, each.name)) for each in fields(value)]
        return [type(value).__name__, *parts]
    if isinstance(value, dict):
        return {str(everything(k)): everything(each) for k, each in value.items()}
    if isinstance(value, tuple | list):
        return [type(value).__name__, *map(everything, value)]
    return value


def test_every_stored_rule_is_what_its_file_says(shipped: Stored) -> None:
    files = rule_files(shipped_rules())
    assert list(shipped.rules) == [rule_id for rule_id, _ in files]
    for rule_id, path in files:
        found = shipped.rule(rule_id, path.read_bytes(), "x.yaml")
        assert everything(found) == everything(load_rule(path.read_bytes(), rule_id, "x.yaml"))


def test_the_same_rules_give_the_same_bytes(pack: Path) -> None:
    assert built([(ID, pack)]) == built([(ID, pack)])


def test_a_rule_that_was_edited_is_not_taken_from_the_index(pack: Path) -> None:
    index, text = decoded(built([(ID, pack)])), pack.read_bytes()
    assert index.rule(ID, text, "x.yaml") is not None
    assert index.rule(ID, text + b"\n# edited", "x.yaml") is None
    assert index.rule("bloat/other", text, "x.yaml") is None


@pytest.mark.usefixtures("index_of_pack")
def test_edited_and_adjusted_rules_are_read_from_their_files(pack: Path) -> None:
    """Whatever the index says, what runs is what the file and the configuration say."""
    folder = pack.parent.parent
    assert {rule.id: rule.title for rule in load_rules([folder])}[ID] == MARKED
    adjusted = load_rules([folder], {ID: Adjustment(severity="low")}, select=[ID])
    assert adjusted[0].severity.word == "low"
    assert adjusted[0].title != MARKED
    pack.write_text(RULE + "\n# edited\n", encoding="utf-8")
    assert load_rules([folder], select=[ID])[0].title != MARKED


@pytest.fixture
def index_of_pack(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that has the rule of the pack, under a title that shows where it came from."""
    rule = load_rule(pack.read_bytes(), ID, pack.name)
    title = rule.title.encode()
    index = decoded(built([(ID, pack)]))
    ((digest, start, end),) = index.rules.values()
    told = index.data[start:end].replace(title, MARKED.encode())
    assert len(title) == len(MARKED)
    found = Stored({ID: (digest, 0, len(told))}, told)
    monkeypatch.setattr(library, "stored_rules", lambda: found)


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-5],
        lambda data: b"x",
        lambda data: b'{"format":0}\n',
        lambda data: data.replace(str(code_digest()).encode(), b"0" * 64),
        lambda data: data.replace(f'"{code_digest()}"'.encode(), b"null"),
    ],
)
def test_a_broken_index_or_one_of_other_code_is_none(
    harm: Any, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "index.bin"
    monkeypatch.setattr(stored, "FILE", file)
    for data, rules in ((None, []), (harm(built([(ID, pack)])), []), (built([(ID, pack)]), [ID])):
        if data is not None:
            file.write_bytes(data)
        stored.stored_rules.cache_clear()
        assert list(stored.stored_rules().rules) == rules
    stored.stored_rules.cache_clear()


def test_code_that_changes_makes_the_index_old(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, code = built([(ID, pack)]), tmp_path / "package"
    (code / "rules" / "facts").mkdir(parents=True)
    (code / "rules" / "facts" / "tool.py").write_text("")
    monkeypatch.setattr(stored, "_PACKAGE", code)
    monkeypatch.setattr(stored, "code_digest", stored.code_digest.__wrapped__)
    with pytest.raises(ValueError, match="another version"):
        decoded(data)


class Evil:
    """What a pickle could run if it might name anything."""

    def __reduce__(self) -> Any:
        return print, ("run",)


def test_a_stored_rule_can_name_only_what_rules_are_made_of(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = pack.read_bytes()
    evil = pickle.dumps(Evil())
    index = Stored({ID: (stored.digest_of(text), 0, len(evil))}, evil)
    assert index.rule(ID, text, "x.yaml") is None
    assert capsys.readouterr().out == ""


def test_the_index_is_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "index.bin"
    write_index(file)
    head = json.loads(file.read_bytes().partition(b"\n")[0])
    assert list(head["rules"]) == [rule_id for rule_id, _ in rule_files(shipped_rules())]
    assert [each.name for each in tmp_path.iterdir()] == ["index.bin"]
