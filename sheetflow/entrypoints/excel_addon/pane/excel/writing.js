/** Writing the edits of a plan into the team's tabs: only cells that still hold what the plan replaces. */

import { letters, rangeOf, showsDates, typed } from "./cells.js";
import { Memory, presentOf, sorted } from "./checking.js";
import { dress } from "./dressing.js";
import { CELLS_AT_ONCE } from "./reading.js";
import { Trouble } from "../trouble.js";

const TEXT = "@";
const NO_FORMAT = "General";
const NO_FILL = "#FFFFFF";

/** Write what fits; gives how many cells were written, and what was left alone. */
export async function writeEdits(context, answer, tabs, progress) {
  const watched = new Map(answer.watched.map((each) => [each.sheet, each]));
  const report = { written: 0, left: [] };
  const groups = bySheet(answer.edits);
  for (const [name, edits] of groups) {
    const tab = tabs.find((each) => each.name === name);
    const sheet = await standing(context, tab);
    if (!sheet) {
      report.left.push({ sheet: name });
      continue;
    }
    const done = (count) => progress((report.written + count) / answer.edits.length);
    const { fitting, left } = await fittingOnes(context, sheet, edits, watched.get(name), new Memory(tab));
    report.left.push(...left);
    const isNew = newColumns(edits, watched.get(name));
    await asUnprotected(name, () => writeSheet(context, sheet, { fitting, isNew, styles: answer.styles, done }));
    report.written += fitting.length;
  }
  return report;
}

async function fittingOnes(context, sheet, edits, watched, memory) {
  const present = await presentOf(context, sheet, edits, watched, memory);
  return sorted(edits, watched, memory, present);
}

async function writeSheet(context, sheet, { fitting, isNew, styles, done }) {
  const plain = await plainOnes(context, sheet, fitting, isNew);
  await writeBlocks(context, sheet, fitting, done);
  dressAll(sheet, plain, styles);
  await context.sync();
}

async function asUnprotected(sheet, work) {
  try {
    await work();
  } catch (error) {
    throw error?.code === "AccessDenied" ? new Trouble("protected", { sheet }) : error;
  }
}

/** Edits, or anything else that names its sheet, by that. */
export function bySheet(edits) {
  const groups = new Map();
  for (const edit of edits) {
    if (!groups.has(edit.sheet)) groups.set(edit.sheet, []);
    groups.get(edit.sheet).push(edit);
  }
  return groups;
}

/** The tab where it still is under its name. */
export async function standing(context, tab) {
  if (!tab) return null;
  const sheet = context.workbook.worksheets.getItemOrNullObject(tab.id);
  sheet.load("name");
  await context.sync();
  return sheet.isNullObject || sheet.name !== tab.name ? null : sheet;
}

/** The columns that this run adds: their header is among the edits. */
export function newColumns(edits, watched) {
  const heads = edits.filter(({ row, before }) => row === watched?.head && before === null);
  return new Set(heads.map(({ column }) => column));
}

/** The edits whose cells nobody has given a look of their own. */
async function plainOnes(context, sheet, edits, isNew) {
  const styled = edits.filter(({ style }) => style !== undefined);
  const sure = styled.filter(({ column }) => isNew.has(column));
  const open = styled.filter(({ column, before, format }) => !isNew.has(column) && before === null && format === NO_FORMAT);
  const asked = columnRuns(open).map((run) => {
    const { fill } = rangeOf(sheet, run[0].row, run[0].column, run.length, 1).format;
    fill.load("color");
    return [run, fill];
  });
  if (asked.length) await context.sync();
  return [...sure, ...asked.flatMap(([run, fill]) => (fill.color === NO_FILL ? run : []))];
}

/** Edits below one another in runs. */
function columnRuns(edits) {
  const runs = [];
  const order = (one, other) => one.column - other.column || one.row - other.row;
  for (const edit of [...edits].sort(order)) {
    const last = runs.at(-1)?.at(-1);
    if (last && last.column === edit.column && last.row + 1 === edit.row) runs.at(-1).push(edit);
    else runs.push([edit]);
  }
  return runs;
}

async function writeBlocks(context, sheet, edits, progress) {
  let done = 0;
  let waiting = 0;
  for (const block of blocks(edits)) {
    const range = rangeOf(sheet, block.row, block.column, block.rows.length, block.width);
    const formats = block.rows.map((row) => row.map(newFormat));
    // A number that is written under the format of a text would become one.
    if (formats.some((row) => row.some((format) => format !== null))) range.numberFormat = formats;
    range.values = block.rows.map((row) => row.map(({ after, format }) => entered(after, format)));
    waiting += block.rows.length * block.width;
    done += block.rows.length * block.width;
    if (waiting >= CELLS_AT_ONCE / 2) {
      await context.sync();
      progress(done);
      waiting = 0;
    }
  }
  await context.sync();
}

function entered(value, format) {
  return format === TEXT && typeof value === "string" && !value.startsWith("'") ? value : typed(value);
}

/** The number format that the cell is to have; null where it keeps the one that it has. */
export function newFormat({ after, number_format: wanted, format }) {
  if (format === TEXT && typeof after !== "string" && after !== null) return wanted ?? NO_FORMAT;
  if (!wanted || format === wanted) return null;
  const isMadeHere = format.startsWith("[$-") && !format.startsWith("[$-F") && !format.endsWith(";@");
  return format === NO_FORMAT || isMadeHere || showsDates(format) !== showsDates(wanted) ? wanted : null;
}

/** Edits beside and below one another as rectangles: {row, column, width, rows}. */
export function* blocks(edits) {
  let open = new Map();
  let at = null;
  for (const run of rowRuns(edits)) {
    const [{ row, column }] = run;
    if (row !== at) {
      const kept = new Map();
      for (const [name, block] of open) {
        if (block.row + block.rows.length === row) kept.set(name, block);
        else yield block;
      }
      [open, at] = [kept, row];
    }
    const name = `${column}:${run.length}`;
    const block = open.get(name);
    const isFull = block && (block.rows.length + 1) * run.length > CELLS_AT_ONCE / 2;
    if (isFull) yield block;
    if (block && !isFull && block.row + block.rows.length === row) block.rows.push(run);
    else open.set(name, { row, column, width: run.length, rows: [run] });
  }
  yield* open.values();
}

function rowRuns(edits) {
  const runs = [];
  const order = (one, other) => one.row - other.row || one.column - other.column;
  for (const edit of [...edits].sort(order)) {
    const last = runs.at(-1)?.at(-1);
    if (last && last.row === edit.row && last.column + 1 === edit.column) runs.at(-1).push(edit);
    else runs.push([edit]);
  }
  return runs;
}

function dressAll(sheet, edits, styles) {
  styles.forEach((style, number) => {
    const runs = columnRuns(edits.filter((edit) => edit.style === number));
    const addresses = runs.map((run) => addressOf(run[0].column, run[0].row, run.at(-1).row));
    if (addresses.length) dress(sheet, addresses, style);
  });
}

function addressOf(column, first, last) {
  const name = letters(column);
  return first === last ? `${name}${first}` : `${name}${first}:${name}${last}`;
}

/** Whether anything is to be written. */
export function isEmpty(answer) {
  return !answer.edits.length && !answer.tabs.length;
}
