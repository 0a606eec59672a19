"""What is shown, computed once: every output reads the same figures."""
