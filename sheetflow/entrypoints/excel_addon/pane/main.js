/** The pane: read this file first. It reads the workbook, asks the service for the plan, and writes what fits. */

import { canDoIt, gather, selectCell, selectRow, write } from "./excel/book.js";
import { isEmpty } from "./excel/writing.js";
import { Kept } from "./keeping.js";
import { askForPlan } from "./service.js";
import { furnishSettings, open } from "./settings.js";
import { tokenFor } from "./signing.js";
import { Trouble, asTrouble } from "./trouble.js";
import { View } from "./view.js";
import { Words } from "./words.js";

const READING = 0.25;
const SIGN_IN = new Set(["sign_in", "sign_in_microsoft"]);

class Pane {
  constructor(settings, view, kept) {
    this.settings = settings;
    this.address = new URL(settings.service, document.baseURI);
    this.view = view;
    this.kept = kept;
    this.planned = null;
    this.shown = null;
    this.stopping = null;
    this.hindrance = null;
  }

  start() {
    const press = (id, act) => this.view.part(id).addEventListener("click", act);
    press("recalculate", () => this.work(() => this.recalculate()));
    press("preview", () => this.work(() => this.preview()).then(() => this.askBack()));
    press("write", () => this.work(() => this.finish(this.planned)));
    press("discard", () => this.discard());
    press("stop", () => this.stopping?.abort());
  }

  async recalculate() {
    const planned = await this.plan();
    await this.finish(planned);
  }

  async preview() {
    const planned = await this.plan();
    this.planned = planned;
    const { answer } = planned;
    this.show({ ...planned, report: null });
    if (isEmpty(answer)) return this.view.rest("unchanged");
    this.view.rest("previewed", { cells: answer.edits.length, tabs: answer.tabs.length });
    this.view.part("decision").hidden = false;
  }

  /** Where there is something to decide, the decision is next. */
  askBack() {
    if (!this.view.part("decision").hidden) this.view.part("write").focus();
  }

  /** Read the workbook and have it planned: {answer, tabs, cut}. */
  async plan() {
    const { view, kept } = this;
    view.clear();
    this.planned = null;
    view.stage("reading", 0);
    const { tabs, cut, body } = await gather((share) => view.stage("reading", share * READING));
    view.stage("planning");
    this.stopping = new AbortController();
    view.busy(true, true);
    const answer = await askForPlan(this.address, {
      language: view.words.language,
      token: await tokenFor(this.settings, kept.get("key")),
      body: { ...body, today: today(), effort: kept.get("effort"), new_columns: kept.get("newColumns"), with_plan: false },
      signal: this.stopping.signal,
    });
    view.busy(true, false);
    return { answer, tabs, cut };
  }

  /** Write a plan and say what was done. */
  async finish(planned) {
    const { view } = this;
    view.part("decision").hidden = true;
    view.stage("checking", READING);
    const { answer, tabs } = planned;
    const nothing = { written: 0, left: [], failed: [] };
    const report = isEmpty(answer)
      ? nothing
      : await write(answer, tabs, (key, share, facts) => view.stage(key, READING + share * (1 - READING), facts));
    this.planned = null;
    this.show({ ...planned, report });
    const drawn = answer.tabs.length - report.failed.length;
    if (isEmpty(answer)) view.rest("unchanged");
    else view.rest("done", { cells: report.written, tabs: drawn });
    view.part("hint").hidden = !(report.written || drawn);
  }

  discard() {
    this.planned = null;
    this.view.part("decision").hidden = true;
    this.view.rest("discarded");
    this.view.part("recalculate").focus();
  }

  show(shown) {
    this.shown = shown;
    this.view.result(shown, { go: (place) => this.go(place), again: () => this.view.part("recalculate").click() });
  }

  async go(place) {
    const found = await this.work(() => (place.row ? selectRow(place) : selectCell(place)), { isSmall: true });
    if (found === false) this.view.part("stage").textContent = this.view.words.say("summary.gone");
  }

  /** Do something of which there is one at a time, and tell what goes wrong with it. */
  async work(act, { isSmall = false } = {}) {
    const { view } = this;
    if (this.isAtWork) return undefined;
    const before = document.activeElement;
    this.isAtWork = true;
    view.atWork(true);
    view.calm();
    if (!isSmall) view.busy(true, false);
    try {
      return await act();
    } catch (error) {
      this.tell(asTrouble(error));
      return undefined;
    } finally {
      this.isAtWork = false;
      this.stopping = null;
      view.busy(false, false);
      // A button that is off loses the focus: whoever came by keyboard goes on from where they were.
      if (document.activeElement === document.body) before?.focus?.();
      view.atWork(false);
    }
  }

  tell(error) {
    if (error.name === "AbortError") return this.view.rest("stopped");
    this.view.rest();
    this.view.trouble(error);
    if (SIGN_IN.has(error.code)) open(this.view, true);
    return undefined;
  }

  /** Another language: what is shown already is said anew. */
  retell() {
    this.view.translate();
    this.view.calm();
    this.view.rest();
    if (this.hindrance) this.view.trouble(this.hindrance);
    if (this.shown) this.show(this.shown);
  }
}

/** The day it is on the wall of whoever presses the button. */
function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** Light or dark as Office is, else as the system is. */
function followTheme(office) {
  const background = office?.context?.officeTheme?.bodyBackgroundColor;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (background ? brightness(background) < 128 : system.matches);
  const set = () => { document.documentElement.dataset.theme = isDark() ? "dark" : "light"; };
  set();
  system.addEventListener("change", set);
}

function brightness(colour) {
  const digits = colour.replace("#", "");
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

async function begin() {
  const office = globalThis.Office;
  const info = await office?.onReady?.();
  const settings = await (await fetch("settings.json")).json();
  const words = new Words(settings.words);
  const kept = new Kept(office);
  words.choose(kept.get("language"), office?.context?.displayLanguage, navigator.language);
  const view = new View(document, words);
  followTheme(office);
  view.translate();
  const pane = new Pane(settings, view, kept);
  furnishSettings(pane, office);
  pane.hindrance = hindrance(office, info);
  if (pane.hindrance) {
    view.busy(true, false);
    view.trouble(pane.hindrance);
  } else {
    pane.start();
  }
}

function hindrance(office, info) {
  if (info?.host !== "Excel") return new Trouble("not_excel");
  return canDoIt(office) ? null : new Trouble("old_excel");
}

await begin();
