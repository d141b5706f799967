'use strict';
// Google's globals of Apps Script as the add-on uses them; a method asks for its scope, as Google's own do.
const fs = require('node:fs');
const path = require('node:path');
const { ask } = require('./http_now.cjs');
const { Spreadsheet, GRID } = require('./google_sheet.cjs');

const MOST_TRIGGERS = 20;
const MINUTES = [1, 5, 10, 15, 30];
const HOURS = [1, 2, 4, 6, 8, 12];
const AuthMode = { NONE: 'NONE', CUSTOM_FUNCTION: 'CUSTOM_FUNCTION', LIMITED: 'LIMITED', FULL: 'FULL' };

/** The globals of one execution; `run` tells what may be done in it. */
function globalsOf(world, run) {
  const book = new Spreadsheet(world);
  const needs = (what, ...scopes) => {
    const held = world.manifest.oauthScopes.map((scope) => scope.replace(/^.*\/auth\//, ''));
    const found = scopes.find((scope) => held.includes(scope));
    if (run.authMode === AuthMode.NONE || !found) {
      throw new Error(`Exception: You do not have permission to call ${what}. Required permissions: ${scopes.join(' || ')}`);
    }
    world.used.add(found);
  };
  return {
    SpreadsheetApp: spreadsheetApp(world, run, book, needs),
    HtmlService: { createHtmlOutputFromFile: (name) => htmlOutput(fs.readFileSync(path.join(world.folder, `${name}.html`), 'utf8')) },
    UrlFetchApp: urlFetchApp(world, needs),
    PropertiesService: {
      getDocumentProperties: () => properties(world.properties.document),
      getUserProperties: () => properties(world.properties.user),
    },
    LockService: { getDocumentLock: () => lock(world) },
    Session: session(world, needs),
    ScriptApp: scriptApp(world, run, needs),
    Utilities: utilities(),
  };
}

function spreadsheetApp(world, run, book, needs) {
  return {
    SheetType: { GRID, OBJECT: 'OBJECT', DATASOURCE: 'DATASOURCE' },
    getActiveSpreadsheet() {
      needs('SpreadsheetApp.getActiveSpreadsheet', 'spreadsheets.currentonly');
      if (world.unreadable) {
        throw new Error('Exception: Service Spreadsheets failed while accessing document.');
      }
      return book;
    },
    getUi() {
      if (run.trigger) {
        throw new Error('Exception: Cannot call SpreadsheetApp.getUi() from this context.');
      }
      return ui(world, run, needs);
    },
  };
}

function ui(world, run, needs) {
  return {
    createMenu(caption) {
      const menu = { caption, items: [] };
      const builder = {
        addItem: (text, name) => (menu.items.push({ text, name }), builder),
        addSeparator: () => builder,
        addToUi: () => { world.menu = menu; },
      };
      return builder;
    },
    showSidebar(page) {
      needs('Ui.showSidebar', 'script.container.ui');
      world.sidebar = { title: page.getTitle(), content: page.getContent() };
    },
  };
}

function htmlOutput(content) {
  let title = '';
  const output = {
    append: (more) => ((content += more), output),
    setTitle: (text) => ((title = text), output),
    getTitle: () => title,
    getContent: () => content,
  };
  return output;
}

function urlFetchApp(world, needs) {
  return {
    fetch(url, params = {}) {
      needs('UrlFetchApp.fetch', 'script.external_request');
      if (world.fetchFails) {
        throw new Error(`Exception: ${world.fetchFails.replace('{url}', url)}`);
      }
      if (!world.manifest.urlFetchWhitelist.some((prefix) => url.startsWith(prefix))) {
        throw new Error(`Exception: The address ${url} is not in the manifest's list.`);
      }
      return fetched(world, url, params);
    },
  };
}

function fetched(world, url, params) {
  const method = (params.method || 'get').toUpperCase();
  const headers = Object.assign({ 'User-Agent': 'Google-Apps-Script' }, params.headers);
  if (method === 'POST') {
    headers['Content-Length'] = '0';
  }
  const answer = followed({ method, url, headers }, world.fetchTimeout, params.followRedirects !== false);
  if (answer.error) {
    throw new Error(`Exception: ${answer.error === 'timeout' ? 'Timeout' : 'Address unavailable'}: ${url}`);
  }
  world.asked.push(`${method} ${new URL(url).pathname} ${answer.status}`);
  if (!params.muteHttpExceptions && answer.status >= 400) {
    throw new Error(`Exception: Request failed for ${url} returned code ${answer.status}.`);
  }
  return {
    getResponseCode: () => answer.status,
    getContentText: () => answer.text,
    getHeaders: () => answer.headers,
  };
}

function followed(request, timeout, follows) {
  const answer = ask(request, timeout);
  const place = follows && answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
  return place ? followed({ ...request, method: 'GET', url: place }, timeout, follows) : answer;
}

function properties(store) {
  return {
    getProperty: (key) => (key in store ? store[key] : null),
    setProperty(key, value) { store[key] = String(value); },
    deleteProperty(key) { delete store[key]; },
  };
}

function lock(world) {
  return {
    tryLock() {
      if (world.lockedBy) {
        return false;
      }
      world.lockedBy = 'this script';
      return true;
    },
    releaseLock() { world.lockedBy = ''; },
  };
}

function session(world, needs) {
  return {
    getActiveUserLocale: () => world.locale,
    getActiveUser: () => ({
      getEmail() {
        needs('Session.getActiveUser', 'userinfo.email');
        return world.email;
      },
    }),
  };
}

function scriptApp(world, run, needs) {
  return {
    AuthMode,
    getIdentityToken() {
      return world.manifest.oauthScopes.includes('openid') ? (world.used.add('openid'), world.token) : null;
    },
    getProjectTriggers() {
      needs('ScriptApp.getProjectTriggers', 'script.scriptapp');
      return world.triggers.map((trigger) => ({ getHandlerFunction: () => trigger.handler, trigger }));
    },
    deleteTrigger({ trigger }) {
      world.triggers.splice(world.triggers.indexOf(trigger), 1);
    },
    newTrigger(handler) {
      needs('ScriptApp.newTrigger', 'script.scriptapp');
      return triggerBuilder(world, { handler });
    },
  };
}

function triggerBuilder(world, trigger) {
  const among = (name, known) => (number) => {
    if (!known.includes(number)) {
      throw new Error(`Exception: The value you passed to ${name} was invalid. It must be one of ${known}.`);
    }
    return keep(name)(number);
  };
  const keep = (name) => (value) => ((trigger[name] = value), builder);
  const builder = {
    timeBased: () => keep('source')('clock'),
    forSpreadsheet: (book) => keep('source')(book.getId()),
    onEdit: () => keep('event')('edit'),
    everyMinutes: among('everyMinutes', MINUTES),
    everyHours: among('everyHours', HOURS),
    everyDays: keep('everyDays'),
    atHour: keep('atHour'),
    inTimezone: keep('inTimezone'),
    create() {
      if (world.triggers.length >= MOST_TRIGGERS) {
        throw new Error('Exception: This script has too many triggers. Triggers must be deleted from the script before more can be added.');
      }
      world.triggers.push(trigger);
    },
  };
  return builder;
}

function utilities() {
  return {
    base64DecodeWebSafe: (text) => Array.from(new Int8Array(Buffer.from(text, 'base64url'))),
    newBlob: (bytes) => ({ getDataAsString: () => Buffer.from(Int8Array.from(bytes).buffer).toString('utf8') }),
  };
}

module.exports = { globalsOf };
