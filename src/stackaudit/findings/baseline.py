"""The baseline file: the findings that were known when the gate was introduced.

One finding a line, sorted by fingerprint, below 256 lines `#00` to `#ff`, one for each beginning
of a fingerprint. Fingerprints are spread at random, so two branches that each add or take away a
finding seldom touch the same place, even in an empty file, and git merges them: of pairs of
branches that add three findings each, 1 in 25 conflicts (without those lines 1 in 2 at 30
findings, and all of them in an empty file). A line holds no date, no message and no place in a
file, and changes only when its severity does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from stackaudit.errors import InputError, Place, Problem, did_you_mean
from stackaudit.findings.base import Base, Known, known_of
from stackaudit.findings.comparison import fixed, reopened
from stackaudit.findings.judged import Judged
from stackaudit.rules.finding import FINGERPRINT_SCHEME, Results
from stackaudit.rules.severity import SEVERITIES, Severity
from stackaudit.rules.waiver import JOIN

HEADER: Final = f"""\
# Findings that were known when the gate was introduced; written by `stackaudit baseline`.
# One a line: fingerprint, severity, rule, subjects. `stackaudit baseline show` explains them.
# Lines such as #3f keep findings apart, so that git merges branches that each add some.
# fingerprints: {FINGERPRINT_SCHEME}
"""

_FINGERPRINT: Final = re.compile(r"[0-9a-f]{32}")
_RULE: Final = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_SCHEME: Final = re.compile(r"#\s*fingerprints:\s*(\S+)\s*")
_MARKERS: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_APART: Final = tuple(f"#{number:02x}" for number in range(256))
_WIDTH: Final = max(map(len, SEVERITIES))


class BaselineError(InputError):
    """The baseline cannot be read."""


def baseline_text(known: Iterable[Known]) -> str:
    """The file for these findings: the same bytes for the same findings."""
    lines = sorted([*_APART, *map(_line, known)], key=_position)
    return HEADER + "".join(f"{line}\n" for line in lines)


def _position(line: str) -> tuple[str, str]:
    """Each `#3f` before the findings whose fingerprints begin so."""
    bare = line.removeprefix("#")
    return bare[:2], "" if line.startswith("#") else bare


def _line(known: Known) -> str:
    subjects = JOIN.join(_written(each) for each in known.subjects)
    return f"{known.fingerprint} {known.severity.word:{_WIDTH}} {known.rule} {subjects}".rstrip()


def _written(name: str) -> str:
    """An id without what separates the parts of a line, or could not be seen in it."""
    return "".join(each if _plain(each) else _escaped(each) for each in name)


def _plain(sign: str) -> bool:
    return sign.isprintable() and sign not in "%# " + JOIN


def _escaped(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "surrogatepass"))


def read_baseline(data: bytes, file: str) -> Base:
    """The findings of a baseline file, named `file` in messages.

    Blank lines, comments, other orders and line ends are accepted. Raises BaselineError with
    every line that is no finding, that repeats one, or that a merge left behind.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        place = Place(file, data[: _first_bad(data)].count(b"\n") + 1, 1)
        raise BaselineError(
            Problem("not-utf-8", "the file is not UTF-8 text", place, _RESTORE)
        ) from None
    lines = list(enumerate(text.splitlines(), 1))
    if problems := list(_conflicts(lines, file)) or list(_other_scheme(lines, file)):
        raise BaselineError(problems)
    known: dict[str, Known] = {}
    for number, line in lines:
        if line.strip() and not line.lstrip().startswith("#"):
            _add(line.split(), Place(file, number, 1), known, problems)
    if problems:
        raise BaselineError(problems)
    return Base(MappingProxyType(known), file)


_RESTORE: Final = "restore it from git, or write it anew with `stackaudit baseline create`"


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _conflicts(lines: Iterable[tuple[int, str]], file: str) -> Iterator[Problem]:
    for number, line in lines:
        if line.startswith(_MARKERS):
            hint = "keep the lines of both sides and take out the markers; their order is free"
            yield Problem(
                "merge-conflict", "a merge was not finished here", Place(file, number, 1), hint
            )


