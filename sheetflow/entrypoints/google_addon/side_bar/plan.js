/** The view of the plan: counts, and the rows that need attention. */

/**
 * Counts by flag, and the rows that need attention.
 * @param {any} result
 * @returns {Element[]}
 */
function showPlan(result) {
  var plan = result.plan;
  /** @type {Element[]} */
  var parts = [part('h1', '', say('summary.title'))];
  if (!plan.found) {
    return parts.concat(part('p', '', say('summary.none')));
  }
  parts.push(plan.planned ? countsPart(plan.counts) : part('p', '', say('summary.unplanned')));
  if (plan.attention.length) {
    parts.push(part('h2', '', say('summary.attention')), rowsPart(plan.attention, attentionLines));
  } else if (plan.planned) {
    parts.push(part('p', 'below', say('summary.calm')));
  }
  return parts.concat(morePart(plan.more), automaticPart(result.automatic), dashboardLink());
}

/**
 * @param {Object<string, number>} counts
 * @returns {HTMLElement}
 */
function countsPart(counts) {
  return part('ul', 'counts', '', Object.keys(counts).map(function (flag) {
    var number = part('b', '', shownNumber(counts[flag]));
    var word = part('span', '', started.words.flags[flag]);
    return part('li', flag, '', [number, word]);
  }));
}

/**
 * @param {any} row
 * @returns {string[]}
 */
function attentionLines(row) {
  var owner = row.owner ? say('row.owner', { owner: row.owner }) : '';
  var due = row.due ? say('row.due', { date: row.due }) : '';
  return [row.why, beside([row.id, owner, due])];
}

/**
 * What stopped the last run that nobody pressed a button for.
 * @param {any} trouble
 * @returns {Element[]}
 */
function automaticPart(trouble) {
  return trouble ? [part('p', 'soft below', [say('run.automatic')].concat(troubleSentences(trouble)).join(' '))] : [];
}

/** @returns {Element[]} */
function dashboardLink() {
  var open = button(say('dashboard.open'), 'quiet below', function () {
    openView('dashboard');
  });
  return [open];
}
