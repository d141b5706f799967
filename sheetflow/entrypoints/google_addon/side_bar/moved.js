/** The view of what the last run moved. */

/**
 * @param {any} result
 * @returns {Element[]}
 */
function showMoved(result) {
  /** @type {Element[]} */
  var parts = [part('h1', '', say('moved.title'))];
  if (!result.changes.length) {
    return parts.concat(part('p', '', say(result.found ? 'moved.none' : 'moved.missing')));
  }
  return parts.concat(rowsPart(grouped(result.changes, 'id'), function (changes) {
    return ['', changes.id].concat(grouped(changes.all, 'step').map(movedLine));
  }), morePart(result.more));
}

/**
 * Changes that follow each other and are of the same publication or step, together.
 * @param {any[]} changes
 * @param {'id' | 'step'} by
 * @returns {Array<{id: string, title: string, step: string, why: string, all: any[]}>}
 */
function grouped(changes, by) {
  /** @type {any[]} */
  var groups = [];
  changes.forEach(function (change) {
    var last = groups[groups.length - 1];
    if (last && last[by] === change[by]) {
      last.all.push(change);
    } else {
      groups.push(Object.assign({}, change, { all: [change] }));
    }
  });
  return groups;
}

/**
 * What moved of a step, and why.
 * @param {any} step
 * @returns {Element}
 */
function movedLine(step) {
  var moved = ' ' + beside(step.all.map(movedSentence)) + '. ' + step.why;
  return part('span', '', '', [part('b', '', step.step), part('span', '', moved)]);
}

/**
 * @param {any} change
 * @returns {string}
 */
function movedSentence(change) {
  var kind = change.from && change.to ? 'from_to' : change.to ? 'newly' : 'dropped';
  return say('moved.' + kind, change);
}
