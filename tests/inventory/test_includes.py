"""An inventory in several files: below its folder, each read once, however they include."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from stackaudit.errors import SurroundingsError
from stackaudit.inventory.load import load, load_text
from tests.inventory.reading import CAPABILITIES, problems, problems_in, read_file

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes of POSIX")


def write(folder: Path, **files: str) -> Path:
    """Write files, `a__b` as a/b.yaml; returns stack.yaml."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "stack.yaml"


def test_all_files_are_one_stack(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        stack="include: [teams/*.yaml, reviews.yaml]\ntools: {crm: {successor: mailer}}",
        teams__shop="tools: {shop: {holds: [order]}}\ninclude: [parts/data.yaml]",
        teams__mail="tools: {mailer: }\nincomplete: [flows]",
        teams__parts__data="datasets: {order: {system_of_record: crm}}",
        reviews="reviews: {shop: {state: requested}}\nincomplete: [reviews]",
        unrelated="tools: {no: }",
    )
    stack = read_file(main)
    assert list(stack.tools) == ["crm", "mailer", "shop"]
    assert stack.incomplete == {"flows", "reviews"}
    assert Path(stack.origins.main_file).name == "stack.yaml"
    assert stack.origins.place("tools", "shop", "holds").file.endswith("teams/shop.yaml")
    assert [Path(each.file).name for each in stack.origins.documents] == [
        "stack.yaml",
        "mail.yaml",
        "shop.yaml",
        "data.yaml",
        "reviews.yaml",
    ]


def test_a_file_that_two_include_is_read_once(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        stack="include: [a.yaml, b.yaml, a.yaml]",
        a="include: [c.yaml]",
        b="include: [c.yaml]",
        c="tools: {x: }",
    )
    assert list(read_file(main).tools) == ["x"]


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    main = write(tmp_path, stack="include: [teams/*]", teams__a="tools: {a: }")
    (tmp_path / "teams" / ".a.yaml.swp").write_bytes(b"\x00")
    assert list(read_file(main).tools) == ["a"]


@pytest.mark.parametrize(
    ("pattern", "code", "hint"),
    [
        ("../x.yaml", "include-outside", "move the file below it"),
        ("teams/../../x.yaml", "include-outside", "move the file below it"),
        ("/etc/passwd", "include-outside", "move the file below it"),
        ("~/x.yaml", "include-outside", "move the file below it"),
        ("C:/x.yaml", "include-outside", "move the file below it"),
        ("..\\x.yaml", "include-outside", "move the file below it"),
        ("'**/x.yaml'", "bad-include", "teams/*.yaml"),
        ('"a\\0b.yaml"', "bad-include", "teams/*.yaml"),
        ('"a\\0/*.yaml"', "bad-include", "teams/*.yaml"),
        ('""', "no-file", "relative to this file"),
        (".", "not-a-file", "name a YAML file"),
        ("teams/", "not-a-file", "name a YAML file"),
        ("teams", "not-a-file", "name a YAML file"),
        ("gone.yaml", "no-file", "relative to this file"),
        ("gone/*.yaml", "no-file", "relative to this file"),
        ("stack.yaml", "include-circle", "remove one of the includes"),
        ("'*.yaml'", "include-circle", "remove one of the includes"),
        ("stack.yaml/x", "no-file", "relative to this file"),
        ("'[.yaml'", "no-file", "relative to this file"),
        ("x" * 5000 + ".yaml", "no-file", "relative to this file"),
        ("empty.yaml", "empty", "begins with"),
    ],
)
def test_an_include_that_is_refused(pattern: str, code: str, hint: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    main = write(
        folder, stack=f"tools: {{}}\ninclude: [{pattern}]\n", empty="", teams__a="tools: {a: }"
    )
    write(tmp_path, x="tools: {outside: }")
    found = problems_in(main)
    assert code in {each.code for each in found}
    (one,) = [each for each in found if each.code == code]
    assert one.at == ("empty.yaml:1:1" if code == "empty" else "stack.yaml:2:11")
    assert hint in one.hint


@posix
@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("../secret.yaml", "include-outside"),
        ("/dev/zero", "include-outside"),
        ("/etc/passwd", "include-outside"),
        ("link.yaml", "no-file"),
        ("gone.yaml", "no-file"),
        ("stack.yaml", "include-circle"),
    ],
)
def test_a_link_is_judged_by_where_it_leads(target: str, code: str, tmp_path: Path) -> None:
    main = write(tmp_path / "in", stack="include: [link.yaml]")
    (tmp_path / "secret.yaml").write_text("tools: {outside: }")
    (main.parent / "link.yaml").symlink_to(target)
    assert [each[:2] for each in problems_in(main)] == [(code, "stack.yaml:1:11")]


@posix
def test_a_folder_that_is_a_link_out_of_the_root_is_refused(tmp_path: Path) -> None:
    main = write(tmp_path / "in", stack="include: [out/*.yaml]")
    write(tmp_path / "elsewhere", a="tools: {a: }")
    (main.parent / "out").symlink_to(tmp_path / "elsewhere")
    assert [each.code for each in problems_in(main)] == ["include-outside"]


