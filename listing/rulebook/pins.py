"""What was published does not change unseen: the digest of a file, and the one pinned for it in pins.yaml beside it.

Comments and layout do not count. What a digest is kept under, and what a version is, is for whoever reads the files.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources.abc import Traversable

import yaml

from .node import Broken, opened

FILE = "pins.yaml"


def digest(tree: object) -> str:
    """SHA-256 of what a file says, as ``node.opened`` gives it."""
    return sha256(json.dumps(tree, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def of(folder: Traversable) -> Mapping[str, str]:
    """The digests of a folder, in the order in which they were published. Raises Broken."""
    try:
        found = yaml.load(folder.joinpath(FILE).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Broken(FILE, 1, f"cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise Broken(FILE, 1, "not a mapping")
    return found


def held(folder: Traversable, file: str) -> str:
    """The text of a file that has no versions, held to the digest under its name. Raises Broken."""
    text = folder.joinpath(file).read_text(encoding="utf-8")
    found = digest(opened(text, file)[1])
    if of(folder).get(file) != found:
        raise Broken(file, 1, f"it is not what {FILE} says was published: {found}")
    return text
