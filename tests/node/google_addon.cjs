'use strict';
// Runs the add-on's script as Google does: each call in a fresh execution. Reads one request a line, answers one a line.
//   {"do": "open", "world": {…}}   begin anew          {"do": "look"}     what has come of it
//   {"do": "change", "world": {…}} change the world     {"do": "call", "name": …, "args": […], "run": {…}}
//   {"do": "each", "name": …, "args": […]}              a function for one argument after another
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const vm = require('node:vm');
const { globalsOf } = require('./google_services.cjs');

let world;
let scripts;

function open(given) {
  world = {
    locale: 'en', email: 'sari@example.com', token: null, triggers: [], asked: [], properties: { document: {}, user: {} },
    menu: null, sidebar: null, selected: null, lockedBy: '', fetchTimeout: 30000, used: new Set(), now: null,
    ...given,
  };
  world.manifest = JSON.parse(fs.readFileSync(path.join(world.folder, 'appsscript.json'), 'utf8'));
  scripts = fs.readdirSync(world.folder).filter((name) => name.endsWith('.gs')).sort().map((name) => {
    return new vm.Script(fs.readFileSync(path.join(world.folder, name), 'utf8'), { filename: name });
  });
}

function execution(run) {
  const context = vm.createContext(globalsOf(world, run));
  scripts.forEach((script) => script.runInContext(context));
  if (world.now !== null) {
    context.now = world.now;
    vm.runInContext('Date.now = function () { return now; };', context);
  }
  return context;
}

function call({ name, args = [], run = {} }) {
  const context = execution(run);
  if (run.private !== true && name.endsWith('_')) {
    throw new Error(`Exception: ${name} is private`);
  }
  if (typeof context[name] !== 'function') {
    throw new Error(`Exception: Script function not found: ${name}`);
  }
  context.given = JSON.stringify(args);
  const given = vm.runInContext('JSON.parse(given)', context);
  const event = run.edited ? [{ range: context.SpreadsheetApp.getActiveSpreadsheet().rangeAt(run.edited) }] : given;
  const result = context[name].apply(null, event);
  return result === undefined ? null : JSON.parse(JSON.stringify(result));
}

function each({ name, args }) {
  const context = execution({});
  return args.map((arg) => context[name](arg));
}

function look() {
  const { menu, sidebar, selected, triggers, asked, properties, lockedBy, manifest } = world;
  return { menu, sidebar, selected, triggers, asked, properties, lockedBy, manifest, used: [...world.used].sort() };
}

const verbs = { open: (line) => open(line.world), change: (line) => void Object.assign(world, line.world), call, each, look };

readline.createInterface({ input: process.stdin }).on('line', (text) => {
  const line = JSON.parse(text);
  let answer;
  try {
    const result = verbs[line.do](line);
    answer = { result: result === undefined ? null : result };
  } catch (error) {
    answer = { error: String(error.message || error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
