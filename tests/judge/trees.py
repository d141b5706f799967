"""XML as a tree that keeps every name as it is spelt, prefixes and their declarations included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET
from xml.parsers import expat

COMMENT, INSTRUCTION = "!--", "?"


@dataclass(slots=True)
class Node:
    """An element; two are equal when names, attributes, texts and children are, whatever the attributes' order.

    White space between elements is left out; a text is kept as it is.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    def get(self, name: str) -> str | None:
        """The attribute; None where it is not there."""
        return self.attributes.get(name)

    def all(self, local: str) -> list[Node]:
        """The children of this name."""
        return [child for child in self.children if child.local == local]

    def one(self, local: str) -> Node | None:
        """The first child of this name."""
        return next(iter(self.all(local)), None)

    def walk(self) -> Iterator[Node]:
        """The element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def without(self, *attributes: str) -> Node:
        """The element alone, without children and without these attributes."""
        kept = {name: value for name, value in self.attributes.items() if name not in attributes}
        return Node(self.name, kept, [], self.text)

    def __str__(self) -> str:
        """Short, for a sentence."""
        shown = " ".join(f'{name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.name} {shown}>"[:160]


def tree_of(xml: bytes) -> Node:
    """The tree of a part.

    Raises:
        ValueError: It is not well-formed, a prefix is not declared, or it holds a document type.
    """
    try:
        ET.fromstring(xml)  # noqa: S314 - only for its complaint about prefixes
        return _Grower().grown(xml)
    except (ET.ParseError, expat.ExpatError) as error:
        raise ValueError(str(error)) from error


class _Grower:
    def __init__(self) -> None:
        self._open = [Node("")]

    def grown(self, xml: bytes) -> Node:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = lambda text: self._leaf(Node(COMMENT, text=text))
        parser.ProcessingInstructionHandler = lambda goal, text: self._leaf(
            Node(INSTRUCTION, text=f"{goal} {text}")
        )
        parser.StartDoctypeDeclHandler = self._refuse
        parser.Parse(xml, True)
        return next(node for node in self._open[0].children if node.name not in {COMMENT, "?"})

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(name, attributes)
        self._leaf(node)
        self._open.append(node)

    def _leaf(self, node: Node) -> None:
        self._open[-1].children.append(node)

    def _text(self, text: str) -> None:
        self._open[-1].text += text

    def _end(self, _: str) -> None:
        node = self._open.pop()
        if node.children and not node.text.strip():
            node.text = ""

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type")
