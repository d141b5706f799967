/** Asking the script, and telling what went wrong. */

/**
 * Calls a function of Panel.gs; `done` hears its result, `failed` (else the reader) what stopped it.
 * @param {string} name
 * @param {any[]} args
 * @param {function(any): void} done
 * @param {function(any): void} [failed]
 */
function call(name, args, done, failed) {
  var refused = failed || tellTrouble;
  google.script.run
    .withSuccessHandler(function (/** @type {any} */ answer) {
      if (answer.trouble) {
        refused(answer.trouble);
      } else {
        done(answer.done);
      }
    })
    .withFailureHandler(function (/** @type {any} */ error) {
      refused({ code: 'unexpected', facts: { error: String(error && error.message || error) } });
    })[name].apply(null, args);
}

/**
 * Tells a trouble above the view, with what whoever runs the service has to do.
 * @param {any} trouble
 * @param {function(): void} [again] what trying again does
 */
function tellTrouble(trouble, again) {
  var box = byId('trouble');
  box.textContent = '';
  box.appendChild(part('h2', '', say('trouble.heading')));
  troubleSentences(trouble).forEach(function (text) {
    box.appendChild(part('p', '', text));
  });
  if (trouble.lines && trouble.lines.length) {
    linesParts(trouble.lines).forEach(function (one) {
      box.appendChild(one);
    });
  }
  if (trouble.request) {
    box.appendChild(part('p', 'soft', say('trouble.request', { id: trouble.request })));
  }
  if (again) {
    box.appendChild(button(say('view.again'), 'quiet', again));
  }
}

/**
 * What is wrong and what to do: in the service's words where it told, else in the add-on's.
 * @param {any} trouble
 * @returns {string[]}
 */
function troubleSentences(trouble) {
  var own = 'trouble.' + trouble.code;
  var told = trouble.told ? [trouble.told] : [say(own + '.says', trouble.facts), say(own + '.do', trouble.facts)];
  var account = { account: trouble.account };
  var sharing = trouble.account ? [say('trouble.share.says', account), say('trouble.share.do', account)] : [];
  return told.concat(sharing);
}

/**
 * Commands and settings to hand on, with a button that copies them.
 * @param {string[]} lines
 * @returns {HTMLElement[]}
 */
function linesParts(lines) {
  var text = part('pre', '', lines.join('\n'));
  text.dir = 'ltr';
  var copy = button(say('trouble.copy'), 'quiet', function () {
    var range = document.createRange();
    range.selectNodeContents(text);
    var selection = /** @type {Selection} */ (window.getSelection());
    selection.removeAllRanges();
    selection.addRange(range);
    if (document.execCommand('copy')) { // the newer way is closed to pages inside of Google's
      copy.textContent = say('trouble.copied');
    }
  });
  return [part('p', 'soft', say('trouble.admin')), text, copy];
}

function forgetTrouble() {
  byId('trouble').textContent = '';
}
