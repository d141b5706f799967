/** The view of one row: why it stands so, and what would move it. */

function explainSelected() {
  load('panelExplain', [], showExplained, say('explain.thinking'));
}

/**
 * @param {any} result
 * @returns {Element[]}
 */
function showExplained(result) {
  var found = result.found.done;
  var standing = result.standing || standingFound(found);
  /** @type {Element[]} */
  var parts = [part('h1', '', say('explain.title'))];
  if (standing) {
    parts.push(topPart(standing), part('p', 'soft', result.id), part('p', '', standing.why), datesPart(standing));
  }
  if (found) {
    parts = parts.concat(foundParts(found));
  } else {
    tellTrouble(result.found.trouble);
  }
  return parts.concat(part('p', 'soft below', say('explain.hint')), button(say('explain.button'), 'quiet', function () {
    openView('explain');
  }));
}

/**
 * What the service says of a row that the sheet no longer has.
 * @param {any} found
 */
function standingFound(found) {
  return found && found.publication;
}

/**
 * @param {any} standing
 * @returns {HTMLElement}
 */
function datesPart(standing) {
  return pairsPart(['delivery', 'forecast', 'ready_by', 'start_by', 'slack'].map(function (name) {
    return /** @type {[string, string]} */ ([say('explain.' + name), standing[name] || '']);
  }));
}

/**
 * What decides the date, who could take the step, and which cells would move it.
 * @param {any} found
 * @returns {Element[]}
 */
function foundParts(found) {
  if (!found.step) {
    return [part('p', 'below', say('explain.finished'))];
  }
  var parts = found.chain.length ? [part('h2', '', say('explain.decides')), linksPart(found.chain)] : [];
  if (found.colleagues.length) {
    var people = pairsPart(found.colleagues.map(colleaguePair), 'people');
    parts.push(part('h2', '', say('explain.who', { step: shownStep(found.step.step) })), people);
  }
  var sentences = found.trials.map(function (/** @type {any} */ trial) { return trial.sentence; });
  parts.push(part('h2', '', say('explain.helps')));
  parts.push(sentences.length ? linksPart(sentences) : part('p', '', say('explain.nothing_helps')));
  return parts;
}

/**
 * @param {any} colleague
 * @returns {[string, string]}
 */
function colleaguePair(colleague) {
  var name = colleague.name + (colleague.is_owner ? ' (' + say('explain.owner') + ')' : '');
  return [name, say('explain.load', { planned: colleague.planned_hours, capacity: colleague.capacity_hours })];
}

/**
 * @param {string[]} sentences
 * @returns {HTMLElement}
 */
function linksPart(sentences) {
  return part('ul', 'links', '', sentences.map(function (sentence) {
    return part('li', '', sentence);
  }));
}
