/** Reading the whole workbook: what each tab holds, in as few round trips as its size allows. */

import { local, rangeOf, showsDates, isFormula } from "./cells.js";
import { Trouble } from "../trouble.js";

/** So many cells fit well into one answer of Excel's, which may hold 5 MB. */
export const CELLS_AT_ONCE = 20_000;

/** A tab that is larger than any plan is not read whole; its first rows tell whether it matters. */
const MOST_ROWS = 200_000;
const MOST_CELLS = 1_000_000;
const FIRST_ROWS = 30;

/**
 * Every tab with its filled cells: {id, name, row, column, values, formulas, formats, merges, totals, isCut, tables},
 * and whether the workbook counts its days from 1904.
 */
export async function readWorkbook(context, progress) {
  const sheets = context.workbook.worksheets;
  sheets.load("items/id,items/name,items/visibility");
  const second = context.workbook.functions.date(1904, 1, 2);
  second.load("value");
  await context.sync();
  const tabs = sheets.items.map((sheet) => measured(sheet));
  await context.sync();
  const filled = tabs.filter(({ used }) => !used.isNullObject);
  if (!filled.length) throw new Trouble("empty");
  const read = filled.map(bounded);
  await readCells(context, read, progress);
  return { tabs: read, datesFrom1904: second.value === 1 };
}

function measured(sheet) {
  const used = sheet.getUsedRangeOrNullObject(true);
  used.load("rowIndex,columnIndex,rowCount,columnCount");
  const tables = sheet.tables;
  tables.load("items/id,items/showTotals,items/showHeaders");
  return { sheet, used, tables };
}

function bounded({ sheet, used, tables }) {
  const isCut = used.rowCount > MOST_ROWS || used.rowCount * used.columnCount > MOST_CELLS;
  return {
    id: sheet.id,
    name: sheet.name,
    hidden: sheet.visibility !== "Visible",
    row: used.rowIndex + 1,
    column: used.columnIndex + 1,
    rows: isCut ? Math.min(FIRST_ROWS, used.rowCount) : used.rowCount,
    columns: used.columnCount,
    isCut,
    values: [],
    formulas: [],
    formats: [],
    sheet,
    used,
    excelTables: tables.items,
  };
}

async function readCells(context, tabs, progress) {
  const cells = tabs.reduce((sum, tab) => sum + tab.rows * tab.columns, 0);
  let waiting = [];
  let asked = 0;
  let done = 0;
  const flush = async () => {
    await context.sync();
    waiting.forEach((take) => take());
    waiting = [];
    done += asked;
    asked = 0;
    progress(cells ? done / cells : 1);
  };
  for (const tab of tabs) {
    waiting.push(askForAreas(tab));
    for (const [first, count] of pieces(tab.rows, tab.columns)) {
      if (asked && asked + count * tab.columns > CELLS_AT_ONCE) await flush();
      waiting.push(askForCells(tab, first, count));
      asked += count * tab.columns;
    }
  }
  await flush();
}

/** The rows in pieces of as many as may be asked for at once: [first, count], counted from 0. */
export function* pieces(rows, columns) {
  const step = Math.max(1, Math.floor(CELLS_AT_ONCE / Math.max(1, columns)));
  for (let first = 0; first < rows; first += step) yield [first, Math.min(step, rows - first)];
}

function askForCells(tab, first, count) {
  const range = rangeOf(tab.sheet, tab.row + first, tab.column, count, tab.columns);
  range.load("values,formulas,numberFormat");
  return () => {
    tab.values.push(...range.values);
    tab.formulas.push(...range.formulas);
    tab.formats.push(...range.numberFormat);
  };
}

function askForAreas(tab) {
  const merged = tab.used.getMergedAreasOrNullObject();
  merged.load("areas/items/address");
  const tables = tab.excelTables.map((table) => {
    const range = table.getRange();
    range.load("address");
    const totals = table.showTotals ? table.getTotalRowRange() : null;
    totals?.load("address");
    return { id: table.id, range, totals, hasHeader: table.showHeaders };
  });
  return () => {
    tab.merges = merged.isNullObject ? [] : merged.areas.items.map(({ address }) => local(address));
    tab.totals = tables.filter(({ totals }) => totals).map(({ totals }) => local(totals.address));
    tab.tables = tables.map(({ id, range, hasHeader }) => ({ id, hasHeader, address: local(range.address) }));
  };
}

/** The tab as the service takes it: what need not be told is left out. */
export function posted(tab) {
  return {
    name: tab.name,
    row: tab.row,
    column: tab.column,
    values: tab.values,
    formulas: tab.values.map((row, at) => formulasOf(row, tab.formulas[at])),
    formats: tab.values.map((row, at) => formatsOf(row, tab.formats[at])),
    merges: tab.merges,
    totals: tab.totals,
    hidden: tab.hidden,
    is_cut: tab.isCut,
  };
}

function formulasOf(shown, entered) {
  const found = shown.map((value, at) => (isFormula(value, entered[at]) ? entered[at] : null));
  return found.some((text) => text !== null) ? found : null;
}

function formatsOf(shown, formats) {
  const found = shown.map((value, at) => (typeof value === "number" && showsDates(formats[at]) ? formats[at] : null));
  return found.some((format) => format !== null) ? found : null;
}
