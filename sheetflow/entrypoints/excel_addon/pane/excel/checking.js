/** Whether what was planned still fits: people may have typed, sorted or deleted while the plan was made. */

import { isFormula, rangeOf, same } from "./cells.js";
import { CELLS_AT_ONCE, pieces } from "./reading.js";

/** What a tab held when it was read. */
export class Memory {
  constructor(tab) {
    this.tab = tab;
  }

  /** What was typed into a cell; blank where nothing stood. */
  at(row, column) {
    const { tab } = this;
    return tab.formulas[row - tab.row]?.[column - tab.column] ?? "";
  }

  headers(row) {
    const { tab } = this;
    return tab.formulas[row - tab.row] ?? [];
  }
}

/** What a tab holds now, as far as it matters. */
export class Present {
  constructor() {
    this.cells = new Map();
  }

  put(row, column, values, formulas, formats) {
    values.forEach((cells, down) =>
      cells.forEach((value, right) => {
        const cell = { value, formula: formulas[down][right], format: formats[down][right] };
        this.cells.set(key(row + down, column + right), cell);
      }),
    );
  }

  at(row, column) {
    return this.cells.get(key(row, column));
  }
}

function key(row, column) {
  return row * 20_000 + column;
}

/** Read the cells that are to be written, and those that tell their rows apart. */
export async function presentOf(context, sheet, edits, watched, memory) {
  const present = new Present();
  const rows = edits.map(({ row }) => row);
  const [first, last] = [least(rows), most(rows)];
  const columns = [...new Set([...edits.map(({ column }) => column), ...(watched?.columns ?? [])])];
  const wanted = runs(columns.sort((a, b) => a - b)).flatMap(([column, count]) =>
    [...pieces(last - first + 1, count)].map(([from, size]) => [first + from, column, size, count]),
  );
  const { tab } = memory;
  if (watched) wanted.push([watched.head, tab.column, 1, Math.max(1, memory.headers(watched.head).length)]);
  await readAll(context, sheet, wanted, present);
  return present;
}

async function readAll(context, sheet, wanted, present) {
  let asked = [];
  let cells = 0;
  const flush = async () => {
    await context.sync();
    for (const [row, column, range] of asked) {
      present.put(row, column, range.values, range.formulas, range.numberFormat);
    }
    asked = [];
    cells = 0;
  };
  for (const [row, column, size, count] of wanted) {
    if (asked.length && cells + size * count > CELLS_AT_ONCE) await flush();
    const range = rangeOf(sheet, row, column, size, count);
    range.load("values,formulas,numberFormat");
    asked.push([row, column, range]);
    cells += size * count;
  }
  await flush();
}

/** Neighbouring columns as [first, count]. */
function runs(columns) {
  const found = [];
  for (const column of columns) {
    const run = found.at(-1);
    if (run && run[0] + run[1] === column) run[1] += 1;
    else found.push([column, 1]);
  }
  return found;
}

function least(numbers) {
  return numbers.reduce((one, other) => Math.min(one, other));
}

function most(numbers) {
  return numbers.reduce((one, other) => Math.max(one, other));
}

/**
 * The edits that may be written, and what is left alone: {sheet, row} for a row that is not the one that was read,
 * {sheet, cell} for a cell that holds something else, {sheet} for a table whose headers have changed.
 * What holds the new value already needs no writing, and is no trouble.
 */
export function sorted(edits, watched, memory, present) {
  const read = new Reading(edits, memory, present);
  if (watched && !read.headersFit(watched.head)) return { fitting: [], left: [{ sheet: memory.tab.name }] };
  const fitting = [];
  const left = [];
  const moved = new Set();
  for (const edit of edits) {
    if (moved.has(edit.row)) continue;
    const isHead = edit.row === watched?.head;
    if (watched && !isHead && !watched.columns.every((column) => read.stands(edit.row, column))) {
      moved.add(edit.row);
      left.push({ sheet: edit.sheet, row: edit.row });
      continue;
    }
    const now = present.at(edit.row, edit.column);
    const isTheirs = isFormula(now.value, now.formula) || !same(now.value, edit.before);
    if (!isTheirs) fitting.push({ ...edit, format: now.format });
    else if (!same(now.value, edit.after)) left.push({ sheet: edit.sheet, cell: edit.cell });
  }
  return { fitting, left };
}

/** What was read, against what stands there now. */
class Reading {
  constructor(edits, memory, present) {
    this.memory = memory;
    this.present = present;
    this.wanted = new Map(edits.map(({ row, column, after }) => [key(row, column), after]));
  }

  headersFit(head) {
    return this.memory.headers(head).every((_, at) => this.stands(head, this.memory.tab.column + at));
  }

  /** Whether a cell holds what it held, or what an interrupted run has written there already. */
  stands(row, column) {
    const now = this.present.at(row, column);
    const before = this.memory.at(row, column);
    if (now === undefined) return false;
    return same(now.formula, before) || (before === "" && same(now.value, this.wanted.get(key(row, column))));
  }
}
