/** Which language to speak: that of the workbook, else that of whoever reads. */

/**
 * @param {Book} book
 * @returns {Language}
 */
function language_(book) {
  return book.language || languageOfUser_();
}

/**
 * The language of the menu; before somebody has allowed the script to read, that of the user.
 * @param {GoogleAppsScript.Events.SheetsOnOpen} event
 * @returns {Language}
 */
function menuLanguage_(event) {
  var mayRead = !event || event.authMode !== ScriptApp.AuthMode.NONE;
  return mayRead ? languageAnyhow_() : languageOfUser_();
}

/**
 * The language even where the spreadsheet cannot be read: the wrong one beats none.
 * @returns {Language}
 */
function languageAnyhow_() {
  try {
    return language_(openBook_());
  } catch (error) {
    return languageOfUser_();
  }
}

/** @returns {Language} */
function languageOfUser_() {
  var code = String(Session.getActiveUserLocale() || '').toLowerCase().split(/[-_]/)[0];
  return knownLanguage_(code === 'in' ? 'id' : code) || 'en'; // `in` is an old code of Indonesian
}

/**
 * @param {string} code
 * @returns {Language | undefined}
 */
function knownLanguage_(code) {
  return code === 'en' || code === 'id' || code === 'fa' ? code : undefined;
}
