/** The view of the settings. */

/**
 * @param {any} settings
 * @returns {Element[]}
 */
function showSettings(settings) {
  var times = ['off', 'hourly', 'daily'].map(function (name) {
    return choicePart('radio', 'timetable', name, say('settings.' + name), settings.timetable === name);
  });
  var edits = choicePart('checkbox', 'edits', 'edits', say('settings.edits'), settings.edits);
  var choices = part('fieldset', '', '', [part('legend', '', say('settings.automatic'))].concat(times, edits));
  var hint = part('p', 'soft', say('settings.edits_hint', { minutes: settings.minutes }) + ' ' + say('settings.mine'));
  var save = button(say('settings.save'), 'primary', saveSettings);
  var connection = pairsPart([
    [say('settings.workbook'), settings.workbook || say('settings.unconnected')],
    [say('settings.service'), settings.service],
    [say('settings.client'), settings.client],
  ], 'stacked');
  return [part('h1', '', say('settings.title')), choices, hint, save, part('h2', '', say('settings.connection')), connection];
}

/**
 * @param {string} type
 * @param {string} name
 * @param {string} value
 * @param {string} text
 * @param {boolean} checked
 * @returns {HTMLElement}
 */
function choicePart(type, name, value, text, checked) {
  var input = document.createElement('input');
  input.type = type;
  input.name = name;
  input.value = value;
  input.checked = checked;
  return part('label', '', '', [input, part('span', '', text)]);
}

function saveSettings() {
  var chosen = /** @type {HTMLInputElement} */ (document.querySelector('input[name=timetable]:checked'));
  var edits = /** @type {HTMLInputElement} */ (document.querySelector('input[name=edits]'));
  load('panelSaveSettings', [{ timetable: chosen.value, edits: edits.checked }], function (settings) {
    tellStatus(say('settings.saved'));
    return showSettings(settings);
  });
}
