/** Asking the service, and telling in plain words what went wrong. */

var SERVICE_FAULT_ = 500;
var BUSY_ = 503;
var TOO_MANY_ = 429;
var MOST_OF_A_SENTENCE_ = 400;

/**
 * What stops an answer: `code` names the sentence of WORDS, `told` is the service's own sentence, `lines` are
 * what somebody has to run or set, `passing` tells that trying again may do.
 * @typedef {{code: string, facts: Object<string, (string | number)>, told: string, lines: string[], request: string,
 *     passing: boolean, account: string}} Trouble
 */

/**
 * @param {string} code
 * @param {Object<string, (string | number)>} facts
 * @param {Partial<Trouble>} [more]
 * @returns {Error & {trouble: Trouble}}
 */
function trouble_(code, facts, more) {
  /** @type {Trouble} */
  var trouble = { code: code, facts: facts, told: '', lines: [], request: '', passing: false, account: '' };
  return Object.assign(new Error(code), { trouble: Object.assign(trouble, more || {}) });
}

/**
 * The result of some work for the side bar, or what stopped it: never an error in Google's words.
 * @template T
 * @param {function(): T} work
 * @returns {{done: T} | {trouble: Trouble}}
 */
function answered_(work) {
  try {
    return { done: work() };
  } catch (error) {
    return { trouble: troubleOf_(error) };
  }
}

/**
 * @param {any} error
 * @returns {Trouble}
 */
function troubleOf_(error) {
  return error.trouble || trouble_('unexpected', { error: String(error.message || error) }).trouble;
}

/**
 * The JSON that the service answers.
 * @param {GoogleAppsScript.URL_Fetch.HttpMethod} method
 * @param {string} path
 * @param {Language} language
 * @returns {any}
 */
function ask_(method, path, language) {
  var token = identity_();
  var mark = path.indexOf('?') < 0 ? '?' : '&';
  var response = fetched_(method, SERVICE + path + mark + 'lang=' + language, token);
  var body = bodyOf_(response.getContentText());
  var status = response.getResponseCode();
  if (status >= 200 && status < 300 && body) {
    return body;
  }
  throw refusal_(status, body || {}, headersOf_(response), token);
}

/** @returns {string} Google's proof of who asks */
function identity_() {
  var token = ScriptApp.getIdentityToken();
  if (!token) {
    throw trouble_('not_signed_in', {});
  }
  return token;
}

/**
 * @param {GoogleAppsScript.URL_Fetch.HttpMethod} method
 * @param {string} url
 * @param {string} token
 * @returns {GoogleAppsScript.URL_Fetch.HTTPResponse}
 */
function fetched_(method, url, token) {
  try {
    return UrlFetchApp.fetch(url, {
      method: method,
      headers: { Authorization: 'Bearer ' + token, Accept: 'application/json' },
      muteHttpExceptions: true,
      followRedirects: false, // the proof of who asks goes to no other address
    });
  } catch (error) {
    throw unanswered_(String(error));
  }
}

/**
 * @param {string} said what Google says of a request that was not answered
 * @returns {Error}
 */
function unanswered_(said) {
  if (/too many times|quota|bandwidth/i.test(said)) {
    return trouble_('google_quota', {});
  }
  if (/time[d ]*out/i.test(said)) {
    return trouble_('timeout', {}, { passing: true });
  }
  return trouble_('service_down', { address: SERVICE }, { passing: true });
}

/**
 * What a status means.
 * @param {number} status
 * @param {{code?: string, detail?: string, request_id?: string}} body
 * @param {Object<string, string>} headers
 * @param {string} token
 * @returns {Error}
 */
function refusal_(status, body, headers, token) {
  var told = shortened_(body.detail);
  if (status === BUSY_ && told) {
    return trouble_('refused', {}, { told: told, passing: true });
  }
  if (status >= SERVICE_FAULT_) {
    return trouble_('service_fault', {}, { request: shortened_(body.request_id), passing: true });
  }
  if (!body.code) {
    return trouble_('service_strange', { address: SERVICE });
  }
  if (status === TOO_MANY_) {
    return trouble_('too_many', { seconds: Number(headers['retry-after']) || 60 }, { passing: true });
  }
  if (body.code === 'audience_unknown') {
    return trouble_('not_accepted', {}, { lines: ['SHEETFLOW_GOOGLE_AUDIENCES=' + clientOf_(token)] });
  }
  var own = OWN_SENTENCES_[body.code];
  return own ? trouble_(own, {}) : trouble_('refused', {}, { told: told });
}

/** What the add-on tells better than the service can: it knows the spreadsheet and who asks. */
var OWN_SENTENCES_ = /** @type {Object<string, string>} */ ({
  workbook_unknown: 'not_registered',
  run_unknown: 'run_gone',
});

/**
 * The JSON of a text; undefined where it is none.
 * @param {string} text
 * @returns {any}
 */
function bodyOf_(text) {
  try {
    var body = JSON.parse(text);
    return body && typeof body === 'object' ? body : undefined;
  } catch (error) {
    return undefined;
  }
}

/**
 * @param {GoogleAppsScript.URL_Fetch.HTTPResponse} response
 * @returns {Object<string, string>} by names in small letters: servers write them as they like
 */
function headersOf_(response) {
  var headers = /** @type {Object<string, string>} */ (response.getHeaders());
  /** @type {Object<string, string>} */
  var found = {};
  Object.keys(headers).forEach(function (name) {
    found[name.toLowerCase()] = String(headers[name]);
  });
  return found;
}

/**
 * The sign-in ID of this script, which the service has to know: it stands in Google's proof.
 * @param {string} token
 * @returns {string}
 */
function clientOf_(token) {
  var bytes = Utilities.base64DecodeWebSafe(token.split('.')[1] || '');
  return shortened_((bodyOf_(Utilities.newBlob(bytes).getDataAsString()) || {}).aud);
}

/**
 * @param {any} text
 * @returns {string}
 */
function shortened_(text) {
  return typeof text === 'string' ? text.slice(0, MOST_OF_A_SENTENCE_) : '';
}
