"""Field masks: `sheets(properties.title,data.rowData)` keeps what it names; in an update it tells what to replace."""

from __future__ import annotations

from typing import Any, TypeAlias

from sheets_server.refusals import Json, Refusal, invalid

Mask: TypeAlias = dict[str, "Mask"]


def mask_of(text: str) -> Mask:
    """The tree of a mask's names; `*` and an empty tree mean all that is below."""
    mask, rest = _siblings(text.replace("/", "."), text)
    if rest:
        raise _unreadable(text)
    return mask


def _siblings(rest: str, whole: str) -> tuple[Mask, str]:
    mask: Mask = {}
    while True:
        rest = _path(rest.strip(), mask, whole)
        if not rest.startswith(","):
            return mask, rest
        rest = rest[1:]


def _path(rest: str, mask: Mask, whole: str) -> str:
    names = ""
    while rest and rest[0] not in ",()":
        names, rest = names + rest[0], rest[1:]
    if not names.strip("."):
        raise _unreadable(whole)
    here = mask
    for name in names.strip().split("."):
        here = here.setdefault(name, {})
    if not rest.startswith("("):
        return rest
    inner, rest = _siblings(rest[1:], whole)
    if not rest.startswith(")"):
        raise _unreadable(whole)
    here.update(inner)
    return rest[1:]


def _unreadable(text: str) -> Refusal:
    return invalid(f"Request contains an invalid argument: fields mask '{text}' cannot be read.")


def names(mask: Mask, *path: str) -> bool:
    """Whether the mask keeps anything at a path such as `sheets`, `data`."""
    for name in path:
        if not mask or "*" in mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True


def masked(payload: Any, mask: Mask) -> Any:
    """What the mask leaves of an answer."""
    if not mask or "*" in mask:
        return payload
    if isinstance(payload, list):
        return [masked(each, mask) for each in payload]
    if not isinstance(payload, dict):
        return payload
    return {name: masked(each, mask[name]) for name, each in payload.items() if name in mask}


def merged(old: Json, new: Json, mask: Mask) -> Json:
    """The old object with what the mask names taken from the new one; what is named and missing there is cleared."""
    if not mask or "*" in mask:
        return dict(new)
    result = dict(old)
    for name, inner in mask.items():
        if inner and "*" not in inner and isinstance(new.get(name, {}), dict):
            part = merged(result.get(name, {}), new.get(name, {}), inner)
            result[name] = part
        elif name in new:
            result[name] = new[name]
        else:
            result.pop(name, None)
            continue
        if result[name] in ({}, None):
            del result[name]
    return result
