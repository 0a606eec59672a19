"""Dataclasses whose methods are written late: they mean what the standard library's mean."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from stackaudit.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Late:
    """A class with one field of each sort; `missing` and `put` are names like any other."""

    missing: int
    put: str = "b"
    names: tuple[str, ...] = ()
    many: list[int] = dataclasses.field(default_factory=list, compare=False)
    hidden: int = dataclasses.field(default=3, repr=False)
    doubled: int = dataclasses.field(init=False, default=0, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "doubled", 2 * self.missing)


@dataclasses.dataclass(frozen=True, slots=True)
class Usual:
    """The same, made by the standard library."""

    missing: int
    put: str = "b"
    names: tuple[str, ...] = ()
    many: list[int] = dataclasses.field(default_factory=list, compare=False)
    hidden: int = dataclasses.field(default=3, repr=False)
    doubled: int = dataclasses.field(init=False, default=0, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "doubled", 2 * self.missing)


@dataclass(frozen=True, slots=True)
class Longer(Late):
    """A class below another one."""

    more: str = "m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Keys only, and a default before a field without one."""

    first: int = 1
    second: int


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """What can be put in order."""

    major: int
    minor: int


@dataclass(slots=True)
class Counter:
    """What changes."""

    count: int = 0


@dataclass(frozen=True, slots=True)
class Folded:
    """A class with an equality of its own."""

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folded) and self.name.lower() == other.name.lower()

    def __hash__(self) -> int:
        return hash(self.name.lower())


ARGUMENTS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, "x"), {}),
    ((1,), {"put": "x", "names": ("n",), "many": [1], "hidden": 4}),
    ((), {"missing": 2}),
]


@pytest.mark.parametrize(("values", "named"), ARGUMENTS)
def test_it_is_made_as_usual(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    late, usual = Late(*values, **named), Usual(*values, **named)
    assert dataclasses.asdict(late) == dataclasses.asdict(usual)
    assert repr(late) == repr(usual).replace("Usual", "Late")
    assert hash(late) == hash(usual)
    assert late == Late(*values, **named)
    assert (late == Late(9)) is False
    other: object = usual
    assert late != other


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), ((1, 2, 3, 4, 5, 6), {}), ((1,), {"other": 1}), ((1,), {"missing": 1})],
)
def test_wrong_arguments_are_refused_as_usual(
    values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(TypeError) as late:
        Late(*values, **named)
    with pytest.raises(TypeError) as usual:
        Usual(*values, **named)
    assert str(late.value) == str(usual.value).replace("Usual", "Late")


def test_a_default_that_is_made_is_made_anew() -> None:
    assert Late(1).many is not Late(1).many


def test_what_is_frozen_cannot_change() -> None:
    late: Any = Late(1)
    for name in ("put", "other"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(late, name, "x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        del late.put
    assert late == Late(1)


def test_what_is_not_frozen_changes_and_has_no_hash() -> None:
    counter = Counter()
    counter.count += 2
    assert counter == Counter(2)
    with pytest.raises(TypeError):
        hash(counter)
    with pytest.raises(AttributeError):
        counter.other = 1  # type: ignore[attr-defined]


def test_copies_pickles_and_replaced_ones_are_equal() -> None:
    late = Late(1, names=("a", "b"), many=[1])
    for again in (
        copy.copy(late),
        copy.deepcopy(late),
        pickle.loads(pickle.dumps(late)),
        dataclasses.replace(late),
    ):
        assert again == late
        assert again.many == [1]
    assert dataclasses.replace(late, put="y") == Late(1, "y", ("a", "b"))


def test_a_class_below_another_has_the_fields_of_both() -> None:
    assert Longer(1, more="x") == Longer(1, "b", more="x")
    assert Longer(1) != Late(1)
    assert Longer(2).doubled == 4
    assert repr(Longer(1)).endswith("more='m')")


def test_keys_only_and_an_order() -> None:
    assert Named(second=2) == Named(first=1, second=2)
    with pytest.raises(TypeError):
        Named(1, 2)  # type: ignore[call-arg]
    assert sorted([Version(2, 0), Version(1, 9), Version(1, 10)]) == [
        Version(1, 9), Version(1, 10), Version(2, 0),
    ]  # fmt: skip
    assert Version(1, 0) <= Version(1, 0) < Version(1, 1) > Version(0, 9) >= Version(0, 9)
    with pytest.raises(TypeError):
        assert Late(1) < Late(2)  # type: ignore[operator]


def test_what_a_class_says_itself_stays() -> None:
    assert Folded("A") == Folded("a")
    assert len({Folded("A"), Folded("a")}) == 1


def test_a_class_in_a_pattern() -> None:
    match Version(1, 2):
        case Version(major, minor):
            assert (major, minor) == (1, 2)


def test_what_refers_to_itself_has_a_text() -> None:
    many: list[Any] = []
    many.append(Late(1, many=many))
    assert "many=[...]" in repr(many[0])


def test_nothing_is_written_before_it_is_needed() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        value: int

    stub = Fresh.__init__
    assert Fresh(1) == Fresh(1)
    assert Fresh.__init__ is not stub
    assert Fresh.__init__.__qualname__.endswith("Fresh.__init__")
