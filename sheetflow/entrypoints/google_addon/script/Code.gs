/**
 * SheetFlow in Google Sheets: its menu, and the side bar that each entry opens.
 *
 * What the side bar asks for stands in Panel.gs. A function whose name ends in an underscore cannot be called
 * by a page or a menu. Its sentences stand in WORDS, in three languages.
 */

/**
 * Adds the menu when the spreadsheet opens.
 * @param {GoogleAppsScript.Events.SheetsOnOpen} event
 */
function onOpen(event) {
  var words = WORDS[menuLanguage_(event)].menu;
  SpreadsheetApp.getUi()
    .createMenu('SheetFlow')
    .addItem(words.recalculate, 'openRecalculate')
    .addSeparator()
    .addItem(words.moved, 'openMoved')
    .addItem(words.today, 'openToday')
    .addItem(words.explain, 'openExplain')
    .addItem(words.dashboard, 'openDashboard')
    .addSeparator()
    .addItem(words.settings, 'openSettings')
    .addToUi();
}

/**
 * Adds the menu right after the add-on was installed.
 * @param {GoogleAppsScript.Events.SheetsOnOpen} event
 */
function onInstall(event) {
  onOpen(event);
}

/** Recalculates at once, and shows how far it has come. */
function openRecalculate() {
  showSidebar_('plan', true);
}

/** Shows what the last run moved. */
function openMoved() {
  showSidebar_('moved', false);
}

/** Shows what whoever asks has to do today. */
function openToday() {
  showSidebar_('today', false);
}

/** Explains the row that is selected. */
function openExplain() {
  showSidebar_('explain', false);
}

/** Fetches an address of the dashboard. */
function openDashboard() {
  showSidebar_('dashboard', false);
}

/** Shows what SheetFlow does by itself, and where its service is. */
function openSettings() {
  showSidebar_('settings', false);
}

/**
 * @param {string} view the part of the side bar that is shown first
 * @param {boolean} recalculates whether a run is asked for at once
 */
function showSidebar_(view, recalculates) {
  var language = language_(openBook_());
  var start = {
    view: view,
    recalculates: recalculates,
    language: language,
    rightToLeft: language === 'fa',
    words: WORDS[language],
  };
  var page = HtmlService.createHtmlOutputFromFile('Sidebar')
    .append('<script>begin(' + asScript_(start) + ');</script>')
    .setTitle('SheetFlow');
  SpreadsheetApp.getUi().showSidebar(page);
}

/**
 * A value as JavaScript that cannot end the script it stands in.
 * @param {Object} value
 * @returns {string}
 */
function asScript_(value) {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
