"""What the regulator is given: versioned objects told from the log, sealed, and checked by whoever holds the file."""
