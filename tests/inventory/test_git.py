"""Inventories in revisions: the same files, links and limits as on a disk, and nothing touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stackaudit.errors import InventoryError, StackauditError, SurroundingsError, UsageError
from stackaudit.inventory.git import run as running
from stackaudit.inventory.git.repository import Repository
from stackaudit.inventory.git.tree import GitTree
from stackaudit.inventory.load import load
from stackaudit.inventory.stack import Stack
from tests.inventory.reading import CAPABILITIES
from tests.repositories import ENVIRONMENT, Repo

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links of POSIX")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "repo")
    monkeypatch.chdir(made.folder)
    return made


def read(folder: Path, revision: str = "HEAD", file: str = "stack.yaml") -> Stack:
    with Repository.around(folder) as repository:
        tree = repository.tree(repository.revision(revision))
        return load(folder / file, CAPABILITIES, tree)


def codes(folder: Path, revision: str = "HEAD") -> list[str]:
    with pytest.raises(InventoryError) as caught:
        read(folder, revision)
    return [each.code for each in caught.value.problems]


def refused(folder: Path, revision: str) -> tuple[int, str, str, str]:
    """The exit code, and code, message and hint of the one problem."""
    with pytest.raises(StackauditError) as caught, Repository.around(folder) as repository:
        repository.revision(revision)
    (one,) = caught.value.problems
    return caught.value.exit_code, one.code, one.message, one.hint or ""


def test_a_revision_is_read_as_it_was_and_nothing_is_touched(repo: Repo) -> None:
    repo.commit(
        stack="include: [teams/*.yaml, parts/data.yaml]\ntools: {crm: }",
        teams__shop="tools: {shop: {holds: [order]}}\ninclude: [more/x.yaml]",
        teams__more__x="tools: {x: }",
        parts__data="datasets: {order: }",
    )
    repo.commit(teams__shop=None, stack="tools: {other: }")
    repo.write(stack="tools: {uncommitted: }")
    before = repo.state()
    stack = read(repo.folder, "HEAD~1")
    assert list(stack.tools) == ["crm", "shop", "x"]
    label = repo.git("rev-parse", "HEAD~1")[:10]
    assert str(stack.origins.place("tools", "shop", "holds")) == f"{label}:teams/shop.yaml:1:16"
    assert list(read(repo.folder).tools) == ["other"]
    assert list(load(repo.folder / "stack.yaml", CAPABILITIES).tools) == ["uncommitted"]
    assert repo.state() == before


def test_hidden_files_are_left_alone(repo: Repo) -> None:
    (repo.folder / "teams").mkdir()
    (repo.folder / "teams" / ".a.yaml").write_bytes(b"\x00")
    repo.commit(stack="include: [teams/*]", teams__a="tools: {a: }")
    assert list(read(repo.folder).tools) == ["a"]


@pytest.mark.parametrize("name", ["Ünïcode ✓", "with space", "quo\"te'", "new\nline", "[x]", "-x"])
@posix
def test_any_name_a_file_can_have(repo: Repo, name: str) -> None:
    (repo.folder / name).mkdir()
    (repo.folder / name / f"{name}.yaml").write_text("tools: {a: }", "utf-8")
    repo.commit(stack="include: ['*/*.yaml']")
    assert list(read(repo.folder).tools) == ["a"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("../x.yaml", "include-outside"),
        ("'**/x.yaml'", "bad-include"),
        (".", "not-a-file"),
        ("teams/", "not-a-file"),
        ("teams", "not-a-file"),
        ("gone.yaml", "no-file"),
        ("gone/*.yaml", "no-file"),
        ("stack.yaml", "include-circle"),
        ("'*.yaml'", "include-circle"),
        ("stack.yaml/x", "no-file"),
        ("'[.yaml'", "no-file"),
    ],
)
def test_an_include_is_refused_as_on_a_disk(repo: Repo, pattern: str, expected: str) -> None:
    repo.commit(stack=f"tools: {{}}\ninclude: [{pattern}]\n", teams__a="tools: {a: }")
    assert codes(repo.folder) == [expected]
    with pytest.raises(InventoryError) as caught:
        load(repo.folder / "stack.yaml", CAPABILITIES)
    assert [each.code for each in caught.value.problems] == [expected]


@pytest.mark.parametrize("pattern", ["./a.yaml", "teams/./b.yaml", "*/b.yaml", "t*s//*.yaml"])
def test_an_include_is_found_as_on_a_disk(repo: Repo, pattern: str) -> None:
    repo.commit(stack=f"include: ['{pattern}']", a="tools: {x: }", teams__b="tools: {x: }")
    assert list(read(repo.folder).tools) == ["x"]
    assert list(load(repo.folder / "stack.yaml", CAPABILITIES).tools) == ["x"]


@posix
@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("../secret.yaml", "include-outside"),
        ("../../../../../../etc/passwd", "include-outside"),
        ("/etc/passwd", "include-outside"),
        ("link.yaml", "no-file"),
        ("gone.yaml", "no-file"),
        ("stack.yaml", "include-circle"),
        ("teams", "not-a-file"),
    ],
)
def test_a_link_is_judged_by_where_it_leads(repo: Repo, target: str, expected: str) -> None:
    (repo.folder / "in").mkdir()
    (repo.folder / "in" / "link.yaml").symlink_to(target)
    repo.commit(
        in__stack="include: [link.yaml]", secret="tools: {outside: }", in__teams__a="tools: {}"
    )
    with pytest.raises(InventoryError) as caught:
        read(repo.folder, file="in/stack.yaml")
    assert [each.code for each in caught.value.problems] == [expected]


@posix
def test_links_inside_are_followed_in_the_revision(repo: Repo) -> None:
    (repo.folder / "link.yaml").symlink_to("parts/../folder/a.yaml")
    (repo.folder / "folder").symlink_to("real", target_is_directory=True)
    repo.commit(stack="include: [link.yaml, folder/*.yaml]", real__a="tools: {then: }")
    repo.write(real__a="tools: {now: }")
    assert list(read(repo.folder).tools) == ["then"]


@posix
def test_the_inventory_itself_may_be_a_link_but_not_out_of_the_repository(repo: Repo) -> None:
    (repo.folder / "stack.yaml").symlink_to("stacks/ours.yaml")
    repo.commit(stacks__ours="tools: {a: }\ninclude: [more.yaml]", stacks__more="tools: {b: }")
    assert list(read(repo.folder).tools) == ["a", "b"]
    (repo.folder.parent / "outside.yaml").write_text("tools: {}", "utf-8")
    (repo.folder / "stack.yaml").unlink()
    (repo.folder / "stack.yaml").symlink_to("../outside.yaml")
    repo.commit()
    assert codes(repo.folder) == ["no-file"]


def test_the_size_of_a_file_is_bounded(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stackaudit.inventory.git.objects.Objects.content.__defaults__", (1_000,))
    repo.commit(stack="include: [big.yaml, small.yaml]", big="#" * 2_000, small="tools: {a: }")
    assert codes(repo.folder) == ["file-too-large"]


def test_more_files_than_any_inventory_has(repo: Repo) -> None:
    for number in range(1_001):
        (repo.folder / f"m{number}.yaml").write_bytes(b"{}")
    repo.commit(stack="include: ['m*.yaml']")
    assert codes(repo.folder) == ["too-many-files"]


def test_few_objects_that_make_a_tree_without_an_end(repo: Repo) -> None:
    """A tree that holds another one ten times, ten levels deep."""
    repo.commit(a="tools: {}")
    inner = repo.git("rev-parse", "HEAD^{tree}")
    for _ in range(10):
        listing = "".join(f"040000 tree {inner}\td{number}\n" for number in range(10))
        inner = subprocess.check_output(
            ["git", "mktree"], cwd=repo.folder, input=listing, text=True
        ).strip()
    with Repository.around(repo.folder) as repository:
        tree = GitTree(repo.folder, inner, "x", repository.objects)
        with pytest.raises(InventoryError, match="more than 20,000 files"):
            list(tree.below(repo.folder))
        with pytest.raises(InventoryError, match="more than 20,000 files"):
            list(tree.matches("/".join("*" * 11), repo.folder))


def test_windows_line_ends(repo: Repo) -> None:
    repo.git("config", "core.autocrlf", "true")
    (repo.folder / "stack.yaml").write_bytes(b"tools:\r\n  a:\r\n    users: x\r\n")
    repo.commit()
    assert b"\r" not in repo.git("cat-file", "blob", "HEAD:stack.yaml").encode()
    with pytest.raises(InventoryError) as revision:
        read(repo.folder)
    with pytest.raises(InventoryError) as disk:
        load(repo.folder / "stack.yaml", CAPABILITIES)
    places = [each.value.problems[0].place for each in (revision, disk)]
    assert [(place.line, place.column) for place in places if place] == [(3, 12), (3, 12)]


def test_from_a_folder_below_that_is_not_in_the_revision(repo: Repo) -> None:
    repo.commit(stack="tools: {a: }")
    repo.commit(below__stack="tools: {b: }")
    repo.git("rm", "-r", "--quiet", "below")
    with Repository.around(repo.folder / "below" / "deep") as repository:
        assert repository.top == repo.folder.resolve()
        tree = repository.tree(repository.revision("HEAD"))
        assert list(load(repo.folder / "below" / "stack.yaml", CAPABILITIES, tree).tools) == ["b"]


def test_a_second_work_tree(repo: Repo) -> None:
    repo.commit(stack="tools: {a: }")
    repo.git("worktree", "add", "--quiet", "-b", "feature/x", "../other")
    other = repo.folder.parent / "other"
    (other / "stack.yaml").write_text("tools: {b: }", "utf-8")
    assert list(read(other, "feature/x").tools) == ["a"]


def test_a_bare_repository(repo: Repo, tmp_path: Path) -> None:
    repo.commit(stack="tools: {a: }")
    repo.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    assert list(read(tmp_path / "bare.git", "main").tools) == ["a"]


def test_a_submodule_has_its_own_repository(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.commit(stack="tools: {inside: }")
    repo.commit(stack="include: [sub/stack.yaml]")
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.folder), "sub")
    repo.commit()
    with Repository.around(repo.folder) as repository:
        tree = repository.tree(repository.revision("HEAD"))
        with pytest.raises(InventoryError) as caught:
            load(repo.folder / "sub" / "stack.yaml", CAPABILITIES, tree)
    (one,) = caught.value.problems
    assert (one.code, "submodule sub" in one.message) == ("in-submodule", True)
    assert list(read(repo.folder / "sub").tools) == ["inside"]
    assert codes(repo.folder) == ["no-file"]


@pytest.mark.parametrize(
    "name", ["HEAD", "main", "HEAD~0", "v1", "note", "feature/x", "@", "main@{0}", "HEAD^0"]
)
def test_what_a_revision_can_be_called(repo: Repo, name: str) -> None:
    id = repo.commit(stack="tools: {a: }")
    repo.git("tag", "v1")
    repo.git("tag", "--annotate", "--message=x", "note")
    repo.git("branch", "feature/x")
    with Repository.around(repo.folder) as repository:
        assert repository.revision(name).id == id
        assert repository.revision(id[:8]).words == id[:10]
        assert repository.revision("v1").words == f"{id[:10]} (v1)"


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("mian", "unknown-revision", "did you mean `main`?"),
        ("release", "unknown-revision", "did you mean `origin/release`?"),
        ("HEAD~5", "unknown-revision", "git branch"),
        ("", "bad-revision", "a branch"),
        ("--upload-pack=x", "bad-revision", "a branch"),
        ("-x", "bad-revision", "a branch"),
        ("main\nHEAD", "bad-revision", "a branch"),
        ("main\0", "bad-revision", "a branch"),
        ("main..HEAD", "unknown-revision", ""),
        ("^main", "unknown-revision", "did you mean `main`?"),
        ("HEAD:stack.yaml", "unknown-revision", ""),
        ("x" * 5000, "unknown-revision", ""),
        ("\u202emain", "bad-revision", "a branch"),
    ],
)
def test_a_revision_that_is_none(repo: Repo, name: str, code: str, hint: str) -> None:
    repo.commit(stack="tools: {a: }")
    repo.git("update-ref", "refs/remotes/origin/release", "HEAD")
    found = refused(repo.folder, name)
    assert found[:2] == (2, code)
    assert hint in found[3]


def test_a_repository_without_commits(repo: Repo) -> None:
    assert refused(repo.folder, "HEAD")[:2] == (2, "no-commit")
    assert refused(repo.folder, "main")[:2] == (2, "no-commit")


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert refused(tmp_path, "HEAD")[:2] == (2, "no-repository")


def test_no_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(stack="tools: {a: }")
    monkeypatch.setenv("PATH", f".{os.pathsep}{repo.folder / 'empty'}")
    found = refused(repo.folder, "HEAD")
    assert found[:2] == (3, "no-git")
    assert "a file instead" in found[3]


@posix
def test_a_git_in_the_current_folder_is_never_run(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = repo.folder / "git"
    program.write_text("#!/bin/sh\ntouch was-run\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}")
    assert refused(repo.folder, "HEAD")[:2] == (3, "no-git")
    assert not (repo.folder / "was-run").exists()


@posix
def test_a_git_that_never_answers(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(running, "DEADLINE", 0.2)
    found = refused(repo.folder, "HEAD")
    assert found[:2] == (3, "git-failed")
    assert "did not answer" in found[2]


@posix
def test_a_git_that_stops_answering(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(stack="tools: {a: }")
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    real = shutil.which("git")
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *cat-file*) exec sleep 60;; *) exec {real} "$@";; esac\n', "utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("stackaudit.inventory.git.objects.DEADLINE", 0.3)
    with pytest.raises(SurroundingsError, match="took longer"):
        read(repo.folder)


def test_inside_of_a_hook(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hooks of git say where the repository is, in words that mean nothing elsewhere."""
    repo.commit(sub__stack="tools: {a: }")
    for name, value in {
        "GIT_DIR": ".git",
        "GIT_INDEX_FILE": ".git/index.lock",
        "GIT_PREFIX": "sub/",
        "GIT_WORK_TREE": "/nowhere",
    }.items():
        monkeypatch.setenv(name, value)
    assert list(read(repo.folder / "sub").tools) == ["a"]


