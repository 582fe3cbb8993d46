"""Faults the product must survive, in full: real processes, real kills, both databases.

``python -m faults`` is the way in. The short forms of the same faults are tests under tests/. Not part of the product.
"""
