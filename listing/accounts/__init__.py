"""People, organisations, roles, sign-in and sessions. Knows nothing of what people then do here."""
