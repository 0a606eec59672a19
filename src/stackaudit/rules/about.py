"""What results say of their subject: whatever the rule, so worked out once for each subject."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

from stackaudit.errors import Place
from stackaudit.rules.finding import SubjectRef
from stackaudit.rules.subjects import Subject

MAX_FORMER: Final = 16
"""So many combinations of former ids are kept for one finding."""


@dataclass(frozen=True, slots=True)
class About:
    """A subject as findings and open rules name it."""

    subjects: tuple[SubjectRef, ...]
    label: str
    place: Place
    former: tuple[tuple[str, ...], ...]
    """Every mix of now and former ids of its subjects, but the one of today."""


def about(subject: Subject) -> About:
    """How results name the subject; kept with it."""
    memory = subject.memory
    if "about" not in memory:
        subjects = tuple(SubjectRef(kind, each) for kind, each in subject.named())
        former = tuple(_former(subject, subjects))
        memory["about"] = About(subjects, subject.label(), subject.place(), former)
    found: About = memory["about"]
    return found


def _former(subject: Subject, subjects: tuple[SubjectRef, ...]) -> list[tuple[str, ...]]:
    former = [subject.world.former_ids(ref.kind, ref.id) for ref in subjects]
    if not any(former):
        return []
    choices = [(ref.id, *ids) for ref, ids in zip(subjects, former, strict=True)]
    return list(itertools.islice(itertools.product(*choices), 1, MAX_FORMER))
