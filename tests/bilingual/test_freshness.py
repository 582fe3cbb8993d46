"""Whether a pair says when its two sides no longer stand for each other."""

import json
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from listing.bilingual import freshness
from listing.bilingual.freshness import Freshness, MachineTextUnread, NotComplete, confirmed, saved, state, together
from listing.bilingual.pair import Pair

from ..factories import NOW

LATER = NOW + timedelta(days=2)
ZH, EN = "公司年产能为3万套。", "The company makes 30,000 sets a year."


def _said(pair, fresh):
    found = state(pair, fresh)
    return found.name, found.reason, found.sides


def _both():
    return Pair(ZH, EN), together(Pair(ZH, EN), by="Chi", now=NOW)


def test_a_pair_that_arrives_whole_is_complete_since_then():
    pair, fresh = _both()
    assert state(pair, fresh) == ("complete", "written", (), NOW, "Chi")


def test_a_pair_without_memory_is_a_draft_until_somebody_says_more():
    assert _said(Pair(ZH, EN), Freshness()) == ("draft", "unmet", ("zh", "en"))
    assert _said(Pair(ZH, EN), confirmed(Pair(ZH, EN), Freshness(), by="Chi", now=NOW))[0] == "confirmed"


def test_the_missing_side_is_named_and_completes_the_pair_when_written():
    start = Pair(ZH, "")
    fresh = together(start, by="Chi", now=NOW)
    assert state(start, fresh) == ("missing", "unwritten", ("en",), NOW, None)
    fresh = saved(start, Pair(ZH, EN), fresh, by="Lau", now=LATER)
    assert state(Pair(ZH, EN), fresh) == ("complete", "written", (), LATER, "Lau")


def test_a_change_of_one_side_makes_the_other_late_with_the_date_of_the_change():
    pair, fresh = _both()
    fresh = confirmed(pair, fresh, by="Lau", now=NOW)
    moved = Pair(ZH.replace("3", "4"), EN)
    late = saved(pair, moved, fresh, by="Chi", now=LATER)
    assert state(moved, late) == ("needs update", "other changed", ("en",), LATER, None)
    assert _said(pair, late) == ("confirmed", "read", ()), "put back as it was, it is what it was"
    again = Pair(moved.zh + "产品销往海外。", EN)
    assert _said(again, saved(moved, again, late, by="Chi", now=LATER))[0] == "needs update"
    mended = Pair(moved.zh, EN.replace("30", "40"))
    assert _said(mended, saved(moved, mended, late, by="Lau", now=LATER)) == ("complete", "written", ())
    ticked = confirmed(moved, late, by="Lau", now=LATER)
    assert state(moved, ticked) == ("confirmed", "read", (), LATER, "Lau")
    assert _said(mended, ticked) == ("needs update", "other changed", ("zh",)), "the tick is bound to what was read"


def test_both_sides_changed_elsewhere_need_more_than_one_edit():
    pair, fresh = _both()
    elsewhere = Pair(ZH + "已量产。", EN + " In production.")
    assert _said(elsewhere, fresh) == ("needs update", "both changed", ("zh", "en"))
    edited = Pair(elsewhere.zh, elsewhere.en + " Since May.")
    assert _said(edited, saved(elsewhere, edited, fresh, by="Chi", now=LATER))[0] == "needs update"


def test_what_a_program_made_stays_a_draft_until_edited_or_read():
    start = Pair(ZH, "")
    fresh = together(start, by="Chi", now=NOW)
    pair = Pair(ZH, EN)
    fresh = saved(start, pair, fresh, by="Chi", now=LATER, made={"en": freshness.TRANSLATED})
    assert _said(pair, fresh) == ("draft", "machine", ("en",))
    assert fresh.made(pair, "en") == "translated"
    with pytest.raises(MachineTextUnread):
        confirmed(pair, fresh, by="Chi", now=LATER)
    read = confirmed(pair, fresh, by="Chi", now=LATER, machine_read=True)
    assert _said(pair, read) == ("confirmed", "read", ())
    assert read.made(pair, "en") == "translated", "read, and still made by a program"
    edited = Pair(ZH, EN.replace("makes", "can make"))
    after = saved(pair, edited, fresh, by="Chi", now=LATER)
    assert after.made(edited, "en") is None
    assert _said(edited, after) == ("needs update", "other changed", ("zh",))
    assert _said(pair, after) == ("draft", "machine", ("en",))


def test_an_unfinished_pair_is_a_draft_until_saved_without():
    pair, _ = _both()
    fresh = saved(Pair("", ""), pair, Freshness(), by="Chi", now=NOW, unfinished=True)
    assert _said(pair, fresh) == ("draft", "unfinished", ())
    assert _said(pair, saved(pair, pair, fresh, by="Chi", now=LATER))[0] == "complete"


