"""What follows from the inventory: lineage, needs, silos, identity, exposure, resilience.

Start with :func:`stackaudit.graph.build.build`; every question about the stack is a method of
the :class:`~stackaudit.graph.stack_graph.StackGraph` that it returns. A question that the
inventory does not answer is answered with None, never with a guess: see
:mod:`stackaudit.graph.possible` for what counts as listed, and what may be there unlisted.
"""
