"""Audits over time: a change against its base, one state of a stack beside another."""
