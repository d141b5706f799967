/** Sentences in the reader's language; texts from cells are only ever set as text. */

/** @type {{view: string, recalculates: boolean, language: string, rightToLeft: boolean, words: any}} */
var started;

var PERSIAN_DIGITS = '۰۱۲۳۴۵۶۷۸۹';
var DECIMAL_SIGNS = /** @type {Object<string, string>} */ ({ id: ',', fa: '٫' });

/**
 * A sentence of the language, such as `say('run.done', {moved: 3})`.
 * @param {string} path
 * @param {Object<string, (string | number)>} [facts]
 * @returns {string}
 */
function say(path, facts) {
  var template = path.split('.').reduce(function (words, key) {
    return words[key];
  }, started.words);
  return filled(template, facts || {});
}

/**
 * A template with its facts: `{name}`, or a number with its word as `{count|row|rows|no rows}`.
 * @param {string} template
 * @param {Object<string, (string | number)>} facts
 * @returns {string}
 */
function filled(template, facts) {
  return template.replace(/\{(\w+)(?:\|([^|{}]*)\|([^|{}]*)(?:\|([^|{}]*))?)?\}/g, function (all, name, one, many, none) {
    var value = facts[name];
    var text = typeof value === 'number' ? shownNumber(value) : isolated(String(value === undefined ? '' : value));
    if (one === undefined) {
      return text;
    }
    return value === 0 && none !== undefined ? none : text + ' ' + (value === 1 ? one : many);
  });
}

/**
 * A text from a cell that keeps its own direction within a sentence of the other one.
 * @param {string} text
 * @returns {string}
 */
function isolated(text) {
  var mixes = started.rightToLeft || /[\u0590-\u08FF]/.test(text);
  return mixes && text ? '\u2068' + text + '\u2069' : text;
}

/**
 * A step by its name in the language; a step of the team's own as it is.
 * @param {string} step
 * @returns {string}
 */
function shownStep(step) {
  return Object.prototype.hasOwnProperty.call(started.words.steps, step) ? started.words.steps[step] : step;
}

/**
 * A number with one decimal at most, in the language's digits.
 * @param {number} number
 * @returns {string}
 */
function shownNumber(number) {
  var text = String(Math.round(number * 10) / 10).replace('.', DECIMAL_SIGNS[started.language] || '.');
  return started.language !== 'fa' ? text : text.replace(/\d/g, function (digit) {
    return PERSIAN_DIGITS.charAt(Number(digit));
  });
}
