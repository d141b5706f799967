/** Cells as Excel's interface takes and gives them. */

const LETTERS = 26;

/** The letters of a column: 1 is A, 27 is AA. */
export function letters(column) {
  let text = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / LETTERS)) {
    text = String.fromCharCode(65 + ((rest - 1) % LETTERS)) + text;
  }
  return text;
}

/** The column of its letters. */
export function columnOf(text) {
  return [...text].reduce((number, letter) => number * LETTERS + letter.charCodeAt(0) - 64, 0);
}

/** `B2:D9` as {row, column, lastRow, lastColumn}, counted from 1. */
export function area(address) {
  const [, left, top, right, bottom] = /^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$/.exec(address);
  return {
    row: Number(top),
    column: columnOf(left),
    lastRow: Number(bottom ?? top),
    lastColumn: columnOf(right ?? left),
  };
}

/** The address without its sheet. */
export function local(address) {
  return address.slice(address.lastIndexOf("!") + 1);
}

export function rangeOf(sheet, row, column, rows, columns) {
  return sheet.getRangeByIndexes(row - 1, column - 1, rows, columns);
}

const BOOLEANS = new Set(
  "TRUE FALSE WAHR FALSCH VRAI FAUX VERDADERO FALSO VERDADEIRO VERO WAAR ONWAAR SANT FALSKT SAND FALSK TOSI EPÄTOSI BENAR SALAH"
    .split(" "),
);
const SURELY_WORDS = /^\p{L}[^\p{N}]*$/u;

/** A value as it is written so that it stays what it is: Excel takes a text for whatever it looks like. */
export function typed(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string" || value === "") return value;
  const isPlain = SURELY_WORDS.test(value) && !BOOLEANS.has(value.toUpperCase());
  return isPlain ? value : `'${value}`;
}

const NEARLY = 1e-9;

/** Whether two values are the same in a cell: a blank text is none. */
export function same(one, other) {
  const [a, b] = [one, other].map((value) => (value === undefined || value === "" ? null : value));
  if (typeof a === "number" && typeof b === "number") {
    return Math.abs(a - b) <= NEARLY * Math.max(1, Math.abs(a));
  }
  return a === b;
}

/** Whether a cell holds a formula, by what it shows and what was typed into it. */
export function isFormula(shown, entered) {
  return typeof entered === "string" && entered.startsWith("=") && entered !== shown;
}

const NO_PART_OF_A_DATE = /"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi;

/** Whether a number format shows days or times. */
export function showsDates(format) {
  return typeof format === "string" && /[dmyhs]/i.test(format.replace(NO_PART_OF_A_DATE, ""));
}

/** `#1F2933` of `1F2933`. */
export function colour(digits) {
  return `#${digits}`;
}

const MOST_LETTERS = 8000;

/** Addresses joined into as few texts as may be asked for at once. */
export function* joined(addresses) {
  let text = "";
  for (const address of addresses) {
    if (text.length + address.length > MOST_LETTERS) {
      yield text;
      text = "";
    }
    text += text ? `,${address}` : address;
  }
  if (text) yield text;
}
