/** Which row holds the headers, and which column is which. */

/**
 * The first row with all required headers; of several the one with most; -1 where there is none.
 * @param {string[][]} rows
 * @param {string} tab
 * @param {string[]} required
 * @param {Book} book
 * @returns {number}
 */
function headerRow_(rows, tab, required, book) {
  var best = -1;
  var most = 0;
  rows.forEach(function (cells, row) {
    var known = headersIn_(cells, tab, book);
    var count = Object.keys(known).length;
    var complete = required.every(function (name) {
      return known[name];
    });
    if (complete && count > most) {
      best = row;
      most = count;
    }
  });
  return best;
}

/**
 * @param {string[]} cells
 * @param {string} tab
 * @param {Book} book
 * @returns {Object<string, boolean>}
 */
function headersIn_(cells, tab, book) {
  /** @type {Object<string, boolean>} */
  var known = {};
  cells.forEach(function (text) {
    meanings_(text, tab, book).forEach(function (name) {
      known[name] = true;
    });
  });
  delete known['']; // a blank meaning: the column may be one of the team's own
  return known;
}

/**
 * All that a header may mean: the team's own word for it first.
 * @param {string} text
 * @param {string} tab
 * @param {Book} book
 * @returns {string[]}
 */
function meanings_(text, tab, book) {
  var key = text.length > LONGEST_HEADER_ ? '' : fold_(text);
  var headers = NAMES.headers[tab];
  return entry_(headers, entry_(book.aliases, key) || '') || entry_(headers, key) || [];
}

/**
 * The column of each header, counted from 0.
 * @param {string[][]} rows
 * @param {number} header
 * @param {string} tab
 * @param {Book} book
 * @returns {Object<string, number>}
 */
function columnsOf_(rows, header, tab, book) {
  /** @type {Object<string, number[]>} */
  var found = {};
  rows[header].forEach(function (text, column) {
    var names = meanings_(text, tab, book);
    if (names.length && (names.length === 1 || isIdOfRows_(names, rows, header, column))) {
      found[names[0]] = (found[names[0]] || []).concat(column);
    }
  });
  /** @type {Object<string, number>} */
  var columns = {};
  Object.keys(found).forEach(function (name) {
    columns[name] = chosenColumn_(found[name], rows, header, tab);
  });
  return columns;
}

/**
 * Of several columns that mean the same: that of the very name, then the first with anything in it.
 * @param {number[]} columns
 * @param {string[][]} rows
 * @param {number} header
 * @param {string} tab
 * @returns {number}
 */
function chosenColumn_(columns, rows, header, tab) {
  var own = columns.filter(function (column) {
    return NAMES.own[tab].indexOf(fold_(rows[header][column])) >= 0;
  });
  var candidates = own.length ? own : columns;
  var filled = candidates.filter(function (column) {
    return filledIn_(rows, header, column).length > 0;
  });
  return (filled.length ? filled : candidates)[0];
}

/**
 * Whether a header such as `No` stands over IDs: numbers that merely count rows are none.
 * @param {string[]} names
 * @param {string[][]} rows
 * @param {number} header
 * @param {number} column
 * @returns {boolean}
 */
function isIdOfRows_(names, rows, header, column) {
  var texts = filledIn_(rows, header, column);
  return names[0] === 'ID' && texts.some(function (text, index) {
    return text !== String(index + 1);
  });
}

/**
 * The texts under a header, blanks left out.
 * @param {string[][]} rows
 * @param {number} header
 * @param {number} column
 * @returns {string[]}
 */
function filledIn_(rows, header, column) {
  return rows.slice(header + 1).map(function (cells) {
    return cells[column].trim();
  }).filter(Boolean);
}

/**
 * One row of a table: `number` counts from 1 as in the sheet, `text` gives what is shown under a header.
 * @typedef {{number: number, text: function(string): string}} Row
 */

/**
 * The rows below the header that hold anything.
 * @param {Table} table
 * @returns {Row[]}
 */
function recordsOf_(table) {
  return table.rows.map(function (cells, index) {
    return {
      number: index + 1,
      /** @param {string} name */
      text: function (name) {
        var column = table.columns[name];
        return column === undefined ? '' : cells[column].trim();
      },
    };
  }).slice(table.header + 1).filter(function (record) {
    return Object.keys(table.columns).some(record.text);
  });
}

/**
 * What a map holds under a key that somebody typed: `constructor` is a word like any other.
 * @template T
 * @param {Record<string, T>} map
 * @param {string} key
 * @returns {T | undefined}
 */
function entry_(map, key) {
  return Object.prototype.hasOwnProperty.call(map, key) ? map[key] : undefined;
}
