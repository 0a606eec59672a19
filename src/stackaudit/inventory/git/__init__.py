"""Reading revisions by running git itself: objects only, never the work tree or the index."""
