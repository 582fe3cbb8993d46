"""Whose names of an application are compared with the lists of sanctioned persons, and whether all are cleared."""

from collections.abc import Mapping
from datetime import datetime

from listing.access.actor import Actor
from listing.screening import operations, queries
from listing.screening.rules import CLEAR, Case, Subject

KIND = "admission"


def subjects(contents: Mapping[str, Mapping]) -> list[Subject]:
    """The institution, its signatories and its owners, each with every name known."""
    institution = contents["institution"]
    own = tuple(institution[key] for key in ("name_zh", "name_en") if key in institution)
    signing = [Subject("signatory", (row["name"],)) for row in contents["signatories"]["signatories"]]
    owning = [Subject("owner", (row["name"],)) for row in contents["owners"].get("owners", ())]
    return [Subject("institution", own), *signing, *owning]


def case(application_id: int) -> Case:
    """The case that screening knows an application by."""
    return Case(KIND, application_id)


def compare(submission, *, actor: Actor, now: datetime):
    """Compare every name of a submission with the lists in force. Raises screening's NoLists."""
    contents = submission.content["pages"]
    return operations.screen(case=case(submission.application_id), subjects=subjects(contents), actor=actor, now=now)


def standing(application_id: int) -> str:
    """Where the comparison stands, as ``screening`` says it."""
    return queries.standing(case(application_id))


def cleared(application_id: int) -> bool:
    """Whether every name was compared with the lists in force and every hit was resolved in favour."""
    return standing(application_id) == CLEAR
