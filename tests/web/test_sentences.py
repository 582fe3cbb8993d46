"""The sentences of a pair on a page: the one that stands for the other is marked with it."""

from bs4 import BeautifulSoup

from listing.web.sentences import paired

ZH = "公司成立于2012年。员工<312>人。\n\n产品销往12国。"
EN = "Founded in 2012. It has <312> employees. It sells to 12 countries."


def _read(markup):
    return BeautifulSoup(markup, "html.parser")


def test_sentences_that_stand_for_each_other_share_a_mark():
    zh, en = map(_read, paired(ZH, EN))
    assert [p.text for p in zh.find_all("p")] == ["公司成立于2012年。员工<312>人。", "产品销往12国。"]
    assert [p.text for p in en.find_all("p")] == [EN]
    marks = [[span["data-pair"] for span in side.select(".s")] for side in (zh, en)]
    assert marks[0] == marks[1]
    assert len(set(marks[0])) == 3


def test_one_sentence_needs_no_mark():
    assert paired("成立于2012年。", "Founded in 2012.") == ("<p>成立于2012年。</p>", "<p>Founded in 2012.</p>")
