"""Elements of an XML part as places in its bytes: enough to insert and replace, and to leave all else as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from operator import attrgetter

MARKUP = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<closing>/?)(?P<name>[^\s<>/!?\"'=]+)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?P<closed>/?)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(rb"([^\s=\"'<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: its tag begins at `start`, its content lies from `inner` to `close`, and it ends before `end`."""

    name: str
    attributes: bytes
    start: int
    inner: int
    close: int
    end: int

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return self.name[: -len(self.local)]

    @property
    def is_closed(self) -> bool:
        """Whether the element is one tag, with no content and no closing tag."""
        return self.inner == self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """New bytes in place of those from `start` up to `end`."""

    start: int
    end: int
    new: bytes


def root(xml: bytes) -> Element:
    """The outermost element; raises ValueError where there is none."""
    first = next((tag for tag in MARKUP.finditer(xml) if tag["name"]), None)
    close = xml.rfind(b"</" + first["name"]) if first else -1
    if first is not None and close > 0 and b"<!" not in xml[close:]:
        # Long sheets need not be read to their end for this.
        end = xml.find(b">", close) + 1 or len(xml)
        return replace(_element(first, first), close=close, end=end)
    found = next(_siblings(xml, 0, len(xml)), None)
    if found is None:
        raise ValueError("no element")
    return found


def children(xml: bytes, parent: Element) -> list[Element]:
    """The elements directly in another one, in order."""
    return list(_siblings(xml, parent.inner, parent.close))


def child(xml: bytes, parent: Element, local: str) -> Element | None:
    """The first element of that name directly in another one."""
    inside = _siblings(xml, parent.inner, parent.close)
    return next((element for element in inside if element.local == local), None)


def attributes(element: Element) -> dict[str, str]:
    """The attributes by their names as written, prefixes included."""
    return {
        name.decode(): unescape(value[1:-1].decode())
        for name, value in ATTRIBUTE.findall(element.attributes)
    }


def namespaces(element: Element) -> dict[str, str]:
    """The namespaces that the element declares, by prefix with its colon; the usual one by no prefix."""
    declared = {}
    for name, value in attributes(element).items():
        if name == "xmlns":
            declared[""] = value
        elif name.startswith("xmlns:"):
            declared[f"{name[6:]}:"] = value
    return declared


def cut(xml: bytes, cuts: Iterable[Cut]) -> bytes:
    """The XML with these places replaced; what is inserted at one place keeps the order given."""
    return b"".join(pieces(xml, sorted(cuts, key=attrgetter("start", "end"))))


def pieces(xml: bytes, cuts: Iterable[Cut]) -> Iterator[bytes]:
    """The same piece by piece; the cuts come in the order of their places."""
    done = 0
    for one in cuts:
        yield xml[done : one.start]
        yield one.new
        done = one.end
    yield xml[done:]


def appended(xml: bytes, parent: Element, new: bytes) -> Cut:
    """The cut that puts new elements behind the last one in `parent`."""
    if not parent.is_closed:
        return Cut(start=parent.close, end=parent.close, new=new)
    slash = xml.rindex(b"/", parent.start, parent.end)
    return Cut(start=slash, end=parent.end, new=b">" + new + f"</{parent.name}>".encode())


def with_attribute(element: Element, name: str, value: str) -> Cut:
    """The cut that gives the element an attribute, in place of one of that name."""
    new = f'{name}="{escape(value)}"'.encode()
    present = _attribute(element, name)
    if present is not None:
        return Cut(start=present[0], end=present[1], new=new)
    base = element.start + 1 + len(element.name.encode())
    return Cut(start=base, end=base, new=b" " + new)


def without_attribute(element: Element, name: str) -> Cut:
    """The cut that takes an attribute from the element; nothing where it has none."""
    start, end = _attribute(element, name) or (element.start, element.start)
    return Cut(start=start, end=end, new=b"")


def _attribute(element: Element, name: str) -> tuple[int, int] | None:
    base = element.start + 1 + len(element.name.encode())
    for found in ATTRIBUTE.finditer(element.attributes):
        if found[1].decode() == name:
            return base + found.start(), base + found.end()
    return None


def _siblings(xml: bytes, start: int, end: int) -> Iterator[Element]:
    depth = 0
    opened: re.Match[bytes] | None = None
    for tag in MARKUP.finditer(xml, start, end):
        if tag["name"] is None:
            continue
        if tag["closing"]:
            depth -= 1
        elif opened is None:
            opened = tag
        if opened is not None and depth == 0 and (tag["closing"] or tag["closed"]):
            yield _element(opened, tag)
            opened = None
        elif not tag["closing"] and not tag["closed"]:
            depth += 1


def _element(first: re.Match[bytes], last: re.Match[bytes]) -> Element:
    return Element(
        name=first["name"].decode(),
        attributes=first["attributes"],
        start=first.start(),
        inner=first.end(),
        close=last.end() if first is last else last.start(),
        end=last.end(),
    )
