"""What counts as a problem: facts, expressions, rule files, and the engine that runs them."""
