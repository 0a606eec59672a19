"""What rules can read: one documented function per fact, in files by family."""
