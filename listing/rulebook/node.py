"""Reads one YAML file strictly: every key is asked for once, every refusal names file, line and reason.

Knows nothing of rule books. Values are text until somebody asks for a kind; an alias, a repeated key, an empty value
and a key that nobody asked for are refused.
"""

from collections.abc import Iterable
from datetime import date

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_BYTES = 256 * 1024
DEEPEST = 24
TOO_DEEP = "an alias or too deep a nesting"
_MISSING = object()


class Broken(ValueError):
    """A file that is not what it should be: which one, at which line, and why."""

    def __init__(self, file: str, line: int, reason: str):
        super().__init__(f"{file}:{line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


class Section:
    """One mapping of a file; ``close`` refuses the keys that nobody asked for."""

    def __init__(self, node: yaml.Node, file: str, name: str = "the file"):
        self.file, self.line, self._asked = file, node.start_mark.line + 1, set()
        if not isinstance(node, yaml.MappingNode):
            raise Broken(file, self.line, f"{name} is not a mapping")
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Broken(file, key.start_mark.line + 1, "a key is not a word")
            if key.value in self._nodes:
                raise Broken(file, key.start_mark.line + 1, f"{key.value} stands twice")
            self._nodes[key.value] = value

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def refuse(self, reason: str, key: str | None = None) -> Broken:
        """The refusal to raise, at the line of ``key`` or of the section."""
        return Broken(self.file, self.line_of(key), reason)

    def line_of(self, key: str | None) -> int:
        """The line of what stands under a key, or of the section where nothing does."""
        node = self._nodes.get(key) if key else None
        return node.start_mark.line + 1 if node else self.line

    def _node(self, key: str) -> yaml.Node:
        self._asked.add(key)
        if key not in self._nodes:
            raise self.refuse(f"{key} is missing")
        return self._nodes[key]

    def text(self, key: str, default=_MISSING) -> str:
        """The text under a key; with a default the key may be absent."""
        if key not in self._nodes and default is not _MISSING:
            return default
        return self._scalar(self._node(key), key)

    def _scalar(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self.refuse(f"{key} is not a text", key)
        if not node.value.strip() or (node.tag.endswith(":null")):
            raise self.refuse(f"{key} is empty", key)
        return node.value

    def one_of(self, key: str, allowed: Iterable[str], default=_MISSING) -> str:
        """One word of a closed list."""
        found = self.text(key, default)
        if found is not default and found not in allowed:
            raise self.refuse(f"{key}: {found} is not one of {', '.join(allowed)}", key)
        return found

    def flag(self, key: str) -> bool:
        """Whether a key says true; absent is false."""
        return self.one_of(key, ("true", "false"), "false") == "true"

    def day(self, key: str, default=_MISSING) -> date:
        """A day as 2018-07-13."""
        found = self.text(key, default)
        try:
            return found if found is default else date.fromisoformat(found)
        except ValueError:
            raise self.refuse(f"{key}: {found} is not a day such as 2018-07-13", key) from None

    def several(self, key: str, allowed: Iterable[str] | None = None, default=_MISSING) -> tuple[str, ...]:
        """A list of words, each once, of a closed list where one is given."""
        if key not in self._nodes and default is not _MISSING:
            return default
        words = tuple(self._scalar(node, key) for node in self._items(key))
        for word in words:
            if allowed is not None and word not in allowed:
                raise self.refuse(f"{key}: {word} is not one of {', '.join(allowed)}", key)
        if len(set(words)) != len(words):
            raise self.refuse(f"{key} names something twice", key)
        return words

    def _items(self, key: str) -> list[yaml.Node]:
        node = self._node(key)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.refuse(f"{key} is not a list of at least one", key)
        return node.value

    def rows(self, key: str, width: int) -> list[tuple[int, tuple[str, ...]]]:
        """The list of lists of so many words under a key, each with its line; none where the key is absent."""
        return [self._row(node, key, width) for node in self._items(key)] if key in self._nodes else []

    def _row(self, node: yaml.Node, key: str, width: int) -> tuple[int, tuple[str, ...]]:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.SequenceNode) or len(node.value) != width:
            raise Broken(self.file, line, f"{key}: not a list of {width}")
        return line, tuple(self._scalar(each, key) for each in node.value)

    def section(self, key: str) -> "Section":
        """The mapping under a key."""
        return Section(self._node(key), self.file, key)

    def sections(self, key: str, default=_MISSING) -> list["Section"]:
        """The list of mappings under a key."""
        if key not in self._nodes and default is not _MISSING:
            return list(default)
        return [Section(node, self.file, key) for node in self._items(key)]

    def keys(self) -> tuple[str, ...]:
        """The keys in their order."""
        return tuple(self._nodes)

    def close(self) -> None:
        """Refuse what nobody asked for."""
        for key in self._nodes:
            if key not in self._asked:
                raise self.refuse(f"{key} is not known here", key)


def opened(text: str, file: str) -> tuple[Section, object]:
    """The one mapping of a file, and the same as plain lists and mappings of texts. Raises Broken."""
    if len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        raise Broken(file, 1, f"the file is larger than {MOST_BYTES // 1024} KB")
    try:
        _look_for_depth(text, file)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Broken(file, mark.line + 1 if mark else 1, f"not YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, UnicodeError, RecursionError):
        raise Broken(file, 1, "not YAML") from None
    if node is None:
        raise Broken(file, 1, "the file is empty")
    tree = _plain(node, file, set())
    return Section(node, file), tree


def _look_for_depth(text: str, file: str) -> None:
    """Refuse deep nesting before the library makes nodes of it, by a recursion that would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Broken(file, event.start_mark.line + 1, TOO_DEEP)


def _plain(node: yaml.Node, file: str, seen: set[int]) -> object:
    """Texts, lists and mappings; refuses aliases, which would let a small file say a great deal."""
    if id(node) in seen:
        raise Broken(file, node.start_mark.line + 1, TOO_DEEP)
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, file, seen) for item in node.value]
    return {str(_plain(key, file, seen)): _plain(value, file, seen) for key, value in node.value}
