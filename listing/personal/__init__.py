"""What is held about one person: a copy of it, and its erasure as far as the law lets it go."""
