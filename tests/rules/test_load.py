"""Loading rule files: what is wrong is said once, at its line and column, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.errors import RuleError, UsageError
from stackaudit.inventory.nodes import Map, unpack
from stackaudit.inventory.reader import read_document
from stackaudit.rules import library
from stackaudit.rules.expressions.tree import Constant
from stackaudit.rules.folders import rule_files
from stackaudit.rules.library import choose, find_rule, load_rules
from stackaudit.rules.load import Adjustment
from stackaudit.rules.positions import position_in_scalar
from stackaudit.rules.severity import Severity
from stackaudit.rules.types import SHARE
from tests.rules.rule_text import RULE, loaded, problems, with_parts


def test_a_rule_is_all_that_its_file_says() -> None:
    rule = loaded()
    assert (rule.id, rule.category, rule.name) == ("security/sample", "security", "sample")
    assert rule.subject == "tool"
    assert rule.when.text == "tool.in_use and tool.shared_login"
    assert rule.severity is Severity.MEDIUM
    assert [(severity.word, each.text) for severity, each in rule.severity_when] == [
        ("high", "many")
    ]
    assert [each.full_name for each in rule.facts()] == [
        "tool.in_use",
        "tool.shared_login",
        "tool.users",
    ]
    assert rule.param_texts == {"few": "5", "share": "40%"}
    assert (rule.time_driven, rule.implied_by, rule.costs) == (False, (), None)


@pytest.mark.parametrize(
    ("parts", "place", "code", "words"),
    [
        ({"subject": "subject: tol"}, "2:10", "unknown-subject", "did you mean `tool`?"),
        ({"when": "when: tool.shard_login"}, "6:12", "bad-expression", "`shared_login`"),
        ({"when": 'when: "tool.in_use and tool.usrs > 3"'}, "6:29", "bad-expression", "`users`"),
        ({"when": "when: 'tool.name == ''x'' and tool.usrs > 3'"},
         "6:36", "bad-expression", "users"),
        ({"when": "when: tool.users"}, "6:7", "bad-expression", "a condition is meant"),
        ({"when": "when: tool.users > 'a'"}, "6:7", "bad-expression", "cannot be compared"),
        ({"when": "when: open('x')"}, "6:7", "bad-expression", "no function `open`"),
        ({"when": "when: ().__class__"}, "6:7", "bad-expression", "the list is empty"),
        ({"when": "when: '\"a\" * 10**9 == \"b\"'"}, "6:8", "bad-expression", "a number is meant"),
        ({"when": f"when: {' or '.join(['tool.in_use'] * 20_000)}"}, None, None, None),
        (
            {"when": "when: >\n  tool.in_use\n  and tool.usrs > 3"},
            "8:12", "bad-expression", "users",
        ),
        (
            {"when": "when: |-\n    tool.in_use and (\n\n      tool.users > 3\n"
                     "      and tool.shared_logn)"},
            "10:16", "bad-expression", "shared_login",
        ),
        (
            {"when": "when: tool.in_use\n  and tool.users > 3\n  and tool.shared_logn"},
            "8:12", "bad-expression", "shared_login",
        ),
        (
            {"when": 'when: "tool.in_use\n  and \\"\\u0061\\" == tool.name\\n and '
                     'tool.shared_logn"'},
            "7:42", "bad-expression", "shared_login",
        ),
        ({"when": "when: >  # people\n  tool.usrs > 3"}, "7:8", "bad-expression", "users"),
        ({"when": "when: >\n  tool.in_use # all\n  and tool.users > 3"},
         "7:15", "bad-expression", "comment"),
        ({"values": "values: {many: tool.usrs > 3}"}, "4:21", "bad-expression", "users"),
        ({"values": "values: {many: later > 3, later: tool.users}"},
         "4:16", "bad-expression", "later"),
        ({"values": "values: {any: tool.users}", "severity_when": None},
         "4:10", "bad-name", "meaning"),
        ({"values": "values: {tool: tool.users}", "severity_when": None},
         "4:10", "bad-name", "meaning"),
        ({"values": "values: {if: tool.users}", "severity_when": None},
         "4:10", "bad-name", "meaning"),
        ({"values": "values: {__x: tool.users}", "severity_when": None}, "4:10", "bad-name", "a-z"),
        ({"params": "params: {few-er: 5}", "severity_when": None}, "3:10", "bad-name", "a-z"),
        ({"severity": "severity: hihg"}, "7:11", "not-allowed", "high"),
        ({"severity_when": "severity_when: {urgent: many}"}, "8:17", "not-allowed", "critical"),
        ({"severity_when": "severity_when: {high: tool.users}"},
         "8:23", "bad-expression", "condition"),
        ({"message": 'message: "so {tool.nmae}"'}, "10:20", "bad-expression", "name"),
        ({"message": 'message: "{tool.__init__}"'}, "10:12", "bad-expression", "placeholder"),
        ({"message": 'message: "{what}"'}, "10:12", "bad-expression", "no name `what`"),
        ({"message": "message: >-\n  so it\n  is {tool.nmae}"}, "12:12", "bad-expression", "name"),
        ({"fix": "fix: do {tool.nmae}"}, "13:15", "bad-expression", "name"),
        ({"saves": "saves: tool.name"}, "11:8", "bad-expression", "money is meant"),
        ({"saves": "saves: days_since(tool.bought)"}, "11:8", "bad-expression", "money is meant"),
        ({"clears": "clears: {words: do it}"}, "14:9", "bad-clears", "set, remove or add"),
        ({"clears": "clears: {set: {tool.shared_logn: 'false'}}"},
         "14:16", "unknown-fact", "shared_login"),
        ({"clears": "clears: {set: {shared_login: 'false'}}"},
         "14:16", "bad-clears", "write tool.mfa"),
        ({"clears": "clears: {set: {tool.in_use: 'false'}}"}, "14:16", "bad-clears", "worked out"),
        ({"clears": "clears: {set: {tool.mfa: '\"enforcd\"'}}"},
         "14:27", "bad-expression", "enforced"),
        ({"clears": "clears: {set: {tool.mfa: tool.users}}"},
         "14:26", "bad-expression", "is meant here"),
        ({"clears": "clears: {remove: tool.name}"}, "14:18", "bad-clears", "a tool, a flow"),
        (
            {"clears": 'clears: {add: {tools: {x: {name: "{tool.nmae}"}}}}'},
            "14:41", "bad-expression", "name",
        ),
        (
            {"clears": 'clears: {add: {flows: [{from: a}, {from: "{tool.idd}"}]}}'},
            "14:49", "bad-expression", "id",
        ),
        ({"titel": "titel: x"}, "25:1", "unknown-key", "title"),
        ({"title": None}, "1:1", "missing-key", "title"),
        ({"examples": None}, "1:1", "missing-key", "examples"),
        ({"examples": "examples: {finds: [], passes: []}"}, "19:19", "bad-value", "at least one"),
        ({"lead": "lead: sales"}, "16:7", "not-allowed", "marketing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(
    parts: dict[str, str | None], place: str | None, code: str | None, words: str | None
) -> None:
    text = with_parts(**parts)
    found = problems(text)
    assert found
    first = found[0]
    if place is None:
        assert "text longer" in first.message or "longer than" in first.message
        return
    assert str(first.place) == f"sample.yaml:{place}"
    assert first.code == code
    assert words is None or words in f"{first.message} {first.hint}"
    assert first.hint
    assert all("\n" not in str(each) for each in found)


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "a\n", "~\n", "a: 1\n---\nb: 2\n"])
def test_what_is_not_one_mapping_is_refused(text: str) -> None:
    (first, *_) = problems(text)
    assert first.place is not None
    assert first.place.line >= 1
    assert first.hint


@pytest.mark.parametrize(
    "data", [b"title: \xff\n", "title: a\n".encode("utf-16"), b"title: \x00\n"]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    from stackaudit.rules.load import load_rule

    with pytest.raises(RuleError):
        load_rule(data, "security/x", "sample.yaml")


def test_all_problems_at_once() -> None:
    text = with_parts(
        when="when: tool.usrs > 3",
        message='message: "{tool.nmae}"',
        saves="saves: tool.name",
        clears="clears: {set: {tool.mfaa: 'true'}}",
    )
    assert [each.place.line for each in problems(text) if each.place] == [6, 10, 11, 14]


def test_a_wrong_value_is_reported_without_what_follows_from_it() -> None:
    (only,) = problems(with_parts(values="values: {many: tool.usrs > 3}"))
    assert only.message == "there is no fact `tool.usrs`"


def test_line_ends_and_byte_order_marks_change_nothing() -> None:
    text = with_parts(when="when: >\n  tool.in_use\n  and tool.usrs > 3")
    for other in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text):
        assert problems(other) == problems(text)
    assert loaded(RULE.replace("\n", "\r\n")).digest == loaded().digest


def test_own_keys_are_left_alone() -> None:
    assert loaded(RULE + "x-owner: us\n").id == "security/sample"


@pytest.mark.parametrize(("rule_id", "hint"), [("securty/a", "`security`"), ("x", "the folder is")])
def test_the_folder_is_the_category(rule_id: str, hint: str) -> None:
    (only,) = problems(RULE, rule_id)
    assert only.code == "bad-rule-id"
    assert hint in (only.hint or "")


def test_known_is_for_the_category_inventory() -> None:
    text = with_parts(when="when: not known(tool.mfa)")
    assert loaded(text, "inventory/sample").category == "inventory"
    (only,) = problems(text)
    assert "only for rules in inventory/" in only.message


# What the configuration changes.


def test_a_parameter_can_be_changed() -> None:
    rule = loaded(adjustment=Adjustment({"share": "60%", "few": "9"}))
    assert rule.params["share"] == Constant(SHARE, 0.6, "share")
    assert rule.param_texts == {"few": "9", "share": "60%"}
    assert rule.digest != loaded().digest


@pytest.mark.parametrize(
    ("adjustment", "code", "words"),
    [
        (Adjustment({"shar": "60%"}), "unknown-param", "did you mean `share`?"),
        (Adjustment({"share": "0.6"}), "bad-param", "is share"),
        (Adjustment({"few": "many"}), "bad-param", "is number"),
        (Adjustment(severity="worst"), "bad-severity", "low, medium, high or critical"),
    ],
)
def test_a_wrong_adjustment_is_refused(adjustment: Adjustment, code: str, words: str) -> None:
    (only,) = problems(RULE, adjustment=adjustment)
    assert only.code == code
    assert words in f"{only.message} {only.hint}"


def test_a_configured_severity_is_final() -> None:
    rule = loaded(adjustment=Adjustment(severity="low"))
    assert (rule.severity, rule.severity_when) == (Severity.LOW, ())


# Where a character of a YAML scalar stands.

# No `'` or `"` at either end, no spaces there: what a scalar is, not how it is quoted.
words = st.lists(st.text("abc.<'\"\\()é", min_size=1, max_size=5), min_size=1, max_size=12)


@settings(deadline=None)
@given(words=words, style=st.sampled_from(["'", '"', "|", ">", None]), width=st.integers(5, 40))
def test_the_column_of_every_character(words: list[str], style: str | None, width: int) -> None:
    value = "a" + " ".join(words) + "z"
    text = yaml.dump(
        {"before": "x", "when": value}, default_style=style, width=width, allow_unicode=True
    )
    root = read_document(text.encode(), "f").root
    assert isinstance(root, Map)
    assert root["when"].rstrip("\n") == value
    start = root.marks[2 * list(root).index("when") + 1]
    lines = text.splitlines()
    for offset, character in enumerate(value):
        line, column = unpack(position_in_scalar(text, start, value[:offset]))
        if character != " ":
            written = lines[line - 1][column - 1 :]
            assert written.startswith((character, f"\\{character}"))


def test_a_text_that_ends_too_soon_gives_its_start() -> None:
    assert unpack(position_in_scalar("a: b", 3, "much longer")) == (1, 4)


# Folders of rules.


def pack(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", "-")
        path = path.with_suffix(".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_pack_is_loaded_beside_the_rules_that_ship(tmp_path: Path) -> None:
    rules = load_rules([pack(tmp_path, security__own_rule=RULE)])
    ids = [each.id for each in rules]
    assert "security/own-rule" in ids
    assert ids == sorted(ids)
    assert len(ids) == len(load_rules()) + 1


def test_every_invalid_rule_is_reported(tmp_path: Path) -> None:
    bad = with_parts(when="when: tool.usrs > 3")
    folder = pack(tmp_path, security__own=bad, bloat__other=bad)
    with pytest.raises(RuleError) as caught:
        load_rules([folder])
    files = [each.place.file for each in caught.value.problems if each.place]
    assert [Path(each).name for each in files] == ["other.yaml", "own.yaml"]


@pytest.mark.parametrize(
    "name", ["rule.yaml", "security/own.yml", "security/deep/own.yaml", "security/Own.yaml"]
)
def test_a_file_that_would_be_passed_over_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RULE, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        rule_files(tmp_path)
    assert caught.value.problems[0].code == "misplaced-rule"


def test_hidden_and_other_files_are_no_rules(tmp_path: Path) -> None:
    pack(tmp_path, security__own=RULE)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.yaml").write_text("x", encoding="utf-8")
    (tmp_path / "README.md").write_text("x", encoding="utf-8")
    assert [name for name, _ in rule_files(tmp_path)] == ["security/own"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_rules([tmp_path / "nowhere"])
    assert caught.value.problems[0].code == "no-folder"


def test_an_id_that_is_taken_is_refused(tmp_path: Path) -> None:
    first = rule_files(library.shipped_rules())[0][0]
    (tmp_path / first).with_suffix(".yaml").parent.mkdir()
    (tmp_path / first).with_suffix(".yaml").write_text(RULE, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_rules([tmp_path])
    assert caught.value.problems[0].code == "duplicate-rule"


def test_rules_are_chosen_by_category_and_id() -> None:
    ids = ["bloat/a", "bloat/b", "silo/a"]
    assert choose(ids, [], []) == ids
    assert choose(ids, ["bloat"], []) == ["bloat/a", "bloat/b"]
    assert choose(ids, ["bloat", "silo/a"], ["bloat/b"]) == ["bloat/a", "silo/a"]
    assert choose(ids, ["inventory"], []) == []


def test_a_name_that_means_no_rule_is_an_error() -> None:
    with pytest.raises(UsageError) as caught:
        choose(["bloat/idle-seats"], ["idle-seats"], ["blaot"])
    assert [each.hint for each in caught.value.problems] == [
        "did you mean `bloat`?",
        "did you mean `bloat/idle-seats`?",
    ]
    with pytest.raises(UsageError):
        load_rules(adjustments={"bloat/no-such-rule": Adjustment()})


def test_one_rule_by_id_or_by_name(tmp_path: Path) -> None:
    folder = pack(tmp_path, security__own=RULE, bloat__own=RULE, silo__my_own=RULE)
    assert find_rule("silo/my-own", [folder]).id == "silo/my-own"
    assert find_rule("my-own", [folder]).id == "silo/my-own"
    for name, words in (("own", "bloat/own or security/own"), ("my-onw", "`silo/my-own`")):
        with pytest.raises(UsageError) as caught:
            find_rule(name, [folder])
        assert words in (caught.value.problems[0].hint or "")
