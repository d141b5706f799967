/** Drawing SheetFlow's own tabs: the values of a tab and all its looks, over whatever stood there before. */

import { area, colour, letters, rangeOf, typed } from "./cells.js";
import { addRule, pointsOf, setProperty } from "./dressing.js";
import { CELLS_AT_ONCE, pieces } from "./reading.js";
import { drawCharts } from "./charts.js";

const ROW_HEIGHT = 20;
const A4_HOLDS_CHARACTERS = 170;
const MARGIN_POINTS = 29;
const REFUSED = new Set(["AccessDenied", "InvalidOperation"]);

/** Draw every tab; gives the names of those that could not be drawn. */
export async function drawTabs(context, tabs, progress) {
  const failed = [];
  for (const [number, tab] of tabs.entries()) {
    progress(tab.sheet, number / tabs.length);
    try {
      if (!(await draw(context, tab))) failed.push(tab.sheet);
    } catch (error) {
      if (!REFUSED.has(error?.code)) throw error;
      failed.push(tab.sheet);
    }
  }
  return failed;
}

/** Whether the tab could be drawn: one that is protected, or holds a pivot table, is left as it is. */
async function draw(context, tab) {
  const sheet = await clearedSheet(context, tab.sheet);
  if (!sheet) return false;
  await writeValues(context, sheet, tab.rows);
  await writeFormats(context, sheet, tab);
  for (const { property, value, ranges } of tab.layers) {
    if (property !== "number_format") setProperty(sheet, ranges, property, value);
  }
  setSizes(sheet, tab);
  await context.sync();
  furnishTab(sheet, tab);
  await context.sync();
  await drawCharts(context, sheet, tab);
  await setPage(context, sheet, tab);
  return true;
}

async function clearedSheet(context, name) {
  const { worksheets } = context.workbook;
  const present = worksheets.getItemOrNullObject(name);
  present.load("name");
  await context.sync();
  if (present.isNullObject) return worksheets.add(name);
  const { protection, charts, tables, pivotTables, autoFilter } = present;
  protection.load("protected");
  autoFilter.load("enabled");
  for (const items of [charts, tables, pivotTables]) items.load("items/name");
  await context.sync();
  if (protection.protected || pivotTables.items.length) return null;
  for (const table of tables.items) table.convertToRange();
  for (const chart of charts.items) chart.delete();
  const all = present.getRange();
  all.columnHidden = false;
  all.rowHidden = false;
  all.unmerge();
  all.conditionalFormats.clearAll();
  all.clear();
  present.freezePanes.unfreeze();
  if (autoFilter.enabled) autoFilter.remove();
  await context.sync();
  return present;
}

async function writeValues(context, sheet, rows) {
  const width = Math.max(1, ...rows.map((row) => row.length));
  for (const [first, count] of pieces(rows.length, width)) {
    const piece = rows.slice(first, first + count);
    const filled = piece.map((row) => [...row.map(typed), ...Array(width - row.length).fill("")]);
    rangeOf(sheet, first + 1, 1, count, width).values = filled;
    await context.sync();
  }
}

/** Number formats go column by column: a range takes many of them at once. */
async function writeFormats(context, sheet, tab) {
  const columns = new Map();
  for (const { property, value, ranges } of tab.layers) {
    if (property === "number_format") ranges.forEach((address) => spread(columns, area(address), value));
  }
  let waiting = 0;
  for (const [column, formats] of columns) {
    for (let first = 0; first < formats.length; first += CELLS_AT_ONCE) {
      const piece = formats.slice(first, first + CELLS_AT_ONCE);
      const range = rangeOf(sheet, first + 1, column, piece.length, 1);
      range.numberFormat = Array.from(piece, (format) => [format ?? "General"]);
      waiting += piece.length;
    }
    if (waiting > CELLS_AT_ONCE) {
      await context.sync();
      waiting = 0;
    }
  }
}

function spread(columns, { row, column, lastRow, lastColumn }, format) {
  for (let at = column; at <= lastColumn; at += 1) {
    if (!columns.has(at)) columns.set(at, []);
    const formats = columns.get(at);
    for (let down = row; down <= lastRow; down += 1) formats[down - 1] = format;
  }
}

function setSizes(sheet, tab) {
  const height = Math.max(1, tab.rows.length);
  rangeOf(sheet, 1, 1, height, 1).format.rowHeight = ROW_HEIGHT;
  rangeOf(sheet, 1, 1, height, Math.max(1, tab.widths.length)).format.verticalAlignment = "Center";
  for (const [first, last, points] of alike(Object.entries(tab.heights).map(([row, size]) => [Number(row), size]))) {
    rangeOf(sheet, first, 1, last - first + 1, 1).format.rowHeight = points;
  }
  for (const [first, last, width] of alike(tab.widths.map((size, at) => [at + 1, size]))) {
    const range = sheet.getRange(`${letters(first)}:${letters(last)}`);
    if (width) range.format.columnWidth = pointsOf(width);
    else range.columnHidden = true;
  }
}

/** Neighbours of one size as [first, last, size]. */
function alike(sizes) {
  const found = [];
  for (const [place, size] of sizes) {
    const last = found.at(-1);
    if (last && last[1] + 1 === place && last[2] === size) last[1] = place;
    else found.push([place, place, size]);
  }
  return found;
}

function furnishTab(sheet, tab) {
  for (const address of tab.merges) sheet.getRange(address).merge();
  for (const rule of tab.rules) addRule(sheet, rule);
  if (tab.filtered) sheet.autoFilter.apply(sheet.getRange(tab.filtered));
  freeze(sheet, tab);
  sheet.showGridlines = false;
  if (tab.tab_colour) sheet.tabColor = colour(tab.tab_colour);
}

function freeze(sheet, { frozen_rows: rows, frozen_columns: columns }) {
  if (rows && columns) sheet.freezePanes.freezeAt(rangeOf(sheet, 1, 1, rows, columns));
  else if (rows) sheet.freezePanes.freezeRows(rows);
  else if (columns) sheet.freezePanes.freezeColumns(columns);
}

/** How it prints: a plan is as good without, so that an Excel that cannot do it may leave it out. */
async function setPage(context, sheet, tab) {
  try {
    const page = sheet.pageLayout;
    const letters = tab.widths.reduce((sum, width) => sum + width, 0);
    page.orientation = "Landscape";
    page.paperSize = letters > A4_HOLDS_CHARACTERS ? "A3" : "A4";
    page.zoom = { horizontalFitToPages: 1, ...(tab.on_one_page && { verticalFitToPages: 1 }) };
    for (const side of ["leftMargin", "rightMargin", "topMargin"]) page[side] = MARGIN_POINTS;
    page.bottomMargin = 2 * MARGIN_POINTS;
    if (tab.header_row) page.setPrintTitleRows(`$1:$${tab.header_row}`);
    const footer = page.headersFooters.defaultForAllPages;
    const [title, pages] = [`&8 ${tab.footer.replaceAll("&", "&&")}`, "&8 &P / &N"];
    [footer.leftFooter, footer.rightFooter] = tab.right_to_left ? [pages, title] : [title, pages];
    await context.sync();
  } catch {
    // Excel on the web sets no pages.
  }
}
