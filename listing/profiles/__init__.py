"""The enterprise's own pages: drafting what it tells, looking at it as others would, sending it for review."""
