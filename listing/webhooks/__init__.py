"""Telling an organisation's own server what happened to it: addresses, deliveries, and the way there."""
