/** From a place in the side bar to its row, and from the selected cell to its publication. */

/**
 * Selects the row of a publication, wherever it has been moved to meanwhile.
 * @param {Book} book
 * @param {{sheet?: string, row?: number, id: string, title: string}} place
 * @returns {boolean} whether the row is still there
 */
function selectRow_(book, place) {
  var found = publicationTables_(book).map(function (table) {
    return { table: table, row: rowOf_(table, place) };
  }).filter(function (one) {
    return one.row > 0;
  });
  var inSheet = found.filter(function (one) {
    return one.table.sheet.getName() === place.sheet;
  });
  var chosen = inSheet[0] || found[0];
  if (chosen) {
    var sheet = chosen.table.sheet;
    sheet.getRange(chosen.row, 1, 1, sheet.getLastColumn()).activate();
  }
  return chosen !== undefined;
}

/**
 * The number of the row with the same ID, or without one with the same title; the same place first; 0 for none.
 * @param {Table} table
 * @param {{sheet?: string, row?: number, id: string, title: string}} place
 * @returns {number}
 */
function rowOf_(table, place) {
  var header = place.id ? 'ID' : 'Publication';
  var wanted = place.id || place.title;
  var numbers = recordsOf_(table).filter(function (record) {
    return wanted !== '' && record.text(header) === wanted;
  }).map(function (record) {
    return record.number;
  });
  return numbers.indexOf(place.row || 0) >= 0 ? place.row || 0 : numbers[0] || 0;
}

/**
 * The publication that the selected cell belongs to, in its own tab or in one that SheetFlow writes.
 * @param {Book} book
 * @returns {{row: Row, table: Table}}
 */
function selectedRow_(book) {
  var range = SpreadsheetApp.getActiveSpreadsheet().getActiveRange();
  var sheet = range ? range.getSheet() : undefined;
  var table = sheet && (publicationTable_(sheet, book) || computedTable_(sheet, book));
  var rows = table ? recordsOf_(table).filter(function (record) {
    return range !== null && record.number === range.getRow();
  }) : [];
  if (!table || !rows.length) {
    throw trouble_('no_row', {});
  }
  if (!hasId_(rows[0])) {
    throw trouble_('row_without_id', {});
  }
  return { row: rows[0], table: table };
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {Book} book
 * @returns {Table | undefined}
 */
function computedTable_(sheet, book) {
  var name = tabName_(sheet, book);
  return name && isComputed_(sheet, book) ? tableIn_(sheet, name, ['ID'], book) : undefined;
}

/**
 * What the sheet itself says of a publication, as it is shown.
 * @param {Book} book
 * @param {string} id
 */
function standingOf_(book, id) {
  var rows = publicationTables_(book).map(function (table) {
    return recordsOf_(table).filter(function (record) {
      return record.text('ID') === id;
    })[0];
  }).filter(isThere_);
  return rows.length ? shownOf_(rows[0]) : undefined;
}

/** @param {Row} record */
function shownOf_(record) {
  return {
    title: record.text('Publication'),
    flag: flagOf_(record),
    flagText: record.text('Flag'),
    why: record.text('Why'),
    delivery: record.text('Delivery date'),
    ready_by: record.text('Ready by'),
    forecast: record.text('Forecast'),
    start_by: record.text('Start by'),
    slack: record.text('Slack'),
  };
}
