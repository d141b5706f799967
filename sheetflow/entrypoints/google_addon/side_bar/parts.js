/** The parts that views are made of. */

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * An element with a text and children.
 * @param {string} name
 * @param {string} [className]
 * @param {string} [text]
 * @param {Element[]} [children]
 * @returns {HTMLElement}
 */
function part(name, className, text, children) {
  var element = document.createElement(name);
  if (className) {
    element.className = className;
  }
  if (text) {
    element.textContent = text;
  }
  (children || []).forEach(function (child) {
    element.appendChild(child);
  });
  return element;
}

/**
 * An element with what somebody typed into a cell, which finds its own direction.
 * @param {string} name
 * @param {string} className
 * @param {string} text
 * @returns {HTMLElement}
 */
function typedPart(name, className, text) {
  var made = part(name, className, text);
  made.dir = 'auto';
  return made;
}

/**
 * @param {string} text
 * @param {string} className
 * @param {function(): void} pressed
 * @returns {HTMLButtonElement}
 */
function button(text, className, pressed) {
  var made = /** @type {HTMLButtonElement} */ (part('button', className, text));
  made.type = 'button';
  made.addEventListener('click', pressed);
  return made;
}

/**
 * A flag by its word and its colour.
 * @param {string} flag
 * @param {string} text
 * @returns {HTMLElement}
 */
function flagPart(flag, text) {
  return part('span', 'flag ' + flag, text || started.words.flags[flag]);
}

/**
 * Pairs of a term and its value; those without a value are left out.
 * @param {Array<[string, string]>} pairs
 * @param {string} [className]
 * @returns {HTMLElement}
 */
function pairsPart(pairs, className) {
  var list = part('dl', className);
  pairs.filter(function (pair) {
    return pair[1];
  }).forEach(function (pair) {
    list.appendChild(part('dt', '', pair[0]));
    var value = typedPart('dd', '', pair[1]);
    value.dir = /^-?[\d.,]+$/.test(pair[1]) ? 'ltr' : 'auto'; // the sign stands before its number
    list.appendChild(value);
  });
  return list;
}

/**
 * A list of rows, each of which selects its row of the sheet when it is pressed.
 * @param {Array<{id: string, title: string, sheet?: string, row?: number, flag?: string, flagText?: string}>} rows
 * @param {function(any): Array<string | Element>} linesOf what stands below the title, the first line stronger than the others
 * @returns {HTMLElement}
 */
function rowsPart(rows, linesOf) {
  return part('ul', 'rows', '', rows.map(function (row) {
    var pressed = button('', 'row', function () {
      goTo(row);
    });
    pressed.appendChild(topPart(row));
    linesOf(row).forEach(function (line, index) {
      if (line) {
        pressed.appendChild(linePart(line, index ? 'under' : ''));
      }
    });
    pressed.title = say('row.go', { title: row.title || row.id });
    return part('li', '', '', [pressed]);
  }));
}

/**
 * @param {string | Element} line
 * @param {string} className
 * @returns {HTMLElement}
 */
function linePart(line, className) {
  return typeof line === 'string' ? part('span', className, line) : part('span', className, '', [line]);
}

/**
 * A title, and its flag beside it.
 * @param {{id?: string, title: string, flag?: string, flagText?: string}} row
 * @returns {HTMLElement}
 */
function topPart(row) {
  var top = part('span', 'top', '', [typedPart('span', 'title', row.title || row.id || say('row.untitled'))]);
  if (row.flag) {
    top.appendChild(flagPart(row.flag, row.flagText || ''));
  }
  return top;
}

/**
 * Names and dates one after another.
 * @param {string[]} texts
 * @returns {string}
 */
function beside(texts) {
  return texts.filter(Boolean).map(isolated).join(' · ');
}

/**
 * @param {number} count
 * @returns {Element[]}
 */
function morePart(count) {
  return count > 0 ? [part('p', 'soft', say('view.more', { count: count }))] : [];
}
