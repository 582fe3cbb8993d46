"""SM2 seals: the example of the standard holds, a changed byte does not, and the file of the regulator carries them."""

import json
import shutil
import subprocess
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from listing.supervision import sm2

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="the command of OpenSSL is not installed")

# GB/T 32918.5-2017, annex A.2: public key, message and signature.
POINT = bytes.fromhex(
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA
ALGORITHM = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")


def told(content):
    return b64encode(content).decode()


def made(path, *how):
    subprocess.run(["openssl", "genpkey", *how, "-out", path], check=True, capture_output=True)
    return path


@pytest.fixture
def key(tmp_path):
    """A private key in a file."""
    return made(tmp_path / "sm2.pem", "-algorithm", "SM2")


def test_the_example_of_the_standard():
    public = told(ALGORITHM + POINT)
    assert sm2.holds(public, told(encode_dss_signature(R, S)), b"message digest")
    assert not sm2.holds(public, told(encode_dss_signature(R, S)), b"message digesT")
    assert not sm2.holds(public, told(encode_dss_signature(R, S + 1)), b"message digest")


def test_a_key_of_another_curve_is_refused(tmp_path):
    other = made(tmp_path / "p256.pem", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
    with pytest.raises(sm2.NoSm2, match="not one of SM2"):
        sm2.Sm2Seal(other).public  # noqa: B018


def test_the_file_is_sealed_with_it_and_checked_by_who_has_the_public_key(app, key, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "SUPERVISION_SM2_KEY", str(key))
    command = app.test_cli_runner()
    file, public = tmp_path / "file.jsonl", tmp_path / "sm2.pub"
    subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-out", public], check=True)
    written = command.invoke(args=["supervision", "export", "--since", "0001-01-01", "--to", str(file)])
    assert written.exit_code == 0, written.output
    lines = file.read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["seal"]["pub_key"]["type"] for line in lines} == {"SM2"}
    monkeypatch.setitem(app.config, "SUPERVISION_SM2_KEY", "")
    check = ["supervision", "verify", str(file), "--key"]
    assert command.invoke(args=[*check, str(public)]).exit_code == 0
    lines[0] = lines[0].replace(json.loads(lines[0])["seal"]["signature"], json.loads(lines[-1])["seal"]["signature"])
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    refused = command.invoke(args=[*check, str(public)])
    assert (refused.exit_code, "line 1: the signature is wrong" in refused.output) == (1, True)
    assert "sealed with another key" in command.invoke(args=check[:-1]).output


def test_without_openssl_it_says_so(app, key, monkeypatch):
    monkeypatch.setitem(app.config, "SUPERVISION_SM2_KEY", str(key))
    monkeypatch.setenv("PATH", "")
    refused = app.test_cli_runner().invoke(args=["supervision", "export", "--since", "0001-01-01"])
    assert (refused.exit_code, "OpenSSL does not answer" in refused.output) == (1, True)
