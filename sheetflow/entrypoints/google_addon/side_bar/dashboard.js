/** The view of the dashboard's address. */

var MINUTE = 60000;

/**
 * A link that works once; when its minute is over, a button takes its place.
 * @param {any} result
 * @returns {Element[]}
 */
function showDashboard(result) {
  var link = /** @type {HTMLAnchorElement} */ (part('a', 'primary', say('dashboard.open')));
  link.href = result.url;
  link.target = '_blank';
  link.rel = 'noopener';
  var place = part('p', '', '', [link]);
  var mine = turn;
  function expire() {
    if (mine === turn) {
      fillView([part('h1', '', say('dashboard.title')), part('p', '', say('dashboard.expired')), freshButton()]);
    }
  }
  link.addEventListener('click', function () { setTimeout(expire, 0); });
  setTimeout(expire, MINUTE);
  return [part('h1', '', say('dashboard.title')), part('p', 'soft', say('dashboard.hint')), place];
}

/** @returns {HTMLElement} */
function freshButton() {
  return button(say('dashboard.fresh'), 'quiet', function () {
    openView('dashboard');
  });
}
