"""Requests and methods about developer metadata."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sheets_server.call import Call, Edit
from sheets_server.metadata import Directory, as_json, attach, detach, place_of
from sheets_server.refusals import Json, invalid, not_found
from sheets_server.state import Metadata

_WANTED = ("DOCUMENT", "PROJECT")


def create(edit: Edit, asked: Json) -> Json:
    """Attach new metadata; an ID that is in use is refused."""
    given = asked.get("developerMetadata", {})
    if not given.get("metadataKey") or given.get("visibility") not in _WANTED:
        raise invalid("Developer metadata must have a key and a visibility.")
    used = edit.metadata_numbers()
    number = given.get("metadataId")
    if number is None:
        number = edit.drive.next_number()
    if number in used:
        raise invalid(f"Developer metadata with the ID {number} already exists.")
    metadata = Metadata(
        number=number,
        key=given["metadataKey"],
        value=given.get("metadataValue"),
        visibility=given["visibility"],
    )
    place = place_of(given.get("location", {}))
    attach(edit.book, metadata, place)
    used.add(number)
    return {"developerMetadata": as_json(metadata, place)}


def update(edit: Edit, asked: Json) -> Json:
    """Change what the mask names of all metadata that the filters match."""
    new, fields = asked.get("developerMetadata", {}), asked.get("fields", "")
    if not fields:
        raise invalid(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    answers = []
    for old, place in _matched(edit, asked.get("dataFilters", [])):
        detach(edit.book, old, place)
        changed = _changed(old, new, fields)
        to = place_of(new["location"]) if _names(fields, "location") else place
        attach(edit.book, changed, to)
        answers.append(as_json(changed, to))
    return {"developerMetadata": answers} if answers else {}


def _names(fields: str, name: str) -> bool:
    return "*" in fields or any(each.strip().split(".")[0] == name for each in fields.split(","))


def _changed(old: Metadata, new: Mapping[str, Any], fields: str) -> Metadata:
    changed = old
    if _names(fields, "metadataKey"):
        changed = replace(changed, key=new.get("metadataKey", ""))
    if _names(fields, "metadataValue"):
        changed = replace(changed, value=new.get("metadataValue"))
    if _names(fields, "visibility"):
        changed = replace(changed, visibility=new.get("visibility", old.visibility))
    return changed


def delete(edit: Edit, asked: Json) -> Json:
    """Delete all metadata that a filter matches."""
    answers = []
    for old, place in _matched(edit, [asked.get("dataFilter", {})]):
        detach(edit.book, old, place)
        edit.metadata_numbers().discard(old.number)
        answers.append(as_json(old, place))
    return {"deletedDeveloperMetadata": answers} if answers else {}


def _matched(edit: Edit, data_filters: list[Json]) -> list[Any]:
    directory = Directory(edit.book)
    return _found(directory, data_filters)


def _found(directory: Directory, data_filters: list[Json]) -> list[Any]:
    found = {}
    for each in data_filters:
        if "developerMetadataLookup" not in each:
            raise invalid("Only developer metadata lookups are known here.")
        for metadata, place in directory.found(each["developerMetadataLookup"]):
            found[metadata.number] = metadata, place
    return list(found.values())


def get(call: Call) -> Json:
    """`spreadsheets.developerMetadata.get`."""
    found = Directory(call.book).by_number.get(int(call.path["metadataId"]))
    if found is None:
        raise not_found()
    return as_json(*found)


def search(call: Call) -> Json:
    """`spreadsheets.developerMetadata.search`: each match with the filters that matched it."""
    directory = Directory(call.book)
    matched: dict[int, Json] = {}
    for data_filter in call.body.get("dataFilters", []):
        for metadata, place in _found(directory, [data_filter]):
            told = {"developerMetadata": as_json(metadata, place), "dataFilters": []}
            matched.setdefault(metadata.number, told)["dataFilters"].append(data_filter)
    return {"matchedDeveloperMetadata": list(matched.values())} if matched else {}


REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {
    "createDeveloperMetadata": create,
    "updateDeveloperMetadata": update,
    "deleteDeveloperMetadata": delete,
}
