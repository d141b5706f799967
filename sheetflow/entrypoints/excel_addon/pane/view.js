/** What the pane shows. All that comes from a sheet, or from the service, is set as text. */

const FLAGS = ["Red", "Amber", "Green", "Grey"];
const FIRST_SHOWN = 20;

export class View {
  constructor(page, words) {
    this.page = page;
    this.words = words;
  }

  part(id) {
    return this.page.getElementById(id);
  }

  /** Put every fixed word in its place, in the language and its direction. */
  translate() {
    const { documentElement: root } = this.page;
    [root.lang, root.dir] = [this.words.language, this.words.direction];
    for (const part of this.page.querySelectorAll("[data-word]")) part.textContent = this.words.say(part.dataset.word);
  }

  /** A stage of the work, and the share of it that is done; null where nobody can tell. */
  stage(key, share = null, facts = {}) {
    const said = this.words.say(`run.${key}`, facts);
    if (this.part("stage").textContent !== said) this.part("stage").textContent = said;
    this.part("progress").hidden = false;
    if (share === null) this.part("bar").removeAttribute("value");
    else this.part("bar").value = share;
  }

  /** Nothing is going on; the last word on it stands where the stages stood. */
  rest(key, facts = {}) {
    this.part("progress").hidden = true;
    this.part("stage").textContent = key ? this.words.say(`run.${key}`, facts) : "";
  }

  /** Whether anything is going on, however short. */
  atWork(isAtWork) {
    this.page.body.setAttribute("aria-busy", String(isAtWork));
  }

  busy(isBusy, canStop) {
    for (const id of ["recalculate", "preview", "write", "discard"]) this.part(id).disabled = isBusy;
    this.part("stop").hidden = !canStop;
  }

  trouble(error) {
    const { words } = this;
    const ours = ["says", "do"].map((part) => words.say(`trouble.${error.code}.${part}`, error.facts));
    const says = error.detail ? [error.detail] : ours;
    const box = this.part("trouble");
    box.replaceChildren(element("h2", { text: words.say("trouble.heading") }));
    box.append(...says.map((text) => element("p", { text })));
    if (error.half) box.append(element("p", { text: words.say("trouble.half_written.says") }));
    if (error.half) box.append(element("p", { text: words.say("trouble.half_written.do") }));
    if (error.request) {
      box.append(element("p", { text: words.say("trouble.request", { id: error.request }), kind: "soft" }));
    }
    box.hidden = false;
    box.focus();
  }

  calm() {
    this.part("trouble").hidden = true;
    this.part("trouble").replaceChildren();
  }

  clear() {
    this.part("result").replaceChildren();
    for (const id of ["decision", "hint"]) this.part(id).hidden = true;
  }

  /** The plan in short; `go` takes a place of the workbook, `again` starts anew. */
  result({ answer, report, cut }, { go, again }) {
    const { summary, problems } = answer;
    this.part("result").replaceChildren(
      ...(report ? this.leftAlone(report, again) : []),
      ...this.counts(summary),
      ...this.attention(summary.attention, go),
      ...this.moved(summary.moved, go),
      ...this.problems(problems, go),
      ...this.notes(report, cut),
    );
  }

  counts(summary) {
    const items = FLAGS.map((flag) => {
      const count = element("b", { text: this.words.show(summary[flag.toLowerCase()]) });
      return element("li", { kind: flag, inside: [count, element("span", { text: this.words.say(`flags.${flag}`) })] });
    });
    return [this.heading("summary.title"), element("ul", { kind: "counts", inside: items })];
  }

  attention(rows, go) {
    if (!rows.length) return [element("p", { text: this.words.say("summary.calm"), kind: "soft" })];
    const items = rows.map((row) => {
      const title = row.title || this.words.say("summary.untitled");
      const head = [element("bdi", { text: title }), tag(row.flag, this.words.say(`flags.${row.flag}`))];
      const inside = [element("span", { kind: "title", inside: head }), why(row.why)];
      return () => this.button(inside, () => go(row), this.words.say("summary.go", { title }));
    });
    return [this.heading("summary.attention"), this.list(items)];
  }

