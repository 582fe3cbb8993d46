"""Measures our pages beside floors built here: the least that a plain application of this kind would do.

Nothing in the product imports it. ``make bench`` runs it; docs/performance.md holds the last written result.
"""
