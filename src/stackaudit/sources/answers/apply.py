"""Answers into the files of an inventory: what is stated stays, layout and comments too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from stackaudit.catalog.taxonomy import by_alias
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
from stackaudit.sources.answers.read import Answer, Answers, cell_problem


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
    kept = tuple(each for each in answers.given if _stated(stack.origins, each.path))
    new = [each for each in answers.given if each not in kept]
    by_file: dict[int, list[Answer]] = defaultdict(list)
    for each in new:
        by_file[_document_of(stack.origins, each.path)].append(each)
    documents = list(stack.origins.documents)
    files: dict[File, bytes] = {}
    for number, given in sorted(by_file.items()):
        name = documents[number].file
        content = _edited(_content(name), given, stack.origins, name)
        files[File(name)] = content
        documents[number] = read_document(content, name)
    if _problems(documents):
        raise AnswerError(_blamed(new, stack, answers.file, documents))
    return Applied(files, tuple(new), kept, answers.empty)


def _refuse_twice(given: Iterable[Answer]) -> None:
    """Two answers to one question must be the same one."""
    first: dict[Path, Answer] = {}
    problems: list[Problem] = []
    for each in given:
        other = first.setdefault(each.path, each)
        if other.value != each.value:
            message = f"another answer than in row {other.place.line} to the same question"
            problems.append(cell_problem("two-answers", message, each.place, "keep one of them"))
    if problems:
        raise AnswerError(problems)


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


def _problems(documents: Sequence[Document]) -> list[Problem]:
    """What the inventory would refuse in these files."""
    found = [problem for document in documents for problem in document.problems]
    files = [validated(document, found) for document in documents]
    found.extend(check_references(tuple(documents), names_of(documents, by_alias())))
    merged(tuple(documents), files, found)
    return found


def _blamed(
    given: Sequence[Answer], stack: Stack, file: str, together: Sequence[Document]
) -> list[Problem]:
    """The answers that the inventory refuses, each tried alone; else what is wrong together."""
    found: list[Problem] = []
    for each in given:
        documents = list(stack.origins.documents)
        number = _document_of(stack.origins, each.path)
        name = documents[number].file
        content = _edited(_content(name), [each], stack.origins, name)
        documents[number] = read_document(content, name)
        for problem in _problems(documents)[:1]:
            message = f"`{each.path.entry}`, {each.path.topic}: {problem.message}"
            found.append(cell_problem("bad-answer", message, each.place, problem.hint))
    whole = Place(file, 1, 1)
    return found or [
        Problem("bad-answers", f"the answers do not fit together: {each.message}", whole, each.hint)
        for each in _problems(together)
    ]
