/** How cells look: the properties of a style, each set for many cells at once. */

import { area, colour, joined } from "./cells.js";

const ALIGNED = { left: "Left", center: "Center", right: "Right" };

const FORMATTED = {
  font: (format, value) => { format.font.name = value; },
  ink: (format, value) => { format.font.color = colour(value); },
  bold: (format, value) => { format.font.bold = value; },
  size: (format, value) => { format.font.size = value; },
  fill: (format, value) => { format.fill.color = colour(value); },
  align: (format, value) => { format.horizontalAlignment = ALIGNED[value]; },
  indent: (format, value) => { format.indentLevel = value; },
  wrap: (format, value) => { format.wrapText = value; },
  right_to_left: (format) => { format.readingOrder = "RightToLeft"; },
};

const EDGES = {
  under: { weight: "Thin", sides: ["EdgeBottom"], between: ["InsideHorizontal"] },
  left_edge: { weight: "Medium", sides: ["EdgeLeft"], between: ["InsideVertical"] },
  outline: {
    weight: "Medium",
    sides: ["EdgeTop", "EdgeBottom", "EdgeLeft", "EdgeRight"],
    between: ["InsideHorizontal", "InsideVertical"],
  },
};

/** The order in which properties are set: a later line is drawn over an earlier one. */
const ORDER = [...Object.keys(FORMATTED), ...Object.keys(EDGES)];

/** Set every property of the style, but its number format, for the cells at these addresses. */
export function dress(sheet, addresses, style) {
  for (const name of ORDER.filter((each) => each in style)) setProperty(sheet, addresses, name, style[name]);
}

/** Set one property for the cells at these addresses. */
export function setProperty(sheet, addresses, name, value) {
  if (name in EDGES) return setEdges(sheet, addresses, EDGES[name], value);
  const set = FORMATTED[name];
  if (set) for (const text of joined(addresses)) set(sheet.getRanges(text).format, value);
}

/** Lines between the cells of an area are there only where it has more than one row, or one column. */
function setEdges(sheet, addresses, { weight, sides, between }, value) {
  const groups = new Map();
  for (const address of addresses) {
    const { row, column, lastRow, lastColumn } = area(address);
    const inside = between.filter((side) => (side === "InsideHorizontal" ? lastRow > row : lastColumn > column));
    const key = inside.join();
    groups.set(key, [...(groups.get(key) ?? []), address]);
  }
  for (const [key, group] of groups) {
    for (const text of joined(group)) {
      for (const side of [...sides, ...(key ? key.split(",") : [])]) {
        const border = sheet.getRanges(text).format.borders.getItem(side);
        border.style = "Continuous";
        border.color = colour(value);
        border.weight = weight;
      }
    }
  }
}

const OPERATORS = {
  equal: "EqualTo",
  greaterThan: "GreaterThan",
  greaterThanOrEqual: "GreaterThanOrEqual",
  between: "Between",
};

/** What Excel calls the rule: an operator and its operands as formulas. */
export function conditionOf({ operator, operand, upper }) {
  const formula1 = typeof operand === "string" ? `="${operand.replaceAll('"', '""')}"` : `=${operand}`;
  const condition = { formula1, operator: OPERATORS[operator] };
  return upper === null || upper === undefined ? condition : { ...condition, formula2: `=${upper}` };
}

/** Colour cells by their value. */
export function addRule(sheet, rule) {
  for (const text of joined(rule.ranges)) {
    const made = sheet.getRanges(text).conditionalFormats.add("CellValue");
    const format = made.cellValue.format;
    if (rule.style.ink) format.font.color = colour(rule.style.ink);
    if (rule.style.bold) format.font.bold = true;
    if (rule.style.fill) format.fill.color = colour(rule.style.fill);
    made.cellValue.rule = conditionOf(rule);
  }
}

/** The width of a column of so many letters, in points. */
export function pointsOf(width) {
  return (width * 7 + 5) * 0.75;
}
