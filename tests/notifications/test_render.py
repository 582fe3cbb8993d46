from email import message_from_bytes, policy

import pytest

from listing.notifications import render

from .notices import NOW, an_address, queued


def _mail(notice):
    return message_from_bytes(render.envelope(notice, NOW).content, policy=policy.SMTP)


def test_words_are_in_the_recipients_language_and_zone(app):
    told = render.words(queued(to=an_address(language="zh-Hans", zone="Asia/Shanghai")))
    assert "2026年12月8日 星期二 14:10（上海，UTC+8）, zh_Hans" in told.text
    assert '<html lang="zh-Hans">' in told.html
    assert told.subject.endswith(" Quantum sensing day")


def test_the_language_of_the_page_does_not_matter(app):
    notice = queued(to=an_address(language="zh-Hant"))
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert '<html lang="zh-Hant">' in render.words(notice).html


def test_text_and_html_carry_the_one_link(app):
    told = render.words(queued())
    assert told.text.count("https://market.example/en/roadshows/7") == 1
    assert told.html.count('href="https://market.example/en/roadshows/7"') == 1


def test_a_second_link_is_refused(app):
    with pytest.raises(render.Malformed):
        render.words(queued(message="twolinks"))


def test_a_typed_title_brings_no_link_and_no_markup(app):
    data = {"path": "/en", "title": "<b>https://evil.example</b>", "starts_at": "2026-12-08T06:10:00+00:00"}
    told = render.words(queued(data=data))
    assert "&lt;b&gt;https evil.example&lt;/b&gt;" in told.html
    assert "https evil.example" in told.text


def test_headers_of_every_copy_are_the_same(app):
    notice = queued()
    first, second = _mail(notice), _mail(notice)
    assert first["Message-ID"] == second["Message-ID"] == notice.message_id
    assert (first["X-Reminder-Key"], first["Auto-Submitted"]) == (notice.key, "auto-generated")
    assert str(first["From"]) == "湾桥 Baybridge <noreply@market.example>"


# F17: a name with line breaks of any kind makes no header and no second recipient.
@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x00", "\u2028", "\u2029", "\u0085", "\x0b", "\u202e"])
def test_a_name_makes_no_header(app, break_):
    trick = f"Ann{break_}Bcc: all@evil.example{break_}{break_}<x@evil.example>, b@evil.example"
    data = {"path": "/en", "title": trick, "starts_at": "2026-12-08T06:10:00+00:00"}
    mail = _mail(queued(to=an_address(name=trick), data=data))
    assert sorted(mail.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "X-Reminder-Key", "Auto-Submitted"]
        + ["Content-Language", "MIME-Version", "Content-Type"]
    )
    assert [address.addr_spec for address in mail["To"].addresses] == ["p1@fund.example"]
    assert not any(ord(c) < 32 or c in "\u2028\u2029\u0085\u202e" for c in mail["Subject"] + str(mail["To"]))


def test_a_chinese_name_and_subject_come_back_whole(app):
    data = {"path": "/en", "title": "湾区量子传感路演" * 8, "starts_at": "2026-12-08T06:10:00+00:00"}
    mail = _mail(queued(to=an_address(name="𠮷野 太郎"), data=data))
    assert mail["To"].addresses[0].display_name == "𠮷野 太郎"
    assert mail["Subject"].endswith("湾区量子传感路演" * 8)
