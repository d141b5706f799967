/**
 * The spreadsheet as SheetFlow reads it: tabs by name or by their headers, columns by header, in three languages.
 *
 * @typedef {'en' | 'id' | 'fa'} Language
 * @typedef {Object<string, string>} Aliases the team's own words: folded word to folded known name
 * @typedef {{sheets: GoogleAppsScript.Spreadsheet.Sheet[], aliases: Aliases, language: (Language | undefined)}} Book
 * @typedef {{sheet: GoogleAppsScript.Spreadsheet.Sheet, header: number, columns: Object<string, number>,
 *     rows: string[][]}} Table rows as they are shown; header and columns count from 0
 */

var ROWS_SEARCHED_ = 30;
var LONGEST_HEADER_ = 60;
var REQUIRED_ = ['Publication', 'Type', 'Delivery date'];

/**
 * The spreadsheet, with what its Settings say about words.
 * @returns {Book}
 */
function openBook_() {
  /** @type {Book} */
  var book = { sheets: gridSheets_(), aliases: {}, language: undefined };
  var table = settingsTable_(book);
  if (table) {
    readSettings_(table, book);
  }
  return book;
}

/** @returns {GoogleAppsScript.Spreadsheet.Sheet[]} */
function gridSheets_() {
  return SpreadsheetApp.getActiveSpreadsheet().getSheets().filter(function (sheet) {
    return sheet.getType() === SpreadsheetApp.SheetType.GRID; // a chart in a tab of its own has no cells
  });
}

/**
 * @param {Book} book
 * @returns {Table | undefined}
 */
function settingsTable_(book) {
  var named = sheetsNamed_(book, 'Settings');
  var tables = (named.length ? named : book.sheets).map(function (sheet) {
    return tableIn_(sheet, 'Settings', ['Setting', 'Value'], book);
  });
  return tables.filter(isThere_)[0];
}

/**
 * @param {Table} table
 * @param {Book} book takes what is read
 */
function readSettings_(table, book) {
  recordsOf_(table).forEach(function (record) {
    var parts = record.text('Setting').split(/\s*[:：]\s*/);
    var name = entry_(NAMES.settings, fold_(parts[0]));
    var value = fold_(record.text('Value'));
    if (name === 'Alias' && parts[1]) {
      book.aliases[fold_(parts[1])] = value;
    } else if (name === 'Language') {
      book.language = book.language || knownLanguage_(entry_(NAMES.languages, value) || '');
    }
  });
}

/**
 * The canonical name of a tab that SheetFlow knows by its name.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {Book} book
 * @returns {string | undefined}
 */
function tabName_(sheet, book) {
  var key = fold_(sheet.getName());
  return entry_(NAMES.tabs, entry_(book.aliases, key) || '') || entry_(NAMES.tabs, key);
}

/**
 * @param {Book} book
 * @param {string} tab
 * @returns {GoogleAppsScript.Spreadsheet.Sheet[]}
 */
function sheetsNamed_(book, tab) {
  return book.sheets.filter(function (sheet) {
    return tabName_(sheet, book) === tab;
  });
}

/**
 * Every table of publications, whatever its tab is called.
 * @param {Book} book
 * @returns {Table[]}
 */
function publicationTables_(book) {
  return book.sheets.map(function (sheet) {
    return publicationTable_(sheet, book);
  }).filter(isThere_);
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {Book} book
 * @returns {Table | undefined}
 */
function publicationTable_(sheet, book) {
  return isComputed_(sheet, book) ? undefined : tableIn_(sheet, 'Publications', REQUIRED_, book);
}

/**
 * Whether SheetFlow writes all of the tab.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {Book} book
 * @returns {boolean}
 */
function isComputed_(sheet, book) {
  return NAMES.computedTabs.indexOf(tabName_(sheet, book) || '') >= 0;
}

/**
 * The table of a tab that is known by its name.
 * @param {Book} book
 * @param {string} tab
 * @param {string[]} required
 * @returns {Table | undefined}
 */
function tableNamed_(book, tab, required) {
  return sheetsNamed_(book, tab).map(function (sheet) {
    return tableIn_(sheet, tab, required, book);
  }).filter(isThere_)[0];
}

/**
 * The table of a sheet, where one of its first rows has all required headers.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {string} tab
 * @param {string[]} required
 * @param {Book} book
 * @returns {Table | undefined}
 */
function tableIn_(sheet, tab, required, book) {
  var header = headerRow_(shownRows_(sheet, ROWS_SEARCHED_), tab, required, book);
  if (header < 0) {
    return undefined;
  }
  var rows = shownRows_(sheet, sheet.getLastRow());
  return { sheet: sheet, header: header, columns: columnsOf_(rows, header, tab, book), rows: rows };
}

/**
 * The first rows of a sheet as they are shown; none of an empty one.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {number} most
 * @returns {string[][]}
 */
function shownRows_(sheet, most) {
  var count = Math.min(most, sheet.getLastRow());
  return count ? sheet.getRange(1, 1, count, sheet.getLastColumn()).getDisplayValues() : [];
}

/**
 * @template T
 * @param {T | undefined} found
 * @returns {found is T}
 */
function isThere_(found) {
  return found !== undefined;
}
