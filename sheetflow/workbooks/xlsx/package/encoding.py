"""The encoding of a part: what is edited byte by byte must be in one that can be."""

from __future__ import annotations

import re

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ENCODING = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']+)")
ENCODINGS = {b"utf-8", b"utf8", b"us-ascii"}


def is_transparent(xml: bytes) -> bool:
    """Whether bytes of ASCII mean themselves in it, and all others are UTF-8."""
    bare = xml.removeprefix(BYTE_ORDER_MARK)
    declared = ENCODING.match(bare)
    return bare.lstrip()[:1] == b"<" and (declared is None or declared[1].lower() in ENCODINGS)
