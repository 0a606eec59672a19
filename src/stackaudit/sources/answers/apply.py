"""Answers into the files of an inventory: what is stated stays, layout and comments too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path as File
from typing import Any

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.dataclass import dataclass
from stackaudit.errors import InputError, Place, Problem, UsageError
from stackaudit.inventory.edit import edited
from stackaudit.inventory.files import read_bytes
from stackaudit.inventory.merge import merged
from stackaudit.inventory.nodes import Map
from stackaudit.inventory.origins import Origins
from stackaudit.inventory.reader import Document, read_document
from stackaudit.inventory.references import check_references, names_of
from stackaudit.inventory.stack import Stack
from stackaudit.inventory.validate import validated
from stackaudit.rules.asking import Path
from stackaudit.sources.answers.read import Answer, Answers, cell_problem, letters


class AnswerError(InputError):
    """Answers that the inventory cannot take."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What answers make of an inventory; nothing is written yet."""

    files: Mapping[File, bytes]
    """The new content of every file that changes."""
    written: tuple[Answer, ...]
    kept: tuple[Answer, ...]
    """Answers to what is stated already; the inventory stays as it is there."""
    empty: int
    """How many questions of the sheet are not answered."""


def applied(answers: Answers, stack: Stack) -> Applied:
    """The inventory with the answers in it.

    Raises AnswerError for answers that the inventory's own types refuse, with their row and
    column; then nothing is to be written.
    """
    _refuse_twice(answers.given)
    kept: list[Answer] = []
    new: list[Answer] = []
    for each in answers.given:
        (kept if _stated(stack.origins, each.path) else new).append(each)
    files, documents = _changed(new, stack)
    if inventory_problems(documents):
        raise AnswerError(_blamed(new, stack, answers.file))
    return Applied(files, tuple(new), tuple(kept), answers.empty)


def _changed(given: Iterable[Answer], stack: Stack) -> tuple[dict[File, bytes], Sequence[Document]]:
    """The files that answers change, and all files of the inventory as they would read then."""
    by_file: dict[int, list[Answer]] = defaultdict(list)
    for each in given:
        by_file[_document_of(stack.origins, each.path)].append(each)
    documents = list(stack.origins.documents)
    files: dict[File, bytes] = {}
    for number, here in sorted(by_file.items()):
        name = documents[number].file
        content = _edited(_content(name), here, stack.origins, name)
        files[File(name)] = content
        documents[number] = read_document(content, name)
    return files, documents


def _refuse_twice(given: Iterable[Answer]) -> None:
    """Two answers to one question must be the same one; `contract: none` answers them all."""
    first: dict[Path, Answer] = {}
    problems = [
        _twice(each, other)
        for each in given
        if (other := first.setdefault(each.path, each)).value != each.value
    ]
    for each in first.values():
        for whole, rest in _wholes(each.path):
            taken = first.get(whole)
            if taken is not None and not _leaves_room(taken.value, rest, each.value):
                problems.append(_twice(each, taken))
    if problems:
        raise AnswerError(problems)


def _twice(answer: Answer, other: Answer) -> Problem:
    at = f"row {other.place.line}, column {letters(other.place.column)}"
    message = f"another answer than in {at} to the same question"
    return cell_problem("two-answers", message, answer.place, "keep one of them")


def _wholes(path: Path) -> Iterator[tuple[Path, str]]:
    """What a path is a part of, each with the next key: `contract` and `cost` of contract.cost."""
    keys = path.key.split(".") if path.key else []
    for length, key in enumerate(keys):
        yield Path(path.section, path.entry, ".".join(keys[:length])), key


def _leaves_room(whole: Any, key: str, value: Any) -> bool:
    return isinstance(whole, dict) and whole.get(key, value) == value


def _stated(origins: Origins, path: Path) -> bool:
    """Whether the files say it, or something on the way that is no mapping: `contract: none`."""
    keys = tuple(path.key.split(".")) if path.key else ()
    for length in range(len(keys)):
        node = origins.node(path.section, path.entry, *keys[:length])
        if node is not None and not isinstance(node, Map):
            return True
    return origins.states(path.section, path.entry, *keys)


def _document_of(origins: Origins, path: Path) -> int:
    """The file that has the entry, else the first that has the section, else the main one."""
    if path.entry in origins.listed.get(path.section, ()):
        return origins.listed[path.section][path.entry][0]
    if path.entry in origins.declared.get(path.section, ()):
        return origins.declared[path.section][path.entry]
    for number, document in enumerate(origins.documents):
        if isinstance(document.root, Map) and isinstance(document.root.get(path.section), Map):
            return number
    return 0


def _content(name: str) -> bytes:
    if not File(name).is_file():
        message = "answers cannot be written into standard input"
        raise UsageError(Problem("no-file", message, None, "name the file of the inventory"))
    return read_bytes(File(name), name)


def _edited(content: bytes, given: Sequence[Answer], origins: Origins, name: str) -> bytes:
    changes: dict[Any, Any] = {}
    for each in given:
        entry: str | int = each.path.entry
        if each.path.section in origins.listed:
            entry = origins.listed[each.path.section][each.path.entry][1]
        keys = each.path.key.split(".") if each.path.key else []
        *way, last = (each.path.section, entry, *keys)
        node = changes
        for key in way:
            node = node.setdefault(key, {})
        node[last] = {**each.value, **node.get(last, {})} if _maps(each.value) else each.value
    return edited(content.decode("utf-8"), changes, name).encode("utf-8")


def _maps(value: Any) -> bool:
    """Whether an answer states several keys, beside which other answers may state more."""
    return isinstance(value, dict)


def inventory_problems(documents: Sequence[Document]) -> list[Problem]:
    """What the inventory would refuse in these files."""
    found = [problem for document in documents for problem in document.problems]
    files = [validated(document, found) for document in documents]
    found.extend(check_references(tuple(documents), names_of(documents, by_alias())))
    merged(tuple(documents), files, found)
    return found


def _blamed(given: Sequence[Answer], stack: Stack, file: str) -> list[Problem]:
    """The answers that the inventory refuses; if it takes each alone, what is wrong together."""
    _, documents = _changed(given, stack)
    found = inventory_problems(documents)
    if len(given) <= 1 or not found:
        return [_at_cell(given[0], problem) for problem in found[:1]]
    middle = len(given) // 2
    halves = [
        *_blamed(given[:middle], stack, file),
        *_blamed(given[middle:], stack, file),
    ]
    whole = Place(file, 1, 1)
    return halves or [
        Problem("bad-answers", f"the answers do not fit together: {each.message}", whole, each.hint)
        for each in found
    ]


def _at_cell(answer: Answer, problem: Problem) -> Problem:
    message = f"`{answer.path.entry}`, {answer.path.topic}: {problem.message}"
    return cell_problem("bad-answer", message, answer.place, problem.hint)
