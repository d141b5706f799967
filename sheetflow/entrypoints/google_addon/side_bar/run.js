/** A run: asking for it, and telling how far it has come. */

var PAUSE = 1000;
var SLOW = 60000;
var MOST_MISSED_LOOKS = 5;
var STAGES = /** @type {Object<string, string>} */ ({
  Reading: 'reading', Planning: 'planning', Writing: 'writing', 'Waiting for Google': 'google',
});

function recalculate() {
  forgetTrouble();
  setRunning(true);
  tellStatus(say('run.asking'));
  call('panelRecalculate', [], function (asked) {
    follow(asked.run, Date.now(), 0);
  }, function (trouble) {
    endRun('');
    tellTrouble(trouble, recalculate);
  });
}

/**
 * Looks at the run until it has ended; a look that fails in passing is made again.
 * @param {string} run
 * @param {number} since
 * @param {number} missed
 */
function follow(run, since, missed) {
  var asked = Date.now();
  function lookAgain(/** @type {number} */ misses) {
    setTimeout(function () { follow(run, since, misses); }, Math.max(0, PAUSE - (Date.now() - asked)));
  }
  call('panelRun', [run], function (seen) {
    if (seen.state === 'done' || seen.state === 'failed') {
      finishRun(seen);
    } else {
      tellProgress(seen, Date.now() - since);
      lookAgain(0);
    }
  }, function (trouble) {
    if (trouble.passing && missed < MOST_MISSED_LOOKS) {
      lookAgain(missed + 1);
    } else {
      endRun('');
      tellTrouble(trouble);
    }
  });
}

/**
 * @param {any} seen
 * @param {number} elapsed
 */
function tellProgress(seen, elapsed) {
  var bar = /** @type {HTMLProgressElement} */ (byId('share'));
  bar.value = seen.share;
  var stage = seen.state === 'waiting' ? 'waiting' : STAGES[seen.stage] || 'running';
  tellStatus(say('run.' + stage) + (elapsed > SLOW ? ' ' + say('run.slow') : ''));
}

/** @param {any} seen */
function finishRun(seen) {
  if (seen.state === 'failed') {
    endRun('');
    tellTrouble({ code: 'run_failed', facts: {}, told: seen.error ? seen.error.sentence : '' }, recalculate);
    return;
  }
  var counts = seen.counts || { moved: 0, written: 0, problems: 0 };
  var problems = counts.problems ? say('run.problems', counts) : '';
  endRun([say('run.done', counts), say('run.written', counts), problems].join(' ').trim());
  if (shownView === 'plan' || shownView === 'moved' || shownView === 'today') {
    openView(shownView);
  }
}

/** @param {string} text */
function endRun(text) {
  setRunning(false);
  tellStatus(text);
}

/** @param {boolean} running */
function setRunning(running) {
  var bar = /** @type {HTMLProgressElement} */ (byId('share'));
  bar.hidden = !running;
  bar.removeAttribute('value');
  /** @type {HTMLButtonElement} */ (byId('start')).disabled = running;
}

/** @param {string} text */
function tellStatus(text) {
  byId('status').textContent = text;
}
