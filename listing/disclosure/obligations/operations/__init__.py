"""Taking a tier, noting what happened, filing."""
