"""One file per format: an AuditResult and its figures in, text or bytes out; no computing."""
