"""Changes to people and organisations, one file a family of verbs."""
