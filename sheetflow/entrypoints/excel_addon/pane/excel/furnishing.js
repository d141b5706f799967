/** What the team's tabs need beside values: widths, colours by value, Excel tables that take new columns in. */

import { area, letters } from "./cells.js";
import { addRule, conditionOf, pointsOf } from "./dressing.js";
import { bySheet, newColumns, standing } from "./writing.js";

/** Widths of new columns, colours of flags where they are not there yet, and Excel tables that take new columns in. */
export async function furnish(context, answer, tabs) {
  for (const [name, looks] of bySheet(answer.columns)) {
    const tab = tabs.find((each) => each.name === name);
    const sheet = await standing(context, tab);
    if (!sheet) continue;
    const ruled = looks.filter(({ rules }) => rules.length).map((look) => [look, formatsOf(sheet, look)]);
    await context.sync();
    const known = ruled.map(([look, formats]) => [look, conditions(formats)]);
    if (ruled.length) await context.sync();
    for (const [look, present] of known) addMissing(sheet, look.rules, present);
    for (const { column, width } of looks.filter((look) => look.width)) {
      sheet.getRange(`${letters(column)}:${letters(column)}`).format.columnWidth = pointsOf(width);
    }
    growTables(sheet, tab, answer);
    await context.sync();
  }
}

function formatsOf(sheet, { rules }) {
  const { conditionalFormats } = sheet.getRange(rules[0].ranges[0]);
  conditionalFormats.load("items/type");
  return conditionalFormats;
}

function conditions(formats) {
  const compared = formats.items.filter(({ type }) => type === "CellValue");
  for (const { cellValue } of compared) cellValue.load("rule");
  return compared;
}

function addMissing(sheet, rules, present) {
  const known = new Set(present.map(({ cellValue }) => `${cellValue.rule.operator} ${cellValue.rule.formula1}`));
  for (const rule of rules) {
    const { operator, formula1 } = conditionOf(rule);
    if (!known.has(`${operator} ${formula1}`)) addRule(sheet, rule);
  }
}

/** An Excel table takes in the columns that were added at its right end. */
function growTables(sheet, tab, answer) {
  const watched = answer.watched.find((each) => each.sheet === tab.name);
  const added = newColumns(answer.edits.filter((edit) => edit.sheet === tab.name), watched);
  for (const table of tab.tables) {
    const { row, column, lastRow, lastColumn } = area(table.address);
    const end = [...added].reduce((width) => (added.has(width + 1) ? width + 1 : width), lastColumn);
    if (table.hasHeader && row === watched?.head && end > lastColumn) {
      sheet.tables.getItem(table.id).resize(`${letters(column)}${row}:${letters(end)}${lastRow}`);
    }
  }
}