def test_the_clone_of_a_part_is_not_completed_from_the_network(repo: Repo, tmp_path: Path) -> None:
    repo.commit(stack="tools: {a: }")
    repo.git("config", "uploadpack.allowFilter", "true")
    part = ["clone", "-q", "--no-checkout", "--filter=blob:none", repo.folder.as_uri()]
    repo.git("-c", "protocol.file.allow=always", *part, str(tmp_path / "part"))
    with pytest.raises(SurroundingsError) as caught:
        read(tmp_path / "part")
    assert caught.value.problems[0].code in ("git-object-missing", "git-failed")


def shallow(repo: Repo, folder: Path, depth: int = 1) -> Path:
    repo.git("clone", "-q", f"--depth={depth}", "--no-single-branch", repo.folder.as_uri(),
             str(folder))  # fmt: skip
    return folder


def test_a_shallow_clone_says_how_deep_it_must_be(repo: Repo, tmp_path: Path) -> None:
    for number in range(5):
        repo.commit(stack=f"tools: {{a{number}: }}")
    clone = shallow(repo, tmp_path / "clone", 2)
    code, name, message, hint = refused(clone, "HEAD~3")
    assert (code, name) == (3, "shallow-clone")
    assert "2 commits deep" in message
    assert "a depth of 4 or more" in hint
    assert "fetch-depth: 0" in hint
    assert "a depth of 3 or more" in refused(clone, "HEAD^^")[3]
    assert "git fetch origin topic" in refused(clone, "topic")[3]
    assert list(read(clone, "HEAD~1").tools) == ["a3"]


