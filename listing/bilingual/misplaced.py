"""How it is told that a side of a pair is in the other language (``Pair.misplaced``)."""

from listing.refusal import N_, Refusal


class NotChinese(Refusal):
    message = N_("The Chinese is not in Chinese.")


class NotEnglish(Refusal):
    message = N_("The English is not in English.")


BY_SIDE = {"zh": NotChinese, "en": NotEnglish}
