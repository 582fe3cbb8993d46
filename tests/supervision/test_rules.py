"""How versions follow each other: pure."""

import pytest

from listing.supervision.rules import BrokenChain, finish, follow


def chain(*steps):
    """Follow steps such as ``create 0``."""
    known = None
    for step in steps:
        operation, version = step.split()
        known = follow(known, operation, int(version))
    finish(known)


@pytest.mark.parametrize(
    "steps",
    [
        ("create 0", "update 1", "update 2", "delete 3"),
        ("create 0", "delete 1"),
        ("update 7", "update 8"),  # a file that goes on where another ended
        ("delete 3",),
        ("create 0", "update 1", "update 2", "overwrite 1", "overwrite 2", "update 3"),
        ("create 0", "overwrite 0", "update 1"),
    ],
)
def test_versions_that_follow_each_other(steps):
    chain(*steps)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (("create 1",), "version 0 is a creation"),
        (("update 0",), "version 0 is a creation"),
        (("create 0", "update 2"), "does not follow version 0"),
        (("create 0", "update 0"), "does not follow version 0"),
        (("create 0", "create 1"), "created before"),
        (("create 0", "delete 1", "update 2"), "nothing follows a deletion"),
        (("create 0", "overwrite 1"), "no version 1 to overwrite"),
        (("create 0", "update 1", "overwrite 0", "update 2"), "version 1 has to be overwritten first"),
        (("create 0", "update 1", "overwrite 0"), "version 1 was not overwritten"),
        (("create 0", "update 1", "update 2", "overwrite 0", "overwrite 2"), "no version 2 to overwrite now"),
    ],
)
def test_versions_that_do_not(steps, why):
    with pytest.raises(BrokenChain, match=why):
        chain(*steps)
