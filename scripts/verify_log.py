"""Check what a Baybridge log has published, offline, without trusting it.

Needs Python 3.11 and the package `cryptography`, nothing else; shares no code with the product and asks no network.
Fetch the files first (docs/journal.md says how), keep the key and your checkpoints where the log's owner cannot reach:

    verify_log.py checkpoint new.txt --key KEY
    verify_log.py consistency consistency.json --old kept.txt --new new.txt --key KEY
    verify_log.py entry entry.json proof.json --checkpoint new.txt --key KEY [--opening opening.json]
    verify_log.py receipt 2026-000123.json --key KEY [--zh zh.txt] [--en en.txt] [--pdf 2026-000123.pdf]
    verify_log.py mark lantern-512.json --key KEY

KEY is the verifier key itself or a file that holds it. Exit status 0: it holds. 1: it does not. 2: wrong usage.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Broken(Exception):
    """Something does not hold; the message says what."""


def require(holds, otherwise):
    """Go on only if it holds."""
    if not holds:
        raise Broken(otherwise)


def unbase64(text):
    """Strict base64."""
    return base64.b64decode(text, validate=True)


def hash_leaf(leaf):
    """RFC 6962 leaf hash."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def hash_pair(left, right):
    """RFC 6962 node hash."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def canonical(value):
    """JSON, keys by code point, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def read_key(given):
    """Name, key id and public key of `<name>+<id>+<key>`."""
    text = given if "+" in given else Path(given).read_text(encoding="utf-8")
    name, key_id, material = text.strip().split("+", 2)
    key = unbase64(material)
    require(len(key) == 33 and key[0] == 1, "the key is not an Ed25519 key")
    expected = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    require(expected.hex() == key_id, "the key does not match its own id")
    return name, expected, Ed25519PublicKey.from_public_bytes(key[1:])


def read_checkpoint(path, key):
    """Size and root of the checkpoint in a file, if its signature holds."""
    return believed(path, Path(path).read_text(encoding="utf-8"), key)


def believed(path, note, key):
    """Size and root of a checkpoint whose signature holds."""
    name, key_id, public = key
    body, gap, signatures = note.rpartition("\n\n")
    require(gap, f"{path}: no signature")
    body += "\n"
    for line in signatures.splitlines():
        dash, signer, blob = line.split(" ")
        raw = unbase64(blob)
        if dash == "—" and signer == name and raw[:4] == key_id:
            try:
                public.verify(raw[4:], body.encode())
            except InvalidSignature:
                raise Broken(f"{path}: the signature is wrong") from None
            origin, size, root = body.split("\n")[:3]
            require(origin == name, f"{path}: about another log")
            require(size.isdecimal() and len(unbase64(root)) == 32, f"{path}: not a checkpoint")
            return int(size), unbase64(root)
    raise Broken(f"{path}: not signed by {name}")


def root_from_inclusion(index, size, digest, path):
    """The root that a leaf and its path lead to, taken from the top of the tree downwards."""
    if size == 1:
        require(not path, "the path is too long")
        return digest
    require(path, "the path is too short")
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return hash_pair(root_from_inclusion(index, half, digest, path[:-1]), path[-1])
    return hash_pair(path[-1], root_from_inclusion(index - half, size - half, digest, path[:-1]))


def roots_from_consistency(old, new, path, old_root, *, whole=True):
    """The old and the new root that a consistency path leads to."""
    if old == new:
        if whole:
            require(not path, "the path is too long")
            return old_root, old_root
        require(len(path) == 1, "the path has the wrong length")
        return path[0], path[0]
    require(path, "the path is too short")
    half = 1 << (new - 1).bit_length() - 1
    if old <= half:
        left_old, left_new = roots_from_consistency(old, half, path[:-1], old_root, whole=whole)
        return left_old, hash_pair(left_new, path[-1])
    right_old, right_new = roots_from_consistency(old - half, new - half, path[:-1], old_root, whole=False)
    return hash_pair(path[-1], right_old), hash_pair(path[-1], right_new)


def check_checkpoint(given):
    """The signature of one checkpoint."""
    size, root = read_checkpoint(given.file, read_key(given.key))
    return f"signed: {size} entries, root {base64.b64encode(root).decode()}"


def check_consistency(given):
    """The log of the new checkpoint begins with that of the old one."""
    key = read_key(given.key)
    old, old_root = read_checkpoint(given.old, key)
    new, new_root = read_checkpoint(given.new, key)
    require(old <= new, f"the log has become shorter: {old} entries before, {new} now")
    path = [unbase64(step) for step in json.loads(Path(given.proof).read_text(encoding="utf-8"))["path"]]
    if old:
        led_old, led_new = roots_from_consistency(old, new, path, old_root)
        require(led_old == old_root, "the old entries are not those of the old checkpoint: the log was rewritten")
        require(led_new == new_root, "the proof does not lead to the new checkpoint: the log was rewritten")
    return f"continues: the first {old} of {new} entries are unchanged"


