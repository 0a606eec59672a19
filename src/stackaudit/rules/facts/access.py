"""How people get in, and what is agreed with the vendor."""

from __future__ import annotations

from stackaudit.rules.facts.registry import stated
from stackaudit.rules.types import FLAG, LEVEL, NUMBER, TEXT, words

stated("tool", "sso", LEVEL, "access.sso", "Single sign-on: none, optional or enforced.")
stated("tool", "mfa", LEVEL, "access.mfa", "A second factor: none, optional or enforced.")
stated("tool", "scim", FLAG, "access.scim", "Whether the directory makes and removes accounts.")
stated("tool", "roles", FLAG, "access.roles", "Whether rights can be given by role.")
stated("tool", "shared_login", FLAG, "access.shared_login", "Whether people share one account.")
stated("tool", "admins", NUMBER, "access.admins", "How many people have all rights.")
stated("tool", "dpa", words("signed", "pending", "none", "not_needed"), "dpa",
       "The data processing agreement with the vendor (GDPR article 28).")  # fmt: skip
stated("tool", "region", TEXT, "region", "Where the data is kept.")
