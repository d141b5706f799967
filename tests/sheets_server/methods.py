"""Which method is answered by what; every other method of the documents is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from sheets_server import drive_methods, metadata_requests, spreadsheet_methods, values_methods
from sheets_server.batch import batch_update
from sheets_server.call import Call
from sheets_server.refusals import Json

Answer: TypeAlias = Json | str | None

_BOOK = "sheets.spreadsheets"
METHODS: Mapping[str, Callable[[Call], Answer]] = {
    f"{_BOOK}.get": spreadsheet_methods.get,
    f"{_BOOK}.create": spreadsheet_methods.create,
    f"{_BOOK}.getByDataFilter": spreadsheet_methods.get_by_data_filter,
    f"{_BOOK}.batchUpdate": batch_update,
    f"{_BOOK}.sheets.copyTo": spreadsheet_methods.copy_to,
    f"{_BOOK}.developerMetadata.get": metadata_requests.get,
    f"{_BOOK}.developerMetadata.search": metadata_requests.search,
    f"{_BOOK}.values.get": values_methods.get,
    f"{_BOOK}.values.update": values_methods.update,
    f"{_BOOK}.values.append": values_methods.append_values,
    f"{_BOOK}.values.clear": values_methods.clear_values,
    f"{_BOOK}.values.batchGet": values_methods.batch_get,
    f"{_BOOK}.values.batchUpdate": values_methods.batch_update,
    f"{_BOOK}.values.batchClear": values_methods.batch_clear,
    f"{_BOOK}.values.batchGetByDataFilter": values_methods.batch_get_by_data_filter,
    f"{_BOOK}.values.batchUpdateByDataFilter": values_methods.batch_update_by_data_filter,
    f"{_BOOK}.values.batchClearByDataFilter": values_methods.batch_clear_by_data_filter,
    "drive.files.create": drive_methods.create,
    "drive.files.get": drive_methods.get,
    "drive.files.list": drive_methods.list_files,
    "drive.files.update": drive_methods.update,
    "drive.files.delete": drive_methods.delete,
    "drive.files.copy": drive_methods.copy,
    "drive.files.export": drive_methods.export,
    "drive.comments.list": drive_methods.comments,
    "drive.permissions.create": drive_methods.create_permission,
    "drive.permissions.list": drive_methods.list_permissions,
    "drive.permissions.delete": drive_methods.delete_permission,
}
