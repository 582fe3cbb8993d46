"""A term of one company: a product, a technology, a person. Decides its shape only."""

from dataclasses import dataclass

KINDS = ("product", "technology", "person", "organisation", "other")


@dataclass(frozen=True, slots=True)
class CompanyTerm:
    """How a company writes one name of its own in either language, and which other forms it accepts."""

    zh: str
    en: str
    zh_also: tuple[str, ...] = ()
    en_also: tuple[str, ...] = ()
    kind: str = "other"

    @property
    def zh_forms(self) -> tuple[str, ...]:
        """Every accepted form in Chinese."""
        return (self.zh, *self.zh_also)

    @property
    def en_forms(self) -> tuple[str, ...]:
        """Every accepted form in English."""
        return (self.en, *self.en_also)
