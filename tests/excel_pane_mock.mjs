/**
 * Runs parts of the pane under office-addin-mock, Microsoft's own stand-in for Office's objects: it gives no value that
 * was not loaded and synchronised before. Takes the folder of the pane and that of the packages; prints what was seen.
 */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [, , pane, packages] = process.argv;
const { OfficeMockObject } = createRequire(join(packages, "here.js"))("office-addin-mock");
const part = (name) => import(pathToFileURL(join(pane, "excel", name)));

const seen = {};

/** A workbook of one tab with a range that stands for every range of it. */
function workbook(range) {
  const calls = [];
  const data = {
    workbook: {
      worksheets: {
        sheet: {
          name: "Plan",
          range: {
            address: "Plan!A1:C2",
            rowIndex: 1,
            format: { fill: { color: "#FFFFFF" }, font: {}, columnWidth: 0 },
            ...range,
            select() { calls.push(`select ${this.asked}`); },
            findOrNullObject(text) { calls.push(`find ${text}`); return this; },
            getIntersectionOrNullObject() { return this; },
          },
          activate() { calls.push("activate"); },
          getRange(address) { this.range.asked = address; return this.range; },
          getUsedRange() { return this.range; },
          getRangeByIndexes(...place) { calls.push(place.join()); return this.range; },
          getRanges(text) { this.range.asked = text; return this.range; },
        },
        getItemOrNullObject() { return this.sheet; },
      },
    },
  };
  return { context: new OfficeMockObject(data, "excel"), calls };
}

const tab = { id: "1", name: "Plan", row: 1, column: 1, formulas: [["ID", "Title"], ["P-1", "Tips"]], tables: [] };
const edit = { sheet: "Plan", cell: "C2", row: 2, column: 3, before: null, after: "=1+1" };
const watched = [{ sheet: "Plan", head: 1, columns: [2] }];

{
  const { goToRow } = await part("pointing.js");
  const { context, calls } = workbook({ values: [["P-1", "Tips"]] });
  seen.found = await goToRow(context, { sheet: "Plan", row: 2, id: "P-1" });
  seen.going = calls;
}
{
  const { goToCell } = await part("pointing.js");
  const { context, calls } = workbook({ values: [[""]] });
  seen.cell = await goToCell(context, { sheet: "Plan", cell: "B7" });
  seen.pointing = calls;
}
{
  const { presentOf } = await part("checking.js");
  const { context } = workbook({ values: [["x"]], formulas: [["x"]], numberFormat: [["General"]] });
  const sheet = context.workbook.worksheets.getItemOrNullObject("1");
  const { Memory } = await part("checking.js");
  const present = await presentOf(context, sheet, [edit], undefined, new Memory(tab));
  seen.present = present.at(2, 3);
}
{
  const { writeEdits } = await part("writing.js");
  const { context } = workbook({ values: [[""]], formulas: [[""]], numberFormat: [["General"]] });
  const answer = { edits: [edit], styles: [], watched: [], columns: [], tabs: [] };
  seen.report = await writeEdits(context, answer, [tab], () => {});
  seen.written = context.workbook.worksheets.sheet.range.values;
}
{
  // The mock must be able to say no: the same range, read without load and sync.
  const { context } = workbook({ values: [["x"]] });
  seen.unloaded = String(context.workbook.worksheets.sheet.range.values);
}
console.log(JSON.stringify(seen));
