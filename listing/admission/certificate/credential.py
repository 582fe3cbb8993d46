"""The admission as a verifiable credential, shaped as the QualifiedInvestorCredential of JR/T 0325-2024; pure.

The signature of that standard is SM2Signature2022 of an accredited issuer, which this platform is not: the credential
carries no proof of its own, and ``credentialStatus`` leads to the page that says whether it is in force.
"""

from collections.abc import Mapping
from datetime import datetime

from listing.journal.canonical import instant

CONTEXT = "https://www.w3.org/2018/credentials/v1"
TYPES = ("VerifiableCredential", "QualifiedInvestorCredential")
MARKET = "guangdong"


def credential(
    *,
    code: str,
    organisation_id: int,
    names: Mapping[str, str],
    book: tuple[str, str, str],
    grade: str,
    markets: list[str],
    conditions: Mapping[str, str],
    since: datetime,
    until: datetime,
    url: str,
) -> dict[str, object]:
    """The credential as JSON; ``book`` is id, version and digest of the rule book."""
    return {
        "@context": [CONTEXT],
        "id": f"did:rem:{MARKET}:credential-{code}",
        "type": list(TYPES),
        "issuer": f"did:rem:{MARKET}:baybridge",
        "issuanceDate": instant(since),
        "expirationDate": instant(until),
        "credentialSubject": {
            "id": f"did:rem:{MARKET}:investor-{organisation_id}",
            "subject_company_name": names["zh"],
            "subject_company_english_name": names["en"],
            "subject_investor_qualification": grade,
            "subject_investor_qualification_sub": book[0],
            "subject_investor_qualification_description": f"{book[0]} {book[1]}",
            "rule_book_sha256": book[2],
            "markets": markets,
            "conditions": dict(conditions),
        },
        "credentialStatus": {"id": url, "type": "StatusPage"},
    }
