"""Writing into an inventory: text is spliced where something is said, all else stays as it is."""

from stackaudit.inventory.edit.render import Append, Value
from stackaudit.inventory.edit.splice import edited

__all__ = ["Append", "Value", "edited"]
