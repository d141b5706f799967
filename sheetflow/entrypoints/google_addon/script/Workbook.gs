/** Under which name the service knows this spreadsheet. */

var REMEMBERED_ = 'sheetflow.workbook';

/**
 * @typedef {{id: string, name: string}} Registered
 */

/**
 * Asks for something of this spreadsheet's workbook; `path` goes on after its ID.
 * @param {GoogleAppsScript.URL_Fetch.HttpMethod} method
 * @param {string} path
 * @param {Language} language
 * @returns {any}
 */
function askWorkbook_(method, path, language) {
  var remembered = remembered_();
  try {
    return remembered ? askOf_(remembered, method, path, language) : askAnew_(method, path, language);
  } catch (error) {
    if (!remembered || troubleOf_(error).code !== 'not_registered') {
      throw error;
    }
    forget_(); // it may have been registered anew, under another ID
    return askAnew_(method, path, language);
  }
}

/**
 * Looks for the workbook, then asks; to the service, what one may not do and what is not there look alike.
 * @param {GoogleAppsScript.URL_Fetch.HttpMethod} method
 * @param {string} path
 * @param {Language} language
 * @returns {any}
 */
function askAnew_(method, path, language) {
  var workbook = registered_(language);
  try {
    return askOf_(workbook, method, path, language);
  } catch (error) {
    if (troubleOf_(error).code !== 'not_registered') {
      throw error;
    }
    throw trouble_('forbidden', {}, { lines: [allowing_(workbook.id)] });
  }
}

/**
 * @param {Registered} workbook
 * @param {GoogleAppsScript.URL_Fetch.HttpMethod} method
 * @param {string} path
 * @param {Language} language
 * @returns {any}
 */
function askOf_(workbook, method, path, language) {
  return ask_(method, '/v1/workbooks/' + encodeURIComponent(workbook.id) + path, language);
}

/**
 * The workbook of this spreadsheet, looked for among those that one may see.
 * @param {Language} language
 * @returns {Registered}
 */
function registered_(language) {
  var answer = ask_('get', '/v1/workbooks', language);
  var found = listed_(answer).filter(isThisSpreadsheet_)[0];
  if (!found) {
    throw notRegistered_(shortened_(answer.service_account));
  }
  var workbook = { id: String(found.id), name: shortened_(found.name) };
  PropertiesService.getDocumentProperties().setProperty(REMEMBERED_, JSON.stringify(workbook));
  return workbook;
}

/**
 * @param {any} answer
 * @returns {any[]}
 */
function listed_(answer) {
  return Array.isArray(answer.workbooks) ? answer.workbooks : [];
}

/**
 * Whether an address names this spreadsheet: its ID alone, or within a URL.
 * @param {{address?: string}} workbook
 * @returns {boolean}
 */
function isThisSpreadsheet_(workbook) {
  return String(workbook.address).split(/[^\w-]+/).indexOf(spreadsheetId_()) >= 0;
}

/** @returns {string} */
function spreadsheetId_() {
  return SpreadsheetApp.getActiveSpreadsheet().getId();
}

/** @returns {Registered | undefined} */
function remembered_() {
  var text = PropertiesService.getDocumentProperties().getProperty(REMEMBERED_);
  var workbook = bodyOf_(text || '');
  return workbook && workbook.id ? workbook : undefined;
}

/** A copied spreadsheet brings no properties with it; one that is registered anew has an ID of its own. */
function forget_() {
  PropertiesService.getDocumentProperties().deleteProperty(REMEMBERED_);
}

/**
 * What whoever runs the service has to do.
 * @param {string} account the one that the spreadsheet must be shared with, where the service tells it
 * @returns {Error}
 */
function notRegistered_(account) {
  var address = 'https://docs.google.com/spreadsheets/d/' + spreadsheetId_();
  var lines = ['sheetflow workbooks add ' + address, allowing_(address)];
  return trouble_('not_registered', {}, { lines: lines, account: account });
}

/**
 * The command that lets whoever asks recalculate.
 * @param {string} workbook
 * @returns {string}
 */
function allowing_(workbook) {
  return 'sheetflow workbooks allow ' + workbook + ' ' + (email_() || 'PERSON@EXAMPLE.COM');
}

/** @returns {string} */
function email_() {
  return Session.getActiveUser().getEmail();
}
