"""How the application is loaded: without a look for garbage, of which loading leaves next to none.

Python would go through all that was loaded so far a dozen times, a tenth of the whole start; and again and again
later, although it stays for as long as the process does.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Look for no garbage while loading, and never among what was loaded."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
