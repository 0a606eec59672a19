"""What results say of their subject: whatever the rule, so worked out once for each subject."""

from __future__ import annotations

import itertools
from typing import Final, NamedTuple

from stackaudit.errors import Place
from stackaudit.rules.finding import SubjectRef, identity
from stackaudit.rules.subjects import Subject

MAX_FORMER: Final = 16
"""So many combinations of former ids are kept for one finding."""


class About(NamedTuple):
    """A subject as findings and open rules name it."""

    subjects: tuple[SubjectRef, ...]
    label: str
    place: Place
    identity: str
    """Their part of a fingerprint."""
    former: tuple[tuple[str, ...], ...]
    """Every mix of now and former ids of its subjects, but the one of today."""


def about(subject: Subject) -> About:
    """How results name the subject; kept with it."""
    memory = subject.memory
    if "about" not in memory:
        subjects = tuple(SubjectRef(kind, each) for kind, each in subject.named())
        former = tuple(_former(subject, subjects))
        label = subject.world.wording.shown(subject)
        own = identity(subject.ids, directed=subject.directed)
        memory["about"] = About(subjects, label, subject.place(), own, former)
    found: About = memory["about"]
    return found


def _former(subject: Subject, subjects: tuple[SubjectRef, ...]) -> list[tuple[str, ...]]:
    former = [subject.world.former_ids(ref.kind, ref.id) for ref in subjects]
    if not any(former):
        return []
    choices = [(ref.id, *ids) for ref, ids in zip(subjects, former, strict=True)]
    return list(itertools.islice(itertools.product(*choices), 1, MAX_FORMER))
