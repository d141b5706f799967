/** The workbook that the pane stands beside. */

import { goToCell, goToRow } from "./pointing.js";
import { posted, readWorkbook } from "./reading.js";
import { drawTabs } from "./drawing.js";
import { furnish } from "./furnishing.js";
import { writeEdits } from "./writing.js";
import { asTrouble } from "../trouble.js";

const NOT_UNDONE = "UndoNotSupported";
const NEEDED = "1.13";

/** Whether this Excel can do what the pane asks for. */
export function canDoIt(office) {
  return office.context.requirements.isSetSupported("ExcelApi", NEEDED);
}

/** Read it: what the service is asked with, and what is remembered until the plan is written. */
export async function gather(progress) {
  const read = await run({}, (context) => readWorkbook(context, progress));
  return {
    tabs: read.tabs,
    cut: read.tabs.filter(({ isCut }) => isCut).map(({ name }) => name),
    body: { tabs: read.tabs.map(posted), date_system: read.datesFrom1904 ? "1904" : "1900" },
  };
}

/** Write a plan; gives {written, left, failed}: cells written, what was left alone, tabs that could not be drawn. */
export async function write(answer, tabs, progress) {
  let began = false;
  try {
    const edits = (context) => writeEdits(context, answer, tabs, (share) => progress("writing", share / 2));
    const report = await undoable(edits, () => { began = true; });
    began ||= report.written > 0;
    if (report.written) await run({}, (context) => furnish(context, answer, tabs));
    const failed = await run({}, (context) =>
      drawTabs(context, answer.tabs, (tab, share) => {
        began = true;
        progress("drawing", 0.5 + share / 2, { tab });
      }),
    );
    return { ...report, failed };
  } catch (error) {
    error.half = began;
    throw error;
  }
}

/** Do it so that one step back undoes it, where this Excel can; what was written is found again at a second try. */
async function undoable(work, note) {
  try {
    return await run({ mergeUndoGroup: true }, work);
  } catch (error) {
    if (error.facts?.error !== NOT_UNDONE) throw error;
    note();
    return run({}, work);
  }
}

export function selectRow(place) {
  return run({}, (context) => goToRow(context, place));
}

export function selectCell(place) {
  return run({}, (context) => goToCell(context, place));
}

/** Work in one conversation with Excel; it waits until nobody is typing into a cell. */
async function run(options, work) {
  try {
    return await Excel.run({ delayForCellEdit: true, ...options }, work);
  } catch (error) {
    throw asTrouble(error);
  }
}
