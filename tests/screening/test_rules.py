"""What a list must look like, and where a case stands."""

import pytest

from listing.screening import rules

HEAD = "reference,kind,name,aliases,detail\n"


def _read(text):
    return rules.read((HEAD + text).encode())


def test_a_line_gives_every_name_once():
    one, two = _read('1,person,甲乙,"A B; 甲乙 ;",born\r\n\n2,entity,C,,"two\nlines"\n')
    assert one == rules.Listed("1", "person", ("甲乙", "A B"), "born")
    assert two == rules.Listed("2", "entity", ("C",), "two\nlines")
    assert rules.read(b"\xef\xbb\xbf" + (HEAD + "1,person,A,,").encode())[0].names == ("A",)


@pytest.mark.parametrize(
    ("text", "refusal", "line"),
    [
        ("1,person,A,", rules.NotFiveColumns, 2),
        ("1,person,A,,\n2,person,,,", rules.NotNamed, 3),
        (",person,A,,", rules.NotNamed, 2),
        ("1,vessel,A,,", rules.UnknownKind, 2),
        ("1,person," + "x" * 301 + ",,", rules.CellTooLong, 2),
        ("1,person,A,,\n\n1,person,B,,", rules.NamedTwice, 4),
    ],
)
def test_a_bad_line_is_named(text, refusal, line):
    with pytest.raises(refusal) as raised:
        _read(text)
    assert raised.value.params == {"line": line}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"name\nA", HEAD.encode(), (HEAD + '1,"person').encode()])
def test_what_is_no_list_is_refused(content):
    with pytest.raises(rules.NotAList):
        rules.read(content)


def test_too_much_is_refused():
    with pytest.raises(rules.TooLong):
        rules.read(b"x" * (rules.MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("screened", "current", "outcomes", "standing"),
    [
        (None, [("A", "1")], [], "never"),
        ([["A", "1"]], [("A", "1")], [], "clear"),
        ([["A", "1"]], [("A", "1")], ["cleared"], "clear"),
        ([["A", "1"]], [("A", "1")], ["cleared", "open"], "waiting"),
        ([["A", "1"]], [("A", "1")], ["open", "confirmed"], "meant"),
        ([["A", "1"]], [("A", "2")], ["cleared"], "outdated"),
        ([["A", "1"]], [("A", "1"), ("B", "1")], [], "outdated"),
        ([], [], [], "outdated"),
    ],
)
def test_only_a_case_checked_against_all_lists_with_no_hit_left_is_clear(screened, current, outcomes, standing):
    assert rules.standing(screened=screened, current=current, outcomes=outcomes) == standing
