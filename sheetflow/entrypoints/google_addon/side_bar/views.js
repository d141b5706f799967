/** The views: each asks the script for what it shows. */

var shownView = '';
var turn = 0;

/** @type {Object<string, function(): void>} */
var VIEWS = {
  plan: function () { load('panelPlan', [], showPlan); },
  moved: function () { load('panelMoved', [], showMoved); },
  today: function () { load('panelToday', [], showToday); },
  explain: explainSelected,
  dashboard: function () { load('panelDashboard', [], showDashboard); },
  settings: function () { load('panelSettings', [], showSettings); },
};

/** @param {string} name */
function openView(name) {
  shownView = name;
  forgetTrouble();
  Array.prototype.forEach.call(byId('views').children, function (/** @type {HTMLElement} */ one) {
    if (one.dataset.view === name) {
      one.setAttribute('aria-current', 'page');
    } else {
      one.removeAttribute('aria-current');
    }
  });
  VIEWS[name]();
}

/**
 * Shows what a function of Panel.gs answers, unless another view was opened meanwhile.
 * @param {string} name
 * @param {any[]} args
 * @param {function(any): Element[]} shown
 * @param {string} [waiting] what to tell meanwhile
 */
function load(name, args, shown, waiting) {
  var mine = turn += 1;
  fillView([part('p', 'soft', waiting || say('view.loading'))]);
  call(name, args, function (result) {
    if (mine === turn) {
      fillView(shown(result));
    }
  }, function (trouble) {
    if (mine === turn) {
      fillView([]);
      tellTrouble(trouble, VIEWS[shownView] && function () { openView(shownView); });
    }
  });
}

/** @param {Element[]} parts */
function fillView(parts) {
  var view = byId('view');
  view.textContent = '';
  parts.forEach(function (one) {
    view.appendChild(one);
  });
}

/**
 * Selects the row in the sheet; one that is gone is no longer shown.
 * @param {any} row
 */
function goTo(row) {
  var place = { sheet: row.sheet || '', row: row.row || 0, id: row.id, title: row.title };
  call('panelSelect', [place], function (result) {
    if (!result.found) {
      tellStatus(say('row.gone'));
      openView(shownView);
    }
  });
}