def _other_scheme(lines: Iterable[tuple[int, str]], file: str) -> Iterator[Problem]:
    for number, line in lines:
        match = _SCHEME.fullmatch(line)
        if match and match[1] != str(FINGERPRINT_SCHEME):
            hint = f"this version makes fingerprints {FINGERPRINT_SCHEME}: write the file anew"
            message = "the fingerprints are made in another way"
            yield Problem("other-fingerprints", message, Place(file, number, 1), hint)


def _add(parts: list[str], place: Place, known: dict[str, Known], problems: list[Problem]) -> None:
    found = _known(parts, place)
    if isinstance(found, Problem):
        problems.append(found)
    elif found.fingerprint in known:
        same = known[found.fingerprint] == found
        hint = "keep one of the two" if same else "keep the one with the higher severity"
        problems.append(Problem("repeated", "the finding is in the file twice", place, hint))
    else:
        known[found.fingerprint] = found


def _known(parts: list[str], place: Place) -> Known | Problem:
    if not _FINGERPRINT.fullmatch(parts[0]) or len(parts) not in (3, 4):
        hint = "a line is a fingerprint, a severity, a rule and its subjects"
        return Problem("not-a-finding", "the line is no finding", place, hint)
    fingerprint, severity, rule, *subjects = parts
    if severity not in SEVERITIES:
        near = did_you_mean(severity, SEVERITIES, f"write one of {', '.join(SEVERITIES)}")
        return Problem("not-allowed", "there is no such severity", place, near)
    if not _RULE.fullmatch(rule):
        hint = "write it as <category>/<name>"
        return Problem("bad-rule-id", "the line names no rule", place, hint)
    ids = tuple(unquote(each) for each in "".join(subjects).split(JOIN)) if subjects else ()
    return Known(fingerprint, Severity.of(severity), rule, ids)


def created(findings: Iterable[Judged]) -> tuple[Known, ...]:
    """What a new baseline holds: all that is found and not waived."""
    return tuple(known_of(each) for each in findings if each.status != "waived")


def updated(base: Base, findings: Iterable[Judged], results: Results) -> tuple[Known, ...]:
    """The baseline as of now: what is found, at its severity now, higher or lower.

    What can no longer be decided stays as it was, and so does what no rule was asked about:
    neither is proof that the finding is gone. What is waived leaves the baseline, so that it
    comes back when the waiver runs out.
    """
    judged = list(findings)
    waived = [each.finding for each in judged if each.status == "waived"]
    gone = {each.fingerprint for each in fixed(results, base)}
    gone |= {before.fingerprint for each in waived if (before := base.before(each)) is not None}
    now = {each.fingerprint: each for each in created(judged)}
    former = {name for each in results.findings for name in each.former_fingerprints}
    kept = {
        name: each for name, each in base.known.items() if name not in gone and name not in former
    }
    return tuple({**kept, **now}.values())


def pruned(base: Base, results: Results) -> tuple[Known, ...]:
    """The baseline without what is gone; nothing new comes in, and no severity changes."""
    gone = {each.fingerprint for each in fixed(results, base)}
    return tuple(each for name, each in base.known.items() if name not in gone)


def states(base: Base, findings: Iterable[Judged], results: Results) -> Mapping[str, str]:
    """What became of every finding of the base, in a word, by fingerprint."""
    words = {each.fingerprint: "gone" for each in fixed(results, base)}
    words |= dict.fromkeys(reopened(results, base), "open")
    for each in findings:
        if (before := base.before(each.finding)) is not None:
            words[before.fingerprint] = _STATES.get(each.status, "found")
    return {name: words.get(name, "not asked") for name in base.known}


_STATES: Final = {"worse": "worse", "waived": "waived"}
