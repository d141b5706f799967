/** The view of what somebody has to do today. */

/**
 * @param {any} result
 * @returns {Element[]}
 */
function showToday(result) {
  /** @type {Element[]} */
  var parts = [part('h1', '', say('today.title'))];
  if (!result.found) {
    return parts.concat(part('p', '', say('today.missing')));
  }
  parts.push(personChoice(result));
  var planned = result.tasks.filter(function (/** @type {any} */ task) { return !task.early; });
  var early = result.tasks.filter(function (/** @type {any} */ task) { return task.early; });
  if (!planned.length) {
    parts.push(part('p', '', result.owner ? say('today.none', { name: result.owner }) : say('today.nobody')));
  }
  parts.push(rowsPart(planned, taskLines(result)));
  if (early.length) {
    parts.push(part('h2', '', say('today.early')), rowsPart(early, taskLines(result)));
  }
  return parts.concat(morePart(result.more));
}

/**
 * @param {any} result
 * @returns {function(any): string[]}
 */
function taskLines(result) {
  return function (task) {
    var hours = task.hours ? say('today.hours', { hours: Number(task.hours) || task.hours }) : '';
    var due = task.due ? say('today.due', { date: task.due }) : '';
    var owner = result.owner ? '' : task.owner;
    return [beside([task.step, owner]), beside([hours, due, task.id]), task.flag === 'Green' ? '' : task.why];
  };
}

/**
 * @param {any} result
 * @returns {HTMLElement}
 */
function personChoice(result) {
  var choice = /** @type {HTMLSelectElement} */ (document.createElement('select'));
  [''].concat(result.owners).forEach(function (owner) {
    var option = /** @type {HTMLOptionElement} */ (part('option', '', owner || '–'));
    option.value = owner;
    choice.appendChild(option);
  });
  choice.value = result.owner;
  choice.addEventListener('change', function () {
    load('panelToday', [choice.value], showToday);
  });
  var label = part('label', 'over', say('today.whose'));
  label.appendChild(choice);
  return label;
}
