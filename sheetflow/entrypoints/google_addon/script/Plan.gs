/**
 * What the plan in the sheet says: flags and their causes, what moved, what is to be done today.
 *
 * @typedef {{sheet: string, row: number, id: string, title: string, flag: string, flagText: string, why: string,
 *     owner: string, due: string}} PlannedRow `flag` is canonical, the other texts are as the sheet shows them
 */

var MOST_SHOWN_ = 100;

/**
 * Counts by flag, and the red and amber rows, red ones first.
 * @param {Book} book
 */
function planOf_(book) {
  var tables = publicationTables_(book);
  /** @type {PlannedRow[]} */
  var rows = [];
  tables.forEach(function (table) {
    rows = rows.concat(plannedRows_(table));
  });
  var red = withFlag_(rows, 'Red');
  var amber = withFlag_(rows, 'Amber');
  return {
    found: tables.length > 0,
    planned: rows.some(function (row) { return row.flag !== ''; }),
    publications: rows.length,
    counts: {
      Red: red.length,
      Amber: amber.length,
      Green: withFlag_(rows, 'Green').length,
      Grey: withFlag_(rows, 'Grey').length,
    },
    attention: red.concat(amber).slice(0, MOST_SHOWN_),
    more: Math.max(0, red.length + amber.length - MOST_SHOWN_),
  };
}

/**
 * @param {PlannedRow[]} rows
 * @param {string} flag
 * @returns {PlannedRow[]}
 */
function withFlag_(rows, flag) {
  return rows.filter(function (row) { return row.flag === flag; });
}

/**
 * @param {Table} table
 * @returns {PlannedRow[]}
 */
function plannedRows_(table) {
  return recordsOf_(table).filter(isPublication_).map(function (record) {
    return plannedRow_(table, record);
  });
}

/**
 * @param {Row} record
 * @returns {boolean}
 */
function isPublication_(record) {
  return REQUIRED_.some(record.text);
}

/**
 * @param {Table} table
 * @param {Row} record
 * @returns {PlannedRow}
 */
function plannedRow_(table, record) {
  return {
    sheet: table.sheet.getName(),
    row: record.number,
    id: record.text('ID'),
    title: record.text('Publication'),
    flag: flagOf_(record),
    flagText: record.text('Flag'),
    why: record.text('Why'),
    owner: record.text('Step owner'),
    due: record.text('Step due'),
  };
}

/**
 * The canonical flag of a row; blank where it has none.
 * @param {Row} record
 * @returns {string}
 */
function flagOf_(record) {
  return entry_(NAMES.flags, fold_(record.text('Flag'))) || '';
}

/**
 * What the last run moved, as the tab Changes has it.
 * @param {Book} book
 */
function movedOf_(book) {
  var table = tableNamed_(book, 'Changes', ['ID', 'What', 'To']);
  var records = table ? recordsOf_(table).filter(isChange_) : [];
  var changes = records.slice(0, MOST_SHOWN_).map(function (record) {
    return {
      id: record.text('ID'),
      title: record.text('Publication'),
      step: record.text('Step'),
      what: record.text('What'),
      from: record.text('From'),
      to: record.text('To'),
      why: record.text('Why'),
    };
  });
  return { found: table !== undefined, changes: changes, more: records.length - changes.length };
}

/**
 * Whether a row tells of a change, and not that there is none.
 * @param {Row} record
 * @returns {boolean}
 */
function isChange_(record) {
  return hasId_(record) && record.text('What') !== '';
}

/**
 * Whether a row tells of a step, and not that nothing is planned.
 * @param {Row} record
 * @returns {boolean}
 */
function isTask_(record) {
  return hasId_(record) && record.text('Step') !== '';
}

/**
 * @param {Row} record
 * @returns {boolean}
 */
function hasId_(record) {
  return record.text('ID') !== '';
}

/**
 * What somebody works on today, as the tab Today has it; of everybody where nobody is named.
 * @param {Book} book
 * @param {string} owner
 */
function todayOf_(book, owner) {
  var table = tableNamed_(book, 'Today', ['Owner', 'ID', 'Step']);
  var records = table ? recordsOf_(table).filter(isTask_) : [];
  var mine = records.filter(function (record) {
    return !owner || record.text('Owner') === owner;
  });
  return {
    found: table !== undefined,
    owners: ownersOf_(records, owner),
    owner: owner,
    tasks: mine.slice(0, MOST_SHOWN_).map(taskOf_),
    more: Math.max(0, mine.length - MOST_SHOWN_),
  };
}

/**
 * Everybody with something to do today, and whoever asks even without.
 * @param {Row[]} records
 * @param {string} asking
 * @returns {string[]}
 */
function ownersOf_(records, asking) {
  return records.map(function (record) {
    return record.text('Owner');
  }).concat(asking).filter(function (owner, index, owners) {
    return owner && owners.indexOf(owner) === index;
  });
}

/** @param {Row} record */
function taskOf_(record) {
  return {
    id: record.text('ID'),
    title: record.text('Publication'),
    owner: record.text('Owner'),
    step: record.text('Step'),
    due: record.text('Due'),
    hours: record.text('Hours'),
    flag: flagOf_(record),
    flagText: record.text('Flag'),
    why: record.text('Why'),
    early: !/\d/.test(fold_(record.text('Rank'))), // a word stands there instead of a rank
  };
}

/**
 * The name under which the team knows an e-mail address; blank where it does not.
 * @param {Book} book
 * @param {string} email
 * @returns {string}
 */
function nameOf_(book, email) {
  var table = tableNamed_(book, 'Team', ['Name', 'Email']);
  var same = table ? recordsOf_(table).filter(function (record) {
    return email && record.text('Email').toLowerCase() === email.toLowerCase();
  }) : [];
  return same.length ? same[0].text('Name') : '';
}