def check_entry(given):
    """An entry is in the log of a checkpoint, and content shown is what was committed to."""
    size, root = read_checkpoint(given.checkpoint, read_key(given.key))
    entry, proof = (json.loads(Path(path).read_text(encoding="utf-8")) for path in (given.entry, given.proof))
    opening = json.loads(Path(given.opening).read_text(encoding="utf-8")) if given.opening else None
    included(entry, proof, opening, size, root)
    shown = " with this content" if given.opening else ""
    return f"included: entry {entry['index']}, {entry['code']} at {entry['at']},{shown} in a log of {size}"


def check_receipt(given):
    """An announcement was released as it stands: its receipt, and the texts and the PDF one holds."""
    held = json.loads(Path(given.file).read_text(encoding="utf-8"))
    size, root = believed(given.file, held["checkpoint"], read_key(given.key))
    entry, said = held["entry"], held["opening"]["private"]
    included(entry, held["proof"], held["opening"], size, root)
    data = said["data"]
    require(said["subject_kind"] == "announcement" and said["subject_id"] == held["number"], "of another announcement")
    for side in ("zh", "en"):
        text = getattr(given, side)
        if text:
            digest = hashlib.sha256(Path(text).read_bytes()).hexdigest()
            require(digest == data[side], f"{text}: not the text that was released")
    if given.pdf:
        check_paper(held, given.pdf, size, root)
    return f"released: {held['number']}, {entry['code']} at {entry['at']}, in a log of {size}"


def check_paper(held, path, size, root):
    """Go on only if the PDF in a file is the one that the log holds for the announcement of a receipt."""
    paper = held["pdf"]
    require(paper, f"{path}: the PDF was not in the log yet when this receipt was made; fetch a new one")
    included(paper["entry"], paper["proof"], paper["opening"], size, root)
    said = paper["opening"]["private"]
    require(said["subject_kind"] == "announcement" and said["subject_id"] == held["number"], "a PDF of another one")
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    require(digest == said["data"]["pdf"], f"{path}: not the PDF of this announcement")


def check_mark(given):
    """A company was publicly marked as late, and the mark lifted if it was: both entries of its receipt."""
    held = json.loads(Path(given.file).read_text(encoding="utf-8"))
    size, root = believed(given.file, held["checkpoint"], read_key(given.key))
    begun, private = end_of_mark(held, "begun", size, root)
    data, company, end = private["data"], held["company"], ""
    require([data["market"], data["code"]] == [company["market"], company["code"]], "of another company")
    if held["lifted"]:
        lifted, other = end_of_mark(held, "lifted", size, root)
        require(other["subject_id"] == private["subject_id"], "lifted: of another company")
        require(other["data"]["begun"] == begun["index"], "lifted: of another mark")
        end = f", lifted at {lifted['at']} ({other['data']['for']})"
    about = f"{data['code']} {data['key']}, to be met by {data['by']}"
    return f"marked as late: {about}, at {begun['at']}{end}, in a log of {size}"


def end_of_mark(held, name, size, root):
    """The entry with which a mark began or was lifted, and what it committed to; it has to be in the log."""
    shown = held[name]
    entry, private = shown["entry"], shown["opening"]["private"]
    included(entry, shown["proof"], shown["opening"], size, root)
    require(entry["code"] == f"disclosure.mark_{name}", f"{name}: an entry of another kind, {entry['code']}")
    require(private["data"]["key"] == held["obligation"], f"{name}: of another obligation")
    return entry, private


def included(entry, proof, opening, size, root):
    """Go on only if the entry leads to the root, and the content shown, if any, is what it committed to."""
    require(proof["size"] == size, f"the proof is for {proof['size']} entries, the checkpoint for {size}")
    require(0 <= entry["index"] < size, "the entry is not within the checkpoint")
    public = {name: entry[name] for name in ("v", "index", "at", "code", "commitment")}
    path = [unbase64(step) for step in proof["path"]]
    led = root_from_inclusion(entry["index"], size, hash_leaf(canonical(public)), path)
    require(led == root, "the entry is not in the log of this checkpoint")
    if opening:
        salt = unbase64(opening["salt"])
        require(len(salt) == 32, "the salt has the wrong length")
        committed = hashlib.sha256(salt + canonical(opening["private"])).digest()
        require(committed == unbase64(entry["commitment"]), "the content is not what the log committed to")


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, check, files, options in (
        ("checkpoint", check_checkpoint, ["file"], []),
        ("consistency", check_consistency, ["proof"], ["--old", "--new"]),
        ("entry", check_entry, ["entry", "proof"], ["--checkpoint"]),
        ("receipt", check_receipt, ["file"], []),
        ("mark", check_mark, ["file"], []),
    ):
        command = commands.add_parser(name, help=check.__doc__)
        command.set_defaults(check=check)
        for file in files:
            command.add_argument(file)
        for option in [*options, "--key"]:
            command.add_argument(option, required=True)
        if name == "entry":
            command.add_argument("--opening")
        if name == "receipt":
            command.add_argument("--zh")
            command.add_argument("--en")
            command.add_argument("--pdf")
    return parser


def main():
    """Run one check and say how it ended."""
    given = arguments().parse_args()
    try:
        print(given.check(given))
    except Broken as broken:
        print(f"DOES NOT HOLD: {broken}")
        return 1
    except (OSError, KeyError, TypeError, ValueError) as unreadable:
        print(f"DOES NOT HOLD: cannot be read ({unreadable!r})")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
