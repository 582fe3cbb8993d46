"""What a view for programs says of itself; the OpenAPI document and the page about the API are made of it.

A new address is one view with three marks: its route on ``views.bp``, ``@describes`` and
``@requires(…, scope=Scope.X)``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query: its name, what it means, and its JSON Schema."""

    name: str
    meaning: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """``answer`` and ``body`` name schemas of schemas.py; ``also`` are further statuses it answers with."""

    summary: str
    answer: str
    parameters: tuple[Parameter, ...] = ()
    body: str | None = None
    also: tuple[int, ...] = ()


def describes(
    summary: str, answer: str, *parameters: Parameter, body: str | None = None, also: tuple[int, ...] = ()
) -> Callable:
    """Describe a view; ``summary`` is a catalogue key, because the page about the API says it in three languages."""

    def mark(view):
        view.described = Described(summary, answer, parameters, body, also)
        return view

    return mark


def described(view: Callable | None) -> Described | None:
    """What a view says of itself; None for one that is not for programs."""
    return getattr(view, "described", None)
