"""A made-up kind of subject, so that expressions can be tested with any values at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stackaudit.rules.facts.registry import FACTS, all_facts, register
from tests.rules.toys import TOY_FACTS


@pytest.fixture(scope="module")
def toys() -> Iterator[None]:
    """Facts of the kind `toy`, known for as long as one test file runs."""
    all_facts()  # the real ones are registered first, and stay
    for each in TOY_FACTS:
        register(each)
    yield
    del FACTS["toy"]
