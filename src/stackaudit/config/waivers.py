"""The waivers of a repository: read where they live, and refused where they cannot be meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from stackaudit.config.model import Config, WaiverEntry, WaiversFile, place_of
from stackaudit.config.read import ConfigError
from stackaudit.dataclass import dataclass
from stackaudit.errors import Place, Problem, nearest
from stackaudit.inventory.nodes import Map
from stackaudit.inventory.problems import problems_of
from stackaudit.inventory.reader import read_document
from stackaudit.rules.library import nearest_rules
from stackaudit.rules.load import CATEGORIES
from stackaudit.rules.waiver import JOIN, Waiver

WAIVER_DAYS: Final = 365
"""So many days at most a waiver counts, if the configuration says nothing else."""

MAX_SUBJECT: Final = 500
"""So many characters at most name a subject."""


@dataclass(frozen=True, slots=True)
class WaiverList:
    """The waivers of a repository as they are written, and the file they are written in."""

    entries: tuple[WaiverEntry, ...]
    file: str
    """As messages name it."""
    path: Path
    root: Map | None = None
    """The file as read; None where there is none yet."""

    def place(self, number: int, key: str | None = None) -> Place:
        """Where an entry stands, or a value in it."""
        way: tuple[str | int, ...] = (
            ("waivers", number) if key is None else ("waivers", number, key)
        )
        return place_of(self.root, self.file, *way) or Place(self.file, 1, 1)


def waiver_list(config: Config, *, may_be_missing: bool = False) -> WaiverList:
    """The list in the configuration, or in the file that it names.

    Raises ConfigError for a file that is not there, unless it may be missing, and for all that
    is wrong in it.
    """
    said, tree = config.said.waivers, config.tree
    if not isinstance(said, str):
        file = config.file or ""
        return WaiverList(said or (), file, config.folder / Path(file).name, config.root)
    path = config.folder / said
    file = tree.name(path)
    if not tree.is_file(path):
        if may_be_missing:
            return WaiverList((), file, path)
        message, hint = f"there is no {said}", "write it with `stackaudit waive`, or create it"
        raise ConfigError(Problem("no-file", message, config.place("waivers"), hint))
    return _file(tree.read(path, file, config.place("waivers")), file, path)


def _file(data: bytes, file: str, path: Path) -> WaiverList:
    document = read_document(data, file)
    root = document.root
    if root is None and {each.code for each in document.problems} <= {"empty"}:
        return WaiverList((), file, path)
    if document.problems:
        raise ConfigError(document.problems)
    if not isinstance(root, Map):
        hint = "begin with `waivers:` and a list below it"
        raise ConfigError(Problem("bad-value", "a mapping is meant here", Place(file, 1, 1), hint))
    try:
        said = _adapter().validate_python(root)
    except ValidationError as error:
        raise ConfigError(problems_of(error, root, file, WaiversFile)) from None
    return WaiverList(said.waivers or (), file, path, root)


@cache
def _adapter() -> TypeAdapter[WaiversFile]:
    return TypeAdapter(WaiversFile)


def waivers_in_force(
    config: Config,
    as_of: dt.date,
    rules: Collection[str],
    *,
    days: int | None = None,
    may_be_missing: bool = False,
) -> tuple[Waiver, ...]:
    """The waivers of a configuration, checked; those that have run out are among them.

    `rules` are the ids of all rules there are, asked or not; `days` is how long a waiver may
    count, if not what the configuration says. A file that is not there is an error, unless it
    `may_be_missing` because it is about to be written. Raises ConfigError with all that is wrong.
    """
    if config.said.waivers is None:
        return ()
    found = waiver_list(config, may_be_missing=may_be_missing)
    longest = days if days is not None else longest_waiver(config)
    waivers = [_waiver(each, found.place(n)) for n, each in enumerate(found.entries)]
    problems = [
        problem
        for number, waiver in enumerate(waivers)
        for problem in _problems(waiver, number, found, as_of, rules, longest)
    ]
    if problems := [*problems, *_repeated(waivers)]:
        raise ConfigError(problems)
    return tuple(waivers)


def longest_waiver(config: Config) -> int:
    """How many days at most a waiver counts."""
    return WAIVER_DAYS if config.said.waiver_days is None else config.said.waiver_days


def _waiver(entry: WaiverEntry, place: Place) -> Waiver:
    return Waiver(
        rule=entry.rule,
        subject=JOIN.join(each.strip() for each in entry.subject.split(JOIN)),
        reason=entry.reason,
        owner=entry.owner,
        expires=entry.expires,
        place=place,
        on=entry.on,
        ticket=entry.ticket,
    )


def nearest_target(name: str, rules: Iterable[str]) -> str:
    """A hint for what is neither a rule nor a whole category, as in `security/*`."""
    category, _, rest = name.partition("/")
    near = nearest(category, CATEGORIES) if rest == "*" else None
    return f"did you mean `{near}/*`?" if near else nearest_rules(name, rules)


def _problems(
    waiver: Waiver,
    number: int,
    found: WaiverList,
    as_of: dt.date,
    rules: Collection[str],
    longest: int,
) -> Iterator[Problem]:
    category, _, name = waiver.rule.partition("/")
    if waiver.rule not in rules and not (name == "*" and category in CATEGORIES):
        yield Problem(
            "unknown-rule",
            "a waiver names no rule that there is",
            found.place(number, "rule"),
            nearest_target(waiver.rule, rules),
        )
    if len(waiver.subject) > MAX_SUBJECT:
        yield Problem(
            "bad-value", "the subject is too long", found.place(number, "subject"), "use `*`"
        )
    if (problem := term_problem(waiver, as_of, longest)) is not None:
        yield Problem("bad-term", problem, found.place(number, "expires"), _TERM_HINT)


_TERM_HINT: Final = "set an earlier day, or `waiver_days` in the configuration"


def term_problem(waiver: Waiver, as_of: dt.date, longest: int) -> str | None:
    """What is wrong with how long it counts; None if nothing is.

    The term is counted from the day on which it was given; where that is not stated, from the
    day of the audit, so that none counts for ever.
    """
    start = waiver.on or as_of
    if waiver.on is not None and waiver.expires < waiver.on:
        return "the waiver has run out before it was given"
    if (waiver.expires - start).days > longest:
        since = "the day it was given" if waiver.on else "today"
        return f"the waiver counts for more than {longest} days from {since}"
    return None


def _repeated(waivers: Sequence[Waiver]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Waiver] = {}
    for each in waivers:
        other = first.setdefault((each.rule, each.subject), each)
        if other is not each:
            message = f"the same rule and subject are waived at {other.place} already"
            yield Problem("repeated-waiver", message, each.place, "keep one of them")