def test_where_branches_part(repo: Repo, tmp_path: Path) -> None:
    fork = repo.commit(stack="tools: {a: }")
    repo.git("switch", "--quiet", "-c", "feature")
    repo.commit(stack="tools: {b: }")
    repo.git("switch", "--quiet", "main")
    repo.commit(stack="tools: {c: }")
    with Repository.around(repo.folder) as repository:
        main, feature = repository.revision("main"), repository.revision("feature")
        found = repository.parting(main, feature)
        assert found is not None
        assert (found.id, found.called) == (fork, "main")
    repo.git("switch", "--quiet", "--orphan", "apart")
    repo.commit(stack="tools: {d: }")
    with Repository.around(repo.folder) as repository:
        apart = repository.revision("apart")
        assert repository.parting(repository.revision("main"), apart) is None
    clone = shallow(repo, tmp_path / "clone")
    with Repository.around(clone) as repository, pytest.raises(SurroundingsError) as caught:
        repository.parting(
            repository.revision("origin/main"), repository.revision("origin/feature")
        )
    (one,) = caught.value.problems
    assert one.code == "shallow-clone"
    assert "git fetch --unshallow" in (one.hint or "")


def test_a_repository_that_belongs_to_somebody_else(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(stack="tools: {}")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    found = refused(repo.folder, "HEAD")
    assert found[:2] == (3, "git-failed")
    assert "safe.directory" in found[3]


def test_a_command_of_git_in_the_configuration_is_not_run(repo: Repo) -> None:
    repo.commit(stack="tools: {a: }")
    (repo.folder / ".gitattributes").write_text("*.yaml filter=evil diff=evil\n", "utf-8")
    for key in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.fsmonitor"):
        repo.git("config", key, f"touch {repo.folder.as_posix()}/was-run; cat")
    assert list(read(repo.folder).tools) == ["a"]
    assert not (repo.folder / "was-run").exists()


def test_usage_errors_exit_2_and_git_itself_3() -> None:
    assert UsageError.exit_code == 2
    assert SurroundingsError.exit_code == 3


ID = "5be3f06a" * 5


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (ID, f"no revision `{ID[:10]}`", f"fetch it first: `git fetch origin {ID}`"),
        ("0" * 40, "no revision `0000000000`", "CI writes zeros where a branch is new"),
        ("main..topic", "no revision `main..topic`", "name one revision"),
        ("5be3f06a", "no revision `5be3f06a`", "git branch --all"),
    ],
)
def test_what_to_do_about_a_commit_that_is_not_there(
    repo: Repo, name: str, message: str, hint: str
) -> None:
    repo.commit(stack="tools: {}")
    code, called, said, next_step = refused(repo.folder, name)
    assert (code, called) == (2, "unknown-revision")
    assert message in said
    assert hint in next_step


@pytest.mark.parametrize(
    ("name", "fetch"),
    [
        (ID, f"`git fetch origin {ID}`; or "),
        ("origin/other", "`git fetch origin other:refs/remotes/origin/other`; or "),
        ("feature/one", "`git fetch origin feature/one:feature/one`; or "),
        ("5be3f06a", ""),
        ("other@{u}", ""),
    ],
)
def test_what_to_fetch_into_a_shallow_clone(
    repo: Repo, tmp_path: Path, name: str, fetch: str
) -> None:
    repo.commit(stack="tools: {}")
    repo.commit(stack="tools: {a: {}}")
    code, called, _, hint = refused(shallow(repo, tmp_path / "clone"), name)
    assert (code, called) == (3, "shallow-clone")
    assert hint.startswith(f"fetch it first: {fetch}`git fetch --unshallow`")
