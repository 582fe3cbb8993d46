"""The log: one entry for every change, in a Merkle tree whose signed head outsiders can keep.

Everyone appends, so it lies low and knows nobody: it stores who, what and when as values handed to it.
"""
