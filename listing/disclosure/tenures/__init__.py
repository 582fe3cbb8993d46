"""In which tier a company is, and what that alone asks of it; what it owes is in ``obligations``."""
