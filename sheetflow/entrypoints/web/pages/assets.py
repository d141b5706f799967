"""What pages are made of: our own files, the tokens, and Vega as vl-convert brings it; browsers keep them."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from threading import Lock
from typing import Self

from flask import Response, request
from werkzeug.exceptions import NotFound

from sheetflow.entrypoints.charts.tokens import style_sheet

JAVASCRIPT, CSS, SVG = "text/javascript", "text/css", "image/svg+xml"
KINDS = {".js": JAVASCRIPT, ".css": CSS, ".svg": SVG}
OWN = ("early.js", "page.js", "page.css", "help.css", "no-script.css", "icon.svg")
TOKENS, VEGA = "tokens.css", "vega.js"
EMBED_ALONE = "window.vegaEmbed = vegaEmbed;"
KEPT = "public, max-age=31536000, immutable"
_making = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file as browsers get it."""

    kind: str
    content: bytes
    packed: bytes
    etag: str

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        """The content of a file of that name, also packed."""
        return cls(
            kind=KINDS[name[name.rindex(".") :]],
            content=content,
            packed=gzip.compress(content, 6, mtime=0),
            etag=hashlib.sha256(content).hexdigest()[:32],
        )


def static(name: str) -> Response:
    """One file; an address with its version in it never changes, and is kept for good."""
    if name not in {*OWN, TOKENS, VEGA}:
        raise NotFound
    asset = made(name)
    packed = request.accept_encodings.quality("gzip") > 0
    answer = Response(asset.packed if packed else asset.content, mimetype=asset.kind)
    if packed:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(f"{asset.etag}{'-gzip' if packed else ''}")
    is_version = request.args.get("v") == edition(name)
    answer.headers["Cache-Control"] = KEPT if is_version else "no-cache"
    answer.make_conditional(request)
    return answer


def edition(name: str) -> str:
    """What stands in the address of a file, so that a new one is fetched: that of Vega costs a second to make."""
    return version("vl-convert-python") if name == VEGA else made(name).etag[:12]


def made(name: str) -> Asset:
    """The file; whoever asks first makes it, the others wait."""
    with _making:
        return _made(name)


@cache
def _made(name: str) -> Asset:
    if name == VEGA:
        return Asset.of(name, _vega().encode())
    if name == TOKENS:
        return Asset.of(name, style_sheet().encode())
    place = files("sheetflow.entrypoints.web.pages") / "static" / name
    return Asset.of(name, place.read_bytes())


def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed in one file, which asks for nothing from elsewhere."""
    import vl_convert

    return vl_convert.javascript_bundle(EMBED_ALONE)