def test_an_emptied_side_leaves_an_orphan():
    pair, fresh = _both()
    alone = Pair("", EN)
    left = saved(pair, alone, fresh, by="Chi", now=LATER)
    assert state(alone, left) == ("missing", "orphan", ("zh",), LATER, None)
    new = Pair(ZH, "")
    rows = [("business", pair, fresh), ("team", alone, left), ("risk", new, together(new, by="Chi", now=NOW))]
    assert freshness.orphans(rows) == ("team",)


def test_nothing_is_confirmed_without_a_second_side():
    with pytest.raises(NotComplete):
        confirmed(Pair(ZH, " \u200b\n".replace("\u200b", "")), Freshness(), by="Chi", now=NOW)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("café", unicodedata.normalize("NFD", "café")),
        ("one  two\r\n\r\nthree ", "one two\nthree"),
        ("年产能 3 万套，\n已量产", "年产能3万套，已量产"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_formatting_counts_for_nothing(one, other):
    assert freshness.digest(one) == freshness.digest(other)


@pytest.mark.parametrize(
    ("one", "other"), [("3万", "3亿"), ("a b", "ab"), ("may", "will"), ("軟件", "软件"), ("", "0")]
)
def test_words_and_figures_count(one, other):
    assert freshness.digest(one) != freshness.digest(other)


TEXTS = st.sampled_from(("", " ", "甲", "乙", " 甲 ", "甲\n", "A", "B", "A  ", "é", "e\u0301"))


class Editing(RuleBasedStateMachine):
    """Any order of saves, ticks, programs and changes behind the back of this module.

    The oracle knows the texts themselves: which pairs somebody ticked, and which were the outcome of a save that wrote
    every side that was behind.
    """

    @initialize()
    def begin(self):
        self.pair, self.fresh = Pair("", ""), Freshness()
        self.ticked, self.met, self.last, self.now = set(), set(), None, NOW

    def _meet(self):
        self.last = self._key(self.pair)
        self.met.add(self.last)

    def _held_together(self, old, new):
        """Whether a save wrote both sides, or the only one that was missing or had not followed the other."""
        written = [side for side in (0, 1) if old[side] != new[side]]
        if not all(new) or len(written) != 1:
            return all(new) and len(written) == 2
        side, other = written[0], 1 - written[0]
        if not old[side]:
            return True
        return self.last is not None and old[side] == self.last[side] and old[other] != self.last[other]

    def _key(self, pair):
        return tuple(" ".join(unicodedata.normalize("NFC", text).split()) for text in (pair.zh, pair.en))

    @rule(zh=TEXTS, en=TEXTS, program=st.sampled_from((None, "zh", "en")), unfinished=st.booleans())
    def save(self, zh, en, program, unfinished):
        before, self.pair = self.pair, Pair(zh, en)
        if self._held_together(self._key(before), self._key(self.pair)):
            self._meet()
        self.now += timedelta(hours=1)
        made = {program: freshness.TRANSLATED} if program else None
        self.fresh = saved(before, self.pair, self.fresh, by="Chi", now=self.now, made=made, unfinished=unfinished)

    @rule(zh=TEXTS)
    def edit_chinese(self, zh):
        self.save(zh, self.pair.en, None, False)

    @rule(en=TEXTS)
    def edit_english(self, en):
        self.save(self.pair.zh, en, None, False)

    @rule(machine_read=st.booleans())
    def tick(self, machine_read):
        try:
            self.fresh = confirmed(self.pair, self.fresh, by="Lau", now=self.now, machine_read=machine_read)
        except (NotComplete, MachineTextUnread):
            return
        self.ticked.add(self._key(self.pair))
        self._meet()

    @rule(zh=TEXTS, en=TEXTS)
    def change_elsewhere(self, zh, en):
        self.pair = Pair(zh, en)

    @rule()
    def keep_and_load(self):
        self.fresh = Freshness.from_json(json.loads(json.dumps(self.fresh.as_json())))

    @invariant()
    def nothing_is_vouched_for_that_nobody_held_together(self):
        found = state(self.pair, self.fresh)
        assert found.name in freshness.STATES
        if found.name in ("complete", "confirmed"):
            held = (freshness.digest(self.pair.zh), freshness.digest(self.pair.en))
            assert held == self.fresh.met[:2], "the digests differ"
            assert self._key(self.pair) in self.met
            assert not (found.name == "complete" and any(self.fresh.made(self.pair, side) for side in ("zh", "en")))
        if found.name == "confirmed":
            assert self._key(self.pair) in self.ticked
        assert (found.name == "missing") == bool(self.pair.missing)


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=150, stateful_step_count=20, deadline=None)