@posix
def test_a_link_inside_the_root_is_a_file_as_any(tmp_path: Path) -> None:
    main = write(tmp_path, stack="include: [a.yaml, link.yaml]", a="tools: {a: }")
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    assert list(read_file(main).tools) == ["a"]


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    main = write(tmp_path, stack="include: [pipe.yaml]")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert [each[:2] for each in problems_in(main)] == [("not-a-file", "stack.yaml:1:11")]
    (found,) = problems_in(tmp_path / "pipe.yaml")
    assert (found.code, found.hint) == ("not-a-file", "name a YAML file")


@posix
@pytest.mark.parametrize("path", ["/dev/zero", "/", "/dev/null"])
def test_the_main_file_is_a_regular_file(path: str) -> None:
    assert [each.code for each in problems_in(Path(path))] == ["not-a-file"]


@pytest.mark.parametrize("name", ["gone.yaml", "stack.yaml/x", "x" * 5000, "a\0b"])
def test_a_main_file_that_is_not_there(name: str, tmp_path: Path) -> None:
    write(tmp_path, stack="tools: {}")
    assert [each[:3] for each in problems_in(tmp_path / name)] == [
        ("no-file", "", "check the name and the folder")
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_is_the_fault_of_the_surroundings(tmp_path: Path) -> None:
    main = write(tmp_path, stack="tools: {}")
    main.chmod(0)
    with pytest.raises(SurroundingsError, match="cannot be read: Permission denied"):
        read_file(main)


def test_a_disk_that_fails_is_the_fault_of_the_surroundings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> int:
        raise OSError(5, "Input/output error")

    main = write(tmp_path, stack="tools: {}")
    monkeypatch.setattr("stackaudit.inventory.files.os.open", failing)
    with pytest.raises(SurroundingsError) as caught:
        read_file(main)
    assert caught.value.exit_code == 3
    assert caught.value.problems[0].code == "cannot-read"


def test_a_circle_is_named_where_it_closes(tmp_path: Path) -> None:
    main = write(
        tmp_path, stack="include: [a.yaml]", a="include: [b.yaml]", b="tools: {}\ninclude: [a.yaml]"
    )
    assert [each[:2] for each in problems_in(main)] == [("include-circle", "b.yaml:2:11")]


def test_a_million_ways_to_few_files_are_refused(tmp_path: Path) -> None:
    files = {"stack": "include: [f0a.yaml, f0b.yaml]"}
    for level in range(20):
        text = f"include: [f{level + 1}a.yaml, f{level + 1}b.yaml]"
        files[f"f{level}a"] = files[f"f{level}b"] = text
    files["f20a"] = files["f20b"] = "tools: {}"
    found = problems_in(write(tmp_path, **files))
    assert {each.code for each in found} == {"include-depth"}


def test_more_files_than_any_inventory_has(tmp_path: Path) -> None:
    main = write(tmp_path, stack="include: [many/*.yaml]")
    (tmp_path / "many").mkdir()
    for number in range(1_001):
        (tmp_path / "many" / f"{number}.yaml").write_bytes(b"{}")
    assert [each[:2] for each in problems_in(main)] == [("too-many-files", "stack.yaml:1:11")]


def test_a_file_that_could_not_be_read_makes_no_other_problems(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        stack="include: [broken.yaml]\ntools: {a: {successor: b}, c: {zzz: 1}}",
        broken="tools: {b: ",
    )
    assert [each[:2] for each in problems_in(main)] == [
        ("yaml-syntax", "broken.yaml:1:12"),
        ("unknown-key", "stack.yaml:2:32"),
    ]


def test_problems_of_all_files_in_one_run(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        stack="include: [a.yaml, b.yaml, gone.yaml]\ntols: {}",
        a="datasets: {a: {privacy: x}}",
        b="tools: {a: {users: x}}",
    )
    assert [each[:2] for each in problems_in(main)] == [
        ("not-allowed", "a.yaml:1:25"),
        ("bad-value", "b.yaml:1:20"),
        ("no-file", "stack.yaml:1:27"),
        ("unknown-key", "stack.yaml:2:1"),
    ]


def test_text_has_no_folder_to_include_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a="tools: {a: }")
    monkeypatch.chdir(tmp_path)
    assert [each[:3] for each in problems("include: [a.yaml]")] == [
        ("no-folder", "1:11", "put the inventory into a file")
    ]


def test_standard_input_includes_from_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    write(tmp_path, a="tools: {a: }")
    monkeypatch.chdir(tmp_path)
    stdin = io.TextIOWrapper(io.BytesIO(b"include: [a.yaml]"))
    monkeypatch.setattr("sys.stdin", stdin)
    stack = load("-", CAPABILITIES)
    assert (stack.origins.main_file, list(stack.tools)) == ("<stdin>", ["a"])


def test_a_file_is_named_as_seen_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = write(tmp_path, stack="tools: {a: }")
    monkeypatch.chdir(tmp_path)
    assert str(load(main, {}).origins.place("tools", "a")) == "stack.yaml:1:9"
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert load(main, {}).origins.main_file == main.as_posix()
    assert load_text("tools: {a: }", {}, "rule.yaml").origins.main_file == "rule.yaml"
