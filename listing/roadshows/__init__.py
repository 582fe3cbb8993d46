"""Roadshows: days, sessions and companies; who has a place; what those people are told and when."""
