"""F23: every way of changing the log by SQL is found and named; a perfect forgery fails against a kept checkpoint."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

from listing.journal import merkle, queries, verification
from listing.journal.checkpoint import Checkpoint, Signer, verify
from listing.journal.verification import Fault, Kind
from listing.store.db import db

from . import forger
from .factories import NOW, ORIGIN, SECRET, a_log, an_entry
from .forger import ENTRY, HEAD, NODE, edit, strike

SIZE = 11
ZERO = bytes(32)
SIGNER = Signer.of({"PUBLIC_URL": "", "LOG_ORIGIN": ORIGIN, "LOG_SIGNING_KEY": SECRET})


@pytest.fixture
def kept(app):
    """A log of eleven entries, and the checkpoint an outsider keeps of it."""
    a_log(SIZE)
    tip = queries.tip()
    return SIGNER.sign(size=tip.size, root=tip.root)


def outside(kept: str) -> Checkpoint:
    return verify(kept, SIGNER.verifier())


def faults(checkpoint: Checkpoint | None = None) -> list[Fault]:
    return list(verification.verify(checkpoint).faults)


def one(kind: Kind, first: int, last: int) -> list[Fault]:
    return [Fault(kind, first, last)]


def test_an_honest_log_holds_and_goes_on_holding(kept):
    assert faults(outside(kept)) == []
    a_log(5)
    assert faults(outside(kept)) == []


def test_a_log_of_nothing_holds(app):
    assert verification.verify() == verification.Verdict(0, merkle.EMPTY_ROOT, ())
    assert verification.verify(Checkpoint(ORIGIN, 0, merkle.EMPTY_ROOT)).holds


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", NOW - timedelta(days=1)),
        ("code", "company.withdrawn"),
        ("actor_id", 8),
        ("actor_label", "陳大文"),
        ("subject_kind", "roadshow"),
        ("subject_id", "1"),
        ("organisation_id", None),
        ("data", {"revision": 5}),
        ("salt", ZERO),
    ],
)
def test_an_edited_column_names_the_entry(kept, column, value):
    forger.write(edit(4, **{column: value}))
    assert faults() == one(Kind.ENTRY_ALTERED, 4, 4)


def test_every_entry_is_watched(kept):
    for index in range(SIZE):
        forger.write(edit(index, code="company.withdrawn"))
        assert faults()[-1] == Fault(Kind.ENTRY_ALTERED, index, index)
    assert len(faults()) == SIZE


def test_an_edited_entry_with_its_hash_recomputed_breaks_the_subtree_above(kept):
    forger.write(edit(4, code="company.withdrawn"))
    forger.rehash(4)
    assert faults() == one(Kind.NODE_ALTERED, 4, 5)


def test_the_last_entry_with_its_hash_recomputed_breaks_the_head(kept):
    forger.write(edit(10, code="company.withdrawn"))
    forger.rehash(10)
    assert faults() == one(Kind.HEAD_WRONG, 0, 10)


def test_an_edited_hash_is_named(kept):
    forger.write(edit(4, leaf_hash=ZERO))
    assert faults() == [Fault(Kind.ENTRY_ALTERED, 4, 4), Fault(Kind.NODE_ALTERED, 4, 5)]


def test_deleted_entries_are_named(kept):
    forger.write(strike(2, 2), strike(5, 8))
    assert faults() == [Fault(Kind.ENTRY_MISSING, 2, 2), Fault(Kind.ENTRY_MISSING, 5, 8)]


def test_a_swap_names_both_entries(kept):
    forger.write(*(update(ENTRY).where(ENTRY.c.index == a).values(index=b) for a, b in ((3, 99), (4, 3), (99, 4))))
    entries = [fault for fault in faults() if fault.kind is Kind.ENTRY_ALTERED]
    assert entries == [Fault(Kind.ENTRY_ALTERED, 3, 3), Fault(Kind.ENTRY_ALTERED, 4, 4)]


def test_a_cut_off_tail_is_named(kept):
    forger.write(strike(8, 10))
    assert faults() == one(Kind.ENTRY_MISSING, 8, 10)


def test_all_entries_deleted_are_named(kept):
    forger.write(delete(ENTRY))
    assert faults() == one(Kind.ENTRY_MISSING, 0, 10)
    assert faults(outside(kept)) == [Fault(Kind.ENTRY_MISSING, 0, 10), Fault(Kind.CHECKPOINT_LONGER, 0, 10)]


def test_a_head_pulled_back_leaves_entries_beyond_it(kept):
    frontier = b"".join(queries.tip().frontier[:1])
    forger.write(update(HEAD).values(size=8, frontier=frontier))
    assert faults() == [Fault(Kind.ENTRY_BEYOND_HEAD, 8, 10), Fault(Kind.NODE_SPURIOUS, 9, 9)]


def test_a_head_deleted_leaves_everything_beyond_it(kept):
    forger.write(delete(HEAD))
    assert faults() == [Fault(Kind.ENTRY_BEYOND_HEAD, 0, 10), Fault(Kind.NODE_SPURIOUS, 1, 9)]


@pytest.mark.parametrize("frontier", [b"", ZERO, b"x" * 40, ZERO * 3])
def test_an_edited_head_is_found(kept, frontier):
    forger.write(update(HEAD).values(frontier=frontier))
    assert faults() == one(Kind.HEAD_WRONG, 0, 10)


def test_a_head_pushed_forward_misses_entries_without_looking_for_each(kept):
    forger.write(update(HEAD).values(size=10**15))
    assert faults() == one(Kind.ENTRY_MISSING, 11, 10**15 - 1)


def test_an_entry_slipped_in_is_named(kept):
    copied = db.session.execute(select(*ENTRY.c).where(ENTRY.c.index == 10)).one()._asdict()
    forger.write(insert(ENTRY).values({**copied, "index": 11}), insert(ENTRY).values({**copied, "index": -1}))
    assert faults() == one(Kind.ENTRY_BEYOND_HEAD, -1, 11)


def test_edited_deleted_and_added_subtrees_are_named(kept):
    at = (NODE.c.last == 7) & (NODE.c.level == 2)
    forger.write(update(NODE).where(at).values(hash=ZERO))
    assert faults() == [Fault(Kind.NODE_ALTERED, 4, 7), Fault(Kind.NODE_ALTERED, 0, 7)]
    forger.write(delete(NODE).where(at))
    assert faults() == one(Kind.NODE_MISSING, 4, 7)
    forger.rebuild()
    forger.write(insert(NODE).values(last=6, level=1, hash=ZERO))
    assert faults() == one(Kind.NODE_SPURIOUS, 6, 6)


def test_a_tail_cut_off_cleanly_fails_against_the_kept_checkpoint(kept):
    forger.write(strike(8, 10))
    forger.rebuild()
    assert faults() == []
    assert faults(outside(kept)) == one(Kind.CHECKPOINT_LONGER, 8, 10)


def test_a_tail_rewritten_cleanly_fails_against_the_kept_checkpoint(kept):
    forger.write(strike(8, 10))
    forger.rebuild()
    for number in range(50, 60):
        an_entry(number)
    db.session.commit()
    assert faults() == []
    assert faults(outside(kept)) == one(Kind.CHECKPOINT_DIFFERS, 0, 10)


def test_a_forger_with_the_key_who_recomputes_everything_fails_against_the_kept_checkpoint(kept):
    forger.write(edit(4, data={"revision": 400}))
    forger.rebuild()
    forged = queries.tip()
    resigned = verify(SIGNER.sign(size=forged.size, root=forged.root), SIGNER.verifier())
    assert faults(resigned) == []
    assert faults(outside(kept)) == one(Kind.CHECKPOINT_DIFFERS, 0, 10)
    a_log(9)
    proof = queries.consistency(SIZE, queries.tip().size)
    facts = {"first": SIZE, "second": SIZE + 9, "second_root": proof.root, "path": proof.path}
    assert merkle.extends(first_root=resigned.root, **facts)
    assert not merkle.extends(first_root=outside(kept).root, **facts)


def test_batches_meet_without_a_seam(kept, monkeypatch):
    monkeypatch.setattr(verification, "BATCH", 3)
    assert faults(outside(kept)) == []
    forger.write(strike(4, 7), edit(9, code="company.withdrawn"))
    assert faults() == [Fault(Kind.ENTRY_MISSING, 4, 7), Fault(Kind.ENTRY_ALTERED, 9, 9)]


@pytest.mark.parametrize("engine_options", ["sqlite"], indirect=True)  # PostgreSQL's columns refuse such values
@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("data", "{half", [Fault(Kind.ENTRY_ALTERED, 4, 4)]),
        ("at", "yesterday", [Fault(Kind.ENTRY_ALTERED, 4, 4)]),
        ("salt", 5, [Fault(Kind.ENTRY_ALTERED, 4, 4)]),
        ("leaf_hash", "text", [Fault(Kind.ENTRY_ALTERED, 4, 4)]),
    ],
)
def test_what_no_column_should_hold_is_named_like_any_edit(kept, column, value, expected):
    forger.unguard()
    db.session.execute(text(f'UPDATE journal_entry SET {column} = :value WHERE "index" = 4'), {"value": value})
    db.session.commit()
    assert faults() == expected


def test_a_missing_subtree_is_refused_to_a_proof_and_not_invented(kept):
    forger.write(delete(NODE))
    with pytest.raises(queries.LogBroken):
        queries.inclusion(0, SIZE)


def test_entries_about_a_subject_come_newest_first(app):
    a_log(SIZE)
    found = db.session.scalars(queries.about("company", 101, before=9)).all()
    assert [row.index for row in found] == [7, 4, 1]
    assert db.session.scalars(queries.about("roadshow", 101)).all() == []
