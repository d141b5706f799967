/** One key for all the ways in which people type the same word: what the service does with headers, done here too. */

var DIGITS_ = '۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩';
var LETTERS_ = 'يىئكڪةۀھەؤأإآٱ';
var SAME_LETTERS_ = 'یییککههههواااا';
var FOREIGN_ = new RegExp('[' + DIGITS_ + LETTERS_ + '٫]', 'g');
var JOINING_YEH_ = new RegExp('ه\\u200cی(?![\\p{L}\\p{N}_])', 'gu');
var NOT_A_WORD_ = new RegExp('[^\\p{L}\\p{N}]|ـ', 'gu');

/**
 * The text without case, spaces, punctuation, half-spaces, diacritics and letter variants; signs alone stay.
 * @param {string} text
 * @returns {string}
 */
function fold_(text) {
  var joined = text.replace(FOREIGN_, sameSign_).replace(JOINING_YEH_, 'ه');
  var plain = joined.normalize('NFKD').toLowerCase().replace(/ß/g, 'ss').replace(NOT_A_WORD_, '');
  return plain.replace(FOREIGN_, sameSign_) || text.trim();
}

/**
 * @param {string} sign
 * @returns {string}
 */
function sameSign_(sign) {
  var digit = DIGITS_.indexOf(sign);
  if (digit >= 0) {
    return String(digit % 10);
  }
  var letter = LETTERS_.indexOf(sign);
  return letter >= 0 ? SAME_LETTERS_.charAt(letter) : '.';
}
