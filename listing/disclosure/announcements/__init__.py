"""Announcements: written in both languages, signed by another person, released at one instant, then never changed."""
