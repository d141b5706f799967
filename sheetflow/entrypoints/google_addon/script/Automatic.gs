/**
 * Runs that nobody presses a button for: by the clock, and some minutes after the last edit.
 *
 * An edit only notes its time; a look every five minutes asks for a run once nobody has typed for a while. What the
 * service writes comes through Google's programming interface, which calls no trigger; and an edit of cells that
 * SheetFlow fills is not counted anyway, so no run can ask for the next.
 */

var BY_CLOCK_ = 'recalculateByClock';
var AFTER_EDITS_ = 'recalculateAfterEdits';
var ON_EDIT_ = 'noteEdit';
var QUIET_MINUTES_ = 3;
var LOOK_MINUTES_ = 5;
var MORNING_ = 6;
var EDITED_ = 'sheetflow.edited';
var TROUBLE_ = 'sheetflow.trouble';

/** Asks for a run because it is time. */
function recalculateByClock() {
  runByItself_();
}

/**
 * Remembers that somebody edited what a plan is made from.
 * @param {GoogleAppsScript.Events.SheetsOnEdit} event
 */
function noteEdit(event) {
  if (countsAsEdit_(event.range)) {
    PropertiesService.getDocumentProperties().setProperty(EDITED_, String(Date.now()));
  }
}

/** Asks for a run if somebody edited and nobody does so any more. */
function recalculateAfterEdits() {
  var properties = PropertiesService.getDocumentProperties();
  var edited = properties.getProperty(EDITED_);
  if (!edited || Date.now() - Number(edited) < QUIET_MINUTES_ * 60000) {
    return;
  }
  var trouble = runByItself_();
  if (!(trouble && trouble.passing) && properties.getProperty(EDITED_) === edited) {
    properties.deleteProperty(EDITED_); // what was edited meanwhile waits for the next look
  }
}

/**
 * Asks for a run, and keeps what stopped it for the side bar: there is nobody to tell it to.
 * @returns {Trouble | undefined}
 */
function runByItself_() {
  var properties = PropertiesService.getDocumentProperties();
  var answer = answered_(function () {
    return startedRun_(languageAnyhow_());
  });
  if ('trouble' in answer) {
    properties.setProperty(TROUBLE_, JSON.stringify(answer.trouble));
    return answer.trouble;
  }
  properties.deleteProperty(TROUBLE_);
  return undefined;
}

/** @returns {Trouble | null} what stopped the last run by itself */
function automaticTrouble_() {
  return bodyOf_(PropertiesService.getDocumentProperties().getProperty(TROUBLE_) || '') || null;
}

/**
 * Whether the range holds anything but what SheetFlow fills.
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 * @returns {boolean}
 */
function countsAsEdit_(range) {
  var book = openBook_();
  var sheet = range.getSheet();
  if (isComputed_(sheet, book)) {
    return false;
  }
  var table = publicationTable_(sheet, book);
  return !table || range.getRow() <= table.header + 1 || !isFilled_(range, table.columns);
}

/**
 * Whether SheetFlow fills every column of the range.
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 * @param {Object<string, number>} columns
 * @returns {boolean}
 */
function isFilled_(range, columns) {
  var computed = NAMES.computed.map(function (name) {
    return columns[name];
  });
  for (var column = range.getColumn(); column <= range.getLastColumn(); column += 1) {
    if (computed.indexOf(column - 1) < 0) {
      return false;
    }
  }
  return true;
}

/** @returns {string} `off`, `hourly` or `daily` */
function timetable_() {
  var kept = PropertiesService.getUserProperties().getProperty(BY_CLOCK_);
  return hasTrigger_(BY_CLOCK_) ? kept || 'daily' : 'off';
}

/**
 * @param {string} handler
 * @returns {boolean}
 */
function hasTrigger_(handler) {
  return ScriptApp.getProjectTriggers().some(function (trigger) {
    return trigger.getHandlerFunction() === handler;
  });
}

/**
 * Puts the triggers of whoever asks into the chosen order.
 * @param {{timetable: string, edits: boolean}} choice
 */
function saveTriggers_(choice) {
  [BY_CLOCK_, AFTER_EDITS_, ON_EDIT_].forEach(deleteTriggers_);
  PropertiesService.getUserProperties().setProperty(BY_CLOCK_, choice.timetable);
  try {
    if (choice.timetable === 'hourly') {
      ScriptApp.newTrigger(BY_CLOCK_).timeBased().everyHours(1).create();
    } else if (choice.timetable === 'daily') {
      dailyTrigger_();
    }
    if (choice.edits) {
      editTriggers_();
    }
  } catch (error) {
    throw /too many triggers/i.test(String(error)) ? trouble_('too_many_triggers', {}) : error;
  }
}

function dailyTrigger_() {
  var zone = SpreadsheetApp.getActiveSpreadsheet().getSpreadsheetTimeZone();
  ScriptApp.newTrigger(BY_CLOCK_).timeBased().atHour(MORNING_).everyDays(1).inTimezone(zone).create();
}

function editTriggers_() {
  ScriptApp.newTrigger(ON_EDIT_).forSpreadsheet(SpreadsheetApp.getActiveSpreadsheet()).onEdit().create();
  ScriptApp.newTrigger(AFTER_EDITS_).timeBased().everyMinutes(LOOK_MINUTES_).create();
}

/** @param {string} handler */
function deleteTriggers_(handler) {
  ScriptApp.getProjectTriggers().forEach(function (trigger) {
    if (trigger.getHandlerFunction() === handler) {
      ScriptApp.deleteTrigger(trigger);
    }
  });
}
