"""A named reason why something is not done, in words that can be translated.

Rules and operations raise subclasses; the web floor shows ``message`` in the reader's language. The message is an
English catalogue key with named placeholders, marked for extraction with ``N_``.
"""


def N_(message: str) -> str:
    """Mark ``message`` for the catalogues without translating it here."""
    return message


class Said(str):
    """A parameter of a message that is itself a message of the catalogue."""

    __slots__ = ()


class Refusal(Exception):
    """Base of all named refusals; ``params`` fill the placeholders of ``message``.

    ``place`` names the field it belongs to, where that depends on what was found.
    """

    message = N_("This cannot be done now.")
    place = ""

    def __init__(self, **params: object):
        super().__init__(self.message % params if params else self.message)
        self.params = params
