"""What an enterprise's own server hears of a profile on its way: each step it took part in or waits for, by number."""

import json

from listing.profiles import operations as profiles
from listing.reviewing import operations as review
from tests.factories import NOW, a_member, a_user, an_organisation
from tests.reviewing.conftest import SECOND_FACTOR, acting, case, sent


def test_the_way_of_a_profile_is_told_without_who_reads_it(sink, hook, run):
    signer = a_member(an_organisation("enterprise"), "owner", a_user(**SECOND_FACTOR))
    operator = an_organisation("operator")
    first, second = (a_member(operator, "reviewer", a_user(**SECOND_FACTOR)) for _ in range(2))
    hook(organisation=signer.organisation)

    def do(operation, submission, member, **more):
        operation(case=case(submission, member), actor=acting(member), now=NOW, **more)

    submission = sent(signer)
    profile = case(submission, first).profile
    profiles.recall(profile=profile, actor=acting(signer), now=NOW)
    submission = sent(signer, profile)
    do(review.claim, submission, first)
    do(review.send_back, submission, first, note="The turnover lacks its year.")
    submission = sent(signer, profile)
    do(review.claim, submission, first)
    do(review.check_identity, submission, first, how="Register, 23 November 2026")
    do(review.approve, submission, first)
    do(review.claim, submission, second)
    do(review.approve, submission, second)
    run()
    told = [json.loads(call.body) for call in sink.calls]
    mine = [one for one in told if one["data"]["subject"]["kind"] == "profile"]
    assert sorted((one["type"], one["data"]["number"]) for one in mine) == [
        ("profile.recalled", 1),
        ("profile.submitted", 1),
        ("profile.submitted", 2),
        ("profile.submitted", 3),
        ("review.publish", 3),
        ("review.return", 2),
    ]
    assert {name for one in mine for name in one["data"]} == {"entry", "organisation", "subject", "number"}
