"""Several forms of a reviewer's page outlive the session, each with its own words."""

from bs4 import BeautifulSoup

from tests.factories import signed_in
from tests.web import test_interrupted as interrupted

from .test_pages import fields, press


def test_each_form_of_a_page_keeps_its_own_words_also_one_shown_in_several_places(client, submission, reviewers):
    client.set_cookie("device", "this-browser")
    case, page = reviewers[0].user, f"/en/review/profiles/{submission.id}"
    press(signed_in(client, case), page, "/claim", note="")
    shown = BeautifulSoup(client.get(page).text, "lxml")
    boxes = {box.select_one("[name=place]")["value"]: box for box in shown.select("details.comment form")[:2]}
    first, second = boxes
    typed = {first: "Say when.", second: "State the valuation."}
    sent = {place: fields(form) | {"text": typed[place]} for place, form in boxes.items()}
    recusing = interrupted.hidden(client, page, "/recuse") | {"reason": "My cousins."}
    interrupted.ended(client)
    for place, data in sent.items():
        assert client.post(boxes[place]["action"], data=data).location == f"/en/login?next={page}"
    client.post(f"{page}/recuse", data=recusing)

    def back():
        shown = BeautifulSoup(client.get(page).text, "lxml")
        texts = {box["name"]: box.get_text().strip() for box in shown.select("textarea[name=reason]")}
        for box in shown.select("details.comment form"):
            texts[box.select_one("[name=place]")["value"]] = box.textarea.get_text().strip()
        return {name: text for name, text in texts.items() if text}

    signed_in(client, case)
    assert back() == typed | {"reason": "My cousins."}
    assert press(client, page, "/comments", place=second, text=typed[second]).status_code == 303
    assert back() == {first: "Say when.", "reason": "My cousins."}
    refused = client.post(f"{page}/recuse", data=interrupted.hidden(client, page, "/recuse") | {"reason": ""})
    assert ("Say when." in refused.text, "State the valuation." in refused.text) == (True, True)
