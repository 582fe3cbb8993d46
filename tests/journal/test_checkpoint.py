"""The signed note: what it looks like, whom it believes."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from listing.journal.checkpoint import BadCheckpoint, BadKey, Checkpoint, Signer, Verifier, parse, verify

ROOT = bytes(range(32))
SIGNER = Signer("market.example/log", bytes(32))
OTHER = Signer("market.example/log", b"\x01" * 32)
NOTE = SIGNER.sign(size=12, root=ROOT)


def test_the_note_is_a_c2sp_checkpoint():
    body, signature = NOTE.split("\n\n")
    assert body == f"market.example/log\n12\n{b64encode(ROOT).decode()}"
    assert signature.startswith("— market.example/log ")
    assert signature.endswith("\n")


def test_signing_is_deterministic_and_verifies():
    assert SIGNER.sign(size=12, root=ROOT) == NOTE
    assert verify(NOTE, SIGNER.verifier()) == Checkpoint("market.example/log", 12, ROOT) == parse(NOTE)


def test_the_verifier_key_reads_back():
    text = str(SIGNER.verifier())
    assert text == "market.example/log+44b6aeb7+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
    assert Verifier.parse(f"{text}\n") == SIGNER.verifier()


def test_signatures_of_others_are_passed_over():
    cosigned = NOTE + OTHER.sign(size=12, root=ROOT).split("\n\n")[1] + "— witness.example AAAAAAAAAA==\n"
    assert verify(cosigned, SIGNER.verifier()).size == 12
    assert verify(cosigned, OTHER.verifier()).size == 12


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        NOTE.replace("12", "13"),
        NOTE.replace("\n12\n", "\n012\n"),
        NOTE.replace("market.example/log\n", "market.example/other\n", 1),
        NOTE.replace(b64encode(ROOT).decode(), b64encode(bytes(32)).decode()),
        NOTE[:-1],
        NOTE[:-6] + "\n",
        NOTE.split("\n\n")[0] + "\n",
        NOTE + "not a signature\n",
        OTHER.sign(size=12, root=ROOT),
        NOTE.split("\n\n")[0] + "\n\n— market.example/log !!!!\n",
    ],
)
def test_a_note_bent_anywhere_is_refused(note):
    with pytest.raises(BadCheckpoint):
        verify(note, SIGNER.verifier())


def test_a_signed_text_that_is_no_checkpoint_is_refused():
    with pytest.raises(BadCheckpoint):
        verify(SIGNER.sign(size=-1, root=ROOT), SIGNER.verifier())
    with pytest.raises(BadCheckpoint):
        verify(SIGNER.sign(size=1, root=ROOT[:31]), SIGNER.verifier())


@pytest.mark.parametrize(
    "text", ["", "a+b", "market.example/log+00000000+AAAA", str(SIGNER.verifier()).replace("+A", "+B")]
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(BadKey):
        Verifier.parse(text)


def test_a_note_about_another_log_is_refused_though_the_signature_holds():
    body = Checkpoint("market.example/other", 12, ROOT).body()
    signature = SIGNER.verifier().key_id() + Ed25519PrivateKey.from_private_bytes(SIGNER.seed).sign(body.encode())
    with pytest.raises(BadCheckpoint, match="about another log"):
        verify(f"{body}\n— {SIGNER.name} {b64encode(signature).decode()}\n", SIGNER.verifier())


def test_a_key_under_another_name_is_another_key():
    renamed = str(SIGNER.verifier()).replace("market", "forger")
    with pytest.raises(BadKey):
        Verifier.parse(renamed)


def test_the_settings_give_name_and_seed():
    settings = {"PUBLIC_URL": "https://market.example/app/", "LOG_SIGNING_KEY": "k" * 40}
    assert Signer.of(settings).name == "market.example/app/log"
    assert Signer.of({**settings, "LOG_ORIGIN": "log.example"}).name == "log.example"
    assert Signer.of(settings).seed != Signer.of({**settings, "LOG_SIGNING_KEY": "l" * 40}).seed
    with pytest.raises(BadKey):
        Signer.of({**settings, "LOG_ORIGIN": "log + example"})
