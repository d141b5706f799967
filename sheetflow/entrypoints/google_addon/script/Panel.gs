/** What the side bar asks for. Each answer is `done` with its result, or `trouble` with what stopped it. */

var CHOSEN_PERSON_ = 'sheetflow.person';
var SECONDS_OF_A_LOOK_ = 2;
var MILLISECONDS_OF_LOCK_ = 2000;

/** The summary, and the rows that need attention. */
function panelPlan() {
  return answered_(function () {
    return { plan: planOf_(openBook_()), automatic: automaticTrouble_() };
  });
}

/** What the last run moved. */
function panelMoved() {
  return answered_(function () {
    return movedOf_(openBook_());
  });
}

/**
 * What somebody has to do today; who is remembered, or known by the e-mail address in the tab Team.
 * @param {string} [person] blank: everybody
 */
function panelToday(person) {
  return answered_(function () {
    var book = openBook_();
    var properties = PropertiesService.getUserProperties();
    if (person !== undefined && person !== null) {
      properties.setProperty(CHOSEN_PERSON_, String(person));
    }
    var chosen = properties.getProperty(CHOSEN_PERSON_);
    return todayOf_(book, chosen === null ? nameOf_(book, email_()) : chosen);
  });
}

/** Why the selected row stands so: what the sheet says, and what the service found out by trying. */
function panelExplain() {
  return answered_(function () {
    var book = openBook_();
    var id = selectedRow_(book).row.text('ID');
    var path = '/publications/' + encodeURIComponent(id) + '/explanation';
    return {
      id: id,
      standing: standingOf_(book, id),
      found: answered_(function () {
        return askWorkbook_('get', path, language_(book));
      }),
    };
  });
}

/** An address that opens the dashboard once. */
function panelDashboard() {
  return answered_(function () {
    var url = String(askWorkbook_('post', '/ticket', language_(openBook_())).url);
    if (!/^https?:\/\//.test(url)) {
      throw trouble_('service_strange', { address: SERVICE });
    }
    return { url: url };
  });
}

/** Asks for a run; only one of several who press at once does. */
function panelRecalculate() {
  return answered_(function () {
    return startedRun_(language_(openBook_()));
  });
}

/**
 * How far a run has come: answers when it has ended, or after some seconds.
 * @param {string} run
 */
function panelRun(run) {
  return answered_(function () {
    var path = '/v1/runs/' + encodeURIComponent(run) + '?wait=' + SECONDS_OF_A_LOOK_;
    return ask_('get', path, language_(openBook_()));
  });
}

/**
 * Selects the row of a publication.
 * @param {{sheet?: string, row?: number, id: string, title: string}} place
 */
function panelSelect(place) {
  return answered_(function () {
    return { found: selectRow_(openBook_(), place) };
  });
}

/** What SheetFlow does by itself, and where its service is. */
function panelSettings() {
  return answered_(settings_);
}

/**
 * Changes what SheetFlow does by itself.
 * @param {{timetable: string, edits: boolean}} choice
 */
function panelSaveSettings(choice) {
  return answered_(function () {
    saveTriggers_(choice);
    return settings_();
  });
}

function settings_() {
  var token = ScriptApp.getIdentityToken();
  var workbook = remembered_();
  return {
    timetable: timetable_(),
    edits: hasTrigger_(AFTER_EDITS_),
    minutes: QUIET_MINUTES_,
    service: SERVICE,
    workbook: workbook ? workbook.name || workbook.id : '',
    client: token ? clientOf_(token) : '',
  };
}

/**
 * Asks for a run unless somebody else is just doing so.
 * @param {Language} language
 */
function startedRun_(language) {
  return locked_(function () {
    return askWorkbook_('post', '/recalculate', language);
  });
}

/**
 * Does some work while nobody else of this spreadsheet does any.
 * @template T
 * @param {function(): T} work
 * @returns {T}
 */
function locked_(work) {
  var lock = LockService.getDocumentLock();
  if (!lock.tryLock(MILLISECONDS_OF_LOCK_)) {
    throw trouble_('locked', {}, { passing: true });
  }
  try {
    return work();
  } finally {
    lock.releaseLock();
  }
}
