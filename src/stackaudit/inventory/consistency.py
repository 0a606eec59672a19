"""What each entry may say for itself and the inventory as a whole may not."""

from __future__ import annotations

from collections.abc import Iterator

from stackaudit.errors import Problem, quoted
from stackaudit.inventory.model import Contract, SharedContract
from stackaudit.inventory.stack import Stack


def inconsistent(stack: Stack) -> Iterator[Problem]:
    """A problem for every statement that others contradict, or that lacks another one."""
    yield from _reserved(stack)
    yield from _former_ids(stack)
    for name, tool in stack.tools.items():
        if isinstance(tool.contract, Contract):
            yield from _two_contracts(name, stack)
            yield from _price(tool.contract, "tools", name, ("contract", "cost"), stack)
    for name, shared in stack.contracts.items():
        yield from _price(shared, "contracts", name, ("cost",), stack)


def _reserved(stack: Stack) -> Iterator[Problem]:
    if "none" in stack.tools:
        place = stack.origins.place("tools", "none")
        message = "`none` means that there is no tool, and cannot be the id of one"
        yield Problem("reserved-id", message, place, "give it another id")


def _former_ids(stack: Stack) -> Iterator[Problem]:
    """Ids in `previously` that still, or also, mean something else."""
    taken: dict[str, str] = {}
    for name, tool in stack.tools.items():
        for number, former in enumerate(tool.previously or ()):
            place = stack.origins.place("tools", name, "previously", number)
            if former in stack.tools:
                message = f"{quoted(former)} is the id of a tool that is still there"
                hint = "remove it from `previously:`, or remove that entry"
                yield Problem("still-there", message, place, hint)
            elif taken.setdefault(former, name) != name:
                message = f"{quoted(former)} is already a former id of {quoted(taken[former])}"
                yield Problem(
                    "duplicate-id", message, place, "name it once, where its history goes"
                )


def _two_contracts(name: str, stack: Stack) -> Iterator[Problem]:
    """The contract of a tool has the tool's id, which must not be another contract's."""
    if name in stack.contracts:
        first = stack.origins.place("contracts", name)
        place = stack.origins.place("tools", name, "contract")
        message = f"the contract {quoted(name)} is already there at {first}"
        yield Problem(
            "duplicate-id", message, place, "keep one of them, or give that one another id"
        )


def _price(
    contract: Contract | SharedContract,
    section: str,
    name: str,
    keys: tuple[str, ...],
    stack: Stack,
) -> Iterator[Problem]:
    """Money in a currency that cannot be turned into the stack's."""
    currency = contract.cost.currency if contract.cost is not None else None
    if currency in (None, stack.currency):
        return
    if stack.currency is None:
        hint = "say `currency:` at the top of the file"
    elif currency not in stack.exchange_rates:
        hint = f"add `exchange_rates: {{{currency}: …}}`: what one is worth in {stack.currency}"
    else:
        return
    place = stack.origins.place(section, name, *keys)
    yield Problem("no-rate", "money in a currency without an exchange rate", place, hint)
