"""values.append: which table the rows go behind, and how the grid grows for them."""

from __future__ import annotations

from sheets_server.areas import Area, Block
from sheets_server.dimensions import grow, insert
from sheets_server.refusals import Json
from sheets_server.state import ROWS, Book, Sheet
from sheets_server.writing import Writing, as_rows, write


def append(book: Book, area: Area, given: Json, writing: Writing, *, inserts: bool) -> Json:
    """Write behind the last table that the area meets, or where the area begins if it meets none."""
    sheet = book.to_edit(area.sheet)
    block = area.within(sheet)
    table = last_table(sheet, block)
    top, left = (table.bottom, table.left) if table else (block.top, block.left)
    rows = as_rows(given.get("values", []), given.get("majorDimension") or "ROWS")
    width = max(map(len, rows), default=0)
    if inserts and rows:
        grow(sheet, top, 0)
        insert(book, sheet.number, ROWS, top, len(rows))
    grow(sheet, top + len(rows), left + width)
    target = Area(sheet.number, top, top + max(len(rows), 1), left, left + max(width, 1))
    answer: Json = {"spreadsheetId": book.number}
    if table:
        answer["tableRange"] = table.a1(sheet)
    return {**answer, "updates": write(book, target, given, writing).answer(book, writing)}


def last_table(sheet: Sheet, block: Block) -> Block | None:
    """The lowest, then rightmost, island of filled cells that the block meets; None where all is blank."""
    met = [
        each
        for each in islands(sheet)
        if each.top < block.bottom
        and block.top < each.bottom
        and each.left < block.right
        and block.left < each.right
    ]
    return max(met, key=lambda each: (each.bottom, each.right), default=None)


def islands(sheet: Sheet) -> list[Block]:
    """The rectangles around cells that touch each other, corners too."""
    waiting = {(row, column) for row, column, _ in sheet.with_values()}
    found = []
    while waiting:
        front = [waiting.pop()]
        reached = set(front)
        while front:
            row, column = front.pop()
            near = {
                (row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)
            } & waiting
            waiting -= near
            reached |= near
            front += near
        rows, columns = zip(*reached, strict=True)
        found.append(Block(min(rows), max(rows) + 1, min(columns), max(columns) + 1))
    return found
