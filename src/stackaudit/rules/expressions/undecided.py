"""Why an expression is unknown, for many subjects of which it is known that it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from stackaudit.rules.expressions.compile import compile_tree
from stackaudit.rules.expressions.record import Noted, Readings, Recorder, recorder
from stackaudit.rules.expressions.tree import Logic, Node
from stackaudit.rules.subjects import Subject


def undecided(tree: Node, variable: str) -> Recorder:
    """The recorder for subjects of which it is known already that the expression is unknown.

    Of `and` and `or` only the operands that are unknown lead to what could decide. Compiled
    functions find them, which pays where there are many such subjects.
    """
    if not isinstance(tree, Logic):
        return recorder(tree)
    operands = [(compile_tree(each, variable), recorder(each)) for each in tree.operands]

    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:
        subject = variables[variable]
        unknown: Readings = ()
        for value_of, noted in operands:
            if value_of(subject, today) is None:
                unknown += noted(variables, today)[2]
        return None, (), unknown

    return note
