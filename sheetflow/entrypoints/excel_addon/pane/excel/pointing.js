/** Going to a row or a cell of the workbook. */

/** Select the row of an ID, wherever people have moved it meanwhile; gives whether it was found. */
export async function goToRow(context, { sheet: name, row, id }) {
  const sheet = context.workbook.worksheets.getItemOrNullObject(name);
  sheet.load("name");
  await context.sync();
  if (sheet.isNullObject) return false;
  const used = sheet.getUsedRange(true);
  const found = used.findOrNullObject(id, { completeMatch: true, matchCase: true });
  found.load("rowIndex");
  await context.sync();
  const there = found.isNullObject ? row : await rowOf(context, sheet, used, found.rowIndex + 1, row, id);
  sheet.activate();
  sheet.getRange(`${there}:${there}`).select();
  await context.sync();
  return true;
}

/** The row as it was planned where it still holds the ID, else the first one that does. */
async function rowOf(context, sheet, used, first, row, id) {
  const planned = sheet.getRange(`${row}:${row}`).getIntersectionOrNullObject(used);
  planned.load("values");
  await context.sync();
  const holds = !planned.isNullObject && planned.values[0].some((value) => String(value) === id);
  return holds ? row : first;
}

/** Select a cell; gives whether its tab is there. */
export async function goToCell(context, { sheet: name, cell }) {
  const sheet = context.workbook.worksheets.getItemOrNullObject(name);
  sheet.load("name");
  await context.sync();
  if (sheet.isNullObject) return false;
  sheet.activate();
  if (cell) sheet.getRange(cell).select();
  await context.sync();
  return true;
}
