"""The terms of this field: what they mean, how each language says them, and whether a pair of texts holds to them."""

from listing.bilingual.terms.checking import check
from listing.bilingual.terms.company import CompanyTerm
from listing.bilingual.terms.finding import TermFinding
from listing.bilingual.terms.forbidden import Rule, forbidden, rules
from listing.bilingual.terms.glossary import FIELDS, Term, by_id, glossary

__all__ = ["FIELDS", "CompanyTerm", "Rule", "Term", "TermFinding", "by_id", "check", "forbidden", "glossary", "rules"]
