"""Rule books: their grammar, and the engine that says what a book makes of the facts of a case."""