  moved(changes, go) {
    if (!changes.length) return [this.heading("summary.moved"), this.soft("summary.nothing_moved")];
    const items = byRow(changes).map((group) => () => {
      const title = group[0].title || this.words.say("summary.untitled");
      const lines = group.map((change) => why(this.sentence(change)));
      const reasons = [...new Set(group.map((change) => change.why).filter(Boolean))].map(why);
      const head = element("span", { kind: "title", inside: [element("bdi", { text: title })] });
      const label = this.words.say("summary.go", { title });
      return this.button([head, ...lines, ...reasons], () => go(group[0]), label);
    });
    return [this.heading("summary.moved"), this.list(items)];
  }

  sentence({ step, what, from, to }) {
    const key = from && to ? "from_to" : to ? "newly" : "dropped";
    const change = this.words.say(`summary.${key}`, { what, from: from ?? "", to: to ?? "" });
    return this.words.say("summary.of_step", { step, change });
  }

  problems(problems, go) {
    if (!problems.length) return [];
    const items = problems.map((problem) => () => {
      const place = [problem.sheet, problem.cell].filter(Boolean).join(" ");
      const severity = this.words.say(`severities.${problem.severity}`);
      const said = [element("span", { kind: "title", inside: [element("span", { text: severity }), bdi(place)] })];
      said.push(why(problem.problem), ...(problem.what_to_do ? [why(problem.what_to_do)] : []));
      if (!problem.sheet) return element("div", { kind: "plain", inside: said });
      return this.button(said, () => go(problem), this.words.say("summary.go_cell", { place }));
    });
    return [this.heading("summary.problems"), this.list(items)];
  }

  leftAlone({ left }, again) {
    if (!left.length) return [];
    const places = left.map(({ sheet, row, cell }) => {
      const place = row ? this.words.say("summary.row", { row }) : cell;
      return () => element("div", { kind: "plain", text: [sheet, place].filter(Boolean).join(", ") });
    });
    const button = element("button", { text: this.words.say("summary.again") });
    button.type = "button";
    button.addEventListener("click", again);
    return [this.heading("summary.left_alone"), this.list(places), element("p", { kind: "buttons", inside: [button] })];
  }

  notes(report, cut) {
    const said = [];
    if (report?.failed?.length) {
      said.push(this.soft("summary.not_drawn", { tabs: report.failed.join(", ") }), this.soft("summary.not_drawn_why"));
    }
    if (cut.length) said.push(this.soft("summary.not_sent", { tabs: cut.join(", ") }));
    return said;
  }

  /** A list whose later items are made when somebody wants to see them. */
  list(items) {
    const list = element("ul", { kind: "rows" });
    const show = (from, to) => items.slice(from, to).map((make) => element("li", { inside: [make()] }));
    list.append(...show(0, FIRST_SHOWN));
    if (items.length > FIRST_SHOWN) list.append(this.further(list, items, show));
    return list;
  }

  further(list, items, show) {
    const text = this.words.say("summary.more", { count: items.length - FIRST_SHOWN });
    const more = element("li", { inside: [this.button([element("span", { text })], () => {
      more.remove();
      const added = show(FIRST_SHOWN);
      list.append(...added);
      added[0].querySelector("button")?.focus();
    })] });
    return more;
  }

  button(inside, press, title = "") {
    const made = element("button", { inside });
    made.type = "button";
    if (title) made.title = title;
    made.addEventListener("click", press);
    return made;
  }

  heading(key) {
    return element("h2", { text: this.words.say(key) });
  }

  soft(key, facts = {}) {
    return element("p", { text: this.words.say(key, facts), kind: "soft" });
  }
}

function element(name, { text, kind, inside = [] } = {}) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text !== undefined) made.textContent = text;
  made.append(...inside);
  return made;
}

function tag(flag, text) {
  return element("span", { kind: `tag ${flag}`, text });
}

/** A sentence; what stands in backticks is to be typed as it is. */
function why(text) {
  const parts = text.split("`").map((part, at) => (at % 2 ? element("code", { text: part }) : part));
  return element("span", { kind: "why", inside: parts });
}

function bdi(text) {
  const made = element("bdi", { text });
  made.dir = "ltr";
  return made;
}

function byRow(changes) {
  const groups = new Map();
  for (const change of changes) {
    groups.set(change.id, [...(groups.get(change.id) ?? []), change]);
  }
  return [...groups.values()];
}
