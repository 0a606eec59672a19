"""Frozen, slotted dataclasses that cost little until they are used.

The standard library writes and compiles up to six methods of every dataclass when its module is
imported. A command imports two hundred such classes and makes objects of a few dozen, and that
compiling was the largest part of its start. Here the library keeps the books (fields, defaults,
slots, `replace`), `__repr__` and the refusal to change are the same functions for all classes,
and `__init__`, `__eq__`, `__hash__` and the order are written when one of them is first called.

`dataclass(frozen=True, slots=True)` means what it means in the standard library. Classes that
need something else (no slots, no equality) take the standard library's own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Final, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, slots: bool, frozen: bool = False, order: bool = False, kw_only: bool = False
    ) -> Callable[[type[T]], type[T]]:
        """A dataclass as in the standard library; always slotted."""
        assert slots

        def decorated(cls: type[T]) -> type[T]:
            cls.__doc__ = cls.__doc__ or cls.__name__  # the library would compose a signature
            keep_books = dataclasses.dataclass(
                init=False, repr=False, eq=False, slots=True, kw_only=kw_only
            )
            made = keep_books(cls)
            for name, method in _methods(made, frozen, order).items():
                if made.__dict__.get(name) is None:  # beside an own `__eq__`, `__hash__` is None
                    setattr(made, name, method)
            return made

        return decorated


def _methods(cls: type, frozen: bool, order: bool) -> dict[str, Any]:
    """The methods of the class, as far as it does not define them itself.

    As in the standard library, a class that is not frozen has no hash.
    """
    late = ["__init__", "__eq__", *(["__hash__"] if frozen else []), *(_ORDER if order else [])]
    found: dict[str, Any] = {name: _late(cls, name) for name in late}
    return found | {"__repr__": _repr} | (_FROST if frozen else {"__hash__": None})


def _late(cls: type, name: str) -> Callable[..., Any]:
    """A method that writes the methods of its class, and is one of them from then on."""

    def method(self: Any, *args: Any, **named: Any) -> Any:
        _write(cls)
        return getattr(cls, name)(self, *args, **named)

    method.__name__ = name
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    method.late = True  # type: ignore[attr-defined]
    return method


def _write(cls: type) -> None:
    """Compile the methods of the class that are still to be written."""
    fields = dataclasses.fields(cls)
    names = [each.name for each in fields if each.compare]
    hashed = [each.name for each in fields if (each.compare if each.hash is None else each.hash)]
    code = [
        *_init(fields, post=hasattr(cls, "__post_init__")),
        *_comparison("__eq__", "==", names),
        "def __hash__(self):",
        f" return hash({_tuple('self', hashed)})",
    ]
    if "__lt__" in cls.__dict__:
        for name, sign in _ORDER.items():
            code += _comparison(name, sign, names)
    space: dict[str, Any] = {"__put": object.__setattr__, "__missing": _MISSING}
    for each in fields:
        space[f"__default_{each.name}"] = each.default
        space[f"__make_{each.name}"] = each.default_factory
    exec("\n".join(code), space)  # noqa: S102  # made of the names of fields alone
    for name in ("__init__", "__eq__", "__hash__", *_ORDER):
        if getattr(cls.__dict__.get(name), "late", False):
            space[name].__qualname__ = f"{cls.__qualname__}.{name}"
            setattr(cls, name, space[name])


def _init(fields: Iterable[dataclasses.Field[Any]], *, post: bool) -> list[str]:
    """The lines of `__init__`; `__put` sets an attribute of what is frozen, too."""
    params: list[str] = ["self"]
    named: list[str] = []
    body: list[str] = []
    for each in fields:
        name, value = each.name, each.name
        made = each.default_factory is not dataclasses.MISSING
        stated = each.default is not dataclasses.MISSING
        if made:
            value = f"__make_{name}()"
            value += f" if {name} is __missing else {name}" if each.init else ""
        elif not each.init:
            value = f"__default_{name}"
        if each.init or made or stated:
            body.append(f" __put(self, '{name}', {value})")
        if each.init:
            default = "=__missing" if made else f"=__default_{name}" if stated else ""
            (named if each.kw_only else params).append(name + default)
    body.append(" self.__post_init__()" if post else " pass")
    listed = ", ".join([*params, *(["*"] if named else []), *named])
    return [f"def __init__({listed}):", *body]


def _comparison(name: str, sign: str, names: Iterable[str]) -> list[str]:
    """The lines of a method that compares two objects of one class, field by field."""
    return [
        f"def {name}(self, other):",
        " if other.__class__ is self.__class__:",
        f"  return {_tuple('self', names)} {sign} {_tuple('other', names)}",
        " return NotImplemented",
    ]


def _tuple(owner: str, names: Iterable[str]) -> str:
    return "(" + "".join(f"{owner}.{name}, " for name in names) + ")"


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (each.name for each in dataclasses.fields(self) if each.repr)
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({values})"


def _no_change(self: Any, name: str, *_: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"{name!r} of a frozen {type(self).__name__}")


def _state(self: Any) -> list[Any]:
    """What a pickle or a copy keeps."""
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


_MISSING: Final = object()
_ORDER: Final = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_FROST: Final = {
    "__setattr__": _no_change,
    "__delattr__": _no_change,
    "__getstate__": _state,
    "__setstate__": _restore,
}
