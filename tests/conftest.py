"""What holds for all tests: how long an example takes on a busy machine is not what they judge."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("stackaudit", deadline=None)
settings.load_profile("stackaudit")
