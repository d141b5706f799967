/** Begins the side bar: Code.gs calls it with the view to open and the words of the language. */

var TABS = ['plan', 'moved', 'today', 'explain', 'settings'];

/** @param {{view: string, recalculates: boolean, language: string, rightToLeft: boolean, words: any}} start */
function begin(start) {
  started = start;
  document.documentElement.lang = start.language;
  document.documentElement.dir = start.rightToLeft ? 'rtl' : 'ltr';
  byId('start').textContent = say('run.start');
  byId('start').addEventListener('click', recalculate);
  byId('share').setAttribute('aria-label', say('run.running'));
  byId('views').setAttribute('aria-label', 'SheetFlow');
  TABS.forEach(function (name) {
    byId('views').appendChild(tabPart(name));
  });
  openView(start.view);
  if (start.recalculates) {
    recalculate();
  }
}

/**
 * @param {string} name
 * @returns {HTMLElement}
 */
function tabPart(name) {
  var tab = button(say('view.' + name), '', function () {
    openView(name);
  });
  tab.dataset.view = name;
  return tab;
}
