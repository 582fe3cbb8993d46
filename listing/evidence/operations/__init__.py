"""Keeping evidence, granting and ending access, opening it, destroying it, and changing the key it lies under."""
