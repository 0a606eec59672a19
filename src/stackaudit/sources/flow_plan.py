"""Flows that were seen, into an inventory: new ones are added, unknown facts filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stackaudit.inventory.edit import Append
from stackaudit.inventory.merge import made_id
from stackaudit.inventory.stack import Stack
from stackaudit.sources.differences import Difference, Plan, plain, put, same
from stackaudit.sources.identify import Moved


def plan_flows(stack: Stack, moved: Iterable[Moved], made: Plan) -> None:
    """What of the flows goes into the inventory; what it states already is left as it is."""
    new: dict[str, dict[str, Any]] = {}
    for each in moved:
        known = _known(stack, each)
        if known is None:
            _gather(new, each)
        else:
            _fill(stack, known, each, made)
    if not new:
        return
    main = stack.origins.main_file
    for name, entry in new.items():
        made.differences.append(Difference("new", name, after=_words(entry), of="flow"))
    made.additions.setdefault(main, {})["flows"] = Append(list(new.values()))
    if not stack.knows_flows and "flows" not in stack.incomplete:
        put(made, main, ("incomplete",), _more_incomplete(stack))
    _declare(stack, new.values(), made)


def new_flows(moved: Iterable[Moved]) -> list[dict[str, Any]]:
    """The flows of a fresh inventory."""
    new: dict[str, dict[str, Any]] = {}
    for each in moved:
        _gather(new, each)
    return list(new.values())


def named_in(flows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The datasets that flows carry, sorted."""
    return sorted({each for flow in flows for each in flow.get("data", ())})


def _gather(new: dict[str, dict[str, Any]], moved: Moved) -> None:
    """One entry for each flow; the first row that states a fact goes before the others."""
    method = moved.facts.get("method")
    entry = new.setdefault(
        made_id(moved.source, moved.target, method, moved.facts.get("through")),
        {
            "from": moved.source,
            "to": moved.target,
            **({"data": []} if "data" in moved.facts else {}),
        },
    )
    for key, value in moved.facts.items():
        if key == "data":
            entry["data"] = sorted({*entry.get("data", ()), *value})
        else:
            entry.setdefault(key, value)


def _known(stack: Stack, moved: Moved) -> str | None:
    """The flow of the inventory that this is: between these tools, by this method, through this.

    The one that states most of it goes first.
    """
    wanted = [moved.facts.get(key) for key in ("method", "through")]
    fitting: dict[str, int] = {}
    for name, flow in stack.flows.items():
        if (flow.source, flow.target) == (moved.source, moved.target):
            stated = list(zip(wanted, (flow.method, flow.through), strict=True))
            if all(None in pair or pair[0] == pair[1] for pair in stated):
                fitting[name] = sum(pair[0] == pair[1] for pair in stated)
    return min(fitting, key=lambda name: (-fitting[name], name), default=None)


def _fill(stack: Stack, name: str, moved: Moved, made: Plan) -> None:
    document, number = stack.origins.listed["flows"][name]
    file = stack.origins.documents[document].file
    for key, value in moved.facts.items():
        stated = plain(stack.origins.node("flows", name, key))
        if stated is None:
            put(made, file, ("flows", number, key), _writable(value))
            _declare(stack, [moved.facts] if key == "data" else [], made)
            made.differences.append(Difference("filled", name, key, None, _writable(value), "flow"))
        elif stated is not None and not same(key, stated, value):
            made.differences.append(Difference("kept", name, key, stated, _writable(value), "flow"))


def _declare(stack: Stack, flows: Iterable[Mapping[str, Any]], made: Plan) -> None:
    """The datasets that the flows name and the inventory does not have."""
    for dataset in named_in(flows):
        if dataset not in stack.datasets:
            put(made, stack.origins.main_file, ("datasets", dataset), {})


def _more_incomplete(stack: Stack) -> list[str]:
    """With the first flows, those not listed would not exist; an import does not say that."""
    stated = plain(stack.origins.node("incomplete"))
    return [*(stated if isinstance(stated, list) else ()), "flows"]


def _writable(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _words(entry: Mapping[str, Any]) -> str:
    return " ".join(_parts(entry))


def _parts(entry: Mapping[str, Any]) -> Iterator[str]:
    yield f"{entry['from']} to {entry['to']}"
    if entry.get("data"):
        yield f"with {', '.join(entry['data'])}"
