'use strict';
// SpreadsheetApp over a spreadsheet of a Sheets server: what the service writes there is what the script reads here.
const { ask } = require('./http_now.cjs');

const GRID = 'GRID';

/** A spreadsheet as one execution of a script sees it; `world.selected` outlives it. */
class Spreadsheet {
  constructor(world) {
    this.world = world;
    this.texts = {};
  }

  get(path) {
    const { server, spreadsheet, token } = this.world.google;
    const url = `${server}/v4/spreadsheets/${spreadsheet}${path}`;
    const answer = ask({ method: 'GET', url, headers: { Authorization: `Bearer ${token}` } });
    if (answer.status !== 200) {
      throw new Error(`the Sheets server answered ${answer.status || answer.error}: ${answer.text}`);
    }
    return JSON.parse(answer.text);
  }

  properties() {
    this.known = this.known || this.get('?fields=properties.timeZone,sheets.properties(title,sheetType)');
    return this.known;
  }

  /** The rows of a tab as they are shown, without blank ends: they bound what Google calls the data. */
  shown(title) {
    const range = encodeURIComponent(`'${title.replace(/'/g, "''")}'`);
    this.texts[title] = this.texts[title]
      || this.get(`/values/${range}?valueRenderOption=FORMATTED_VALUE`).values || [];
    return this.texts[title];
  }

  getId() {
    return this.world.google.spreadsheet;
  }

  getSpreadsheetTimeZone() {
    return this.properties().properties.timeZone;
  }

  getSheets() {
    return this.properties().sheets.map(({ properties }) => new Sheet(this, properties));
  }

  getActiveRange() {
    const place = this.world.selected;
    return place ? this.rangeAt(place) : null;
  }

  rangeAt({ sheet, row, column, rows = 1, columns = 1 }) {
    const found = this.getSheets().find((one) => one.getName() === sheet);
    return new Range(found, row, column, rows, columns);
  }
}

class Sheet {
  constructor(book, properties) {
    this.book = book;
    this.properties = properties;
  }

  getName() {
    return this.properties.title;
  }

  getType() {
    return this.properties.sheetType || GRID;
  }

  rows() {
    if (this.getType() !== GRID) {
      throw new Error(`Exception: Sheet ${this.getName()} is not a grid.`);
    }
    return this.book.shown(this.getName());
  }

  getLastRow() {
    return this.rows().length;
  }

  getLastColumn() {
    return Math.max(0, ...this.rows().map((row) => row.length));
  }

  getRange(row, column, rows = 1, columns = 1) {
    for (const [what, number] of Object.entries({ row, column, 'number of rows': rows, 'number of columns': columns })) {
      if (!Number.isInteger(number) || number < 1) {
        throw new Error(`Exception: The ${what} of the range must be at least 1.`);
      }
    }
    return new Range(this, row, column, rows, columns);
  }
}

class Range {
  constructor(sheet, row, column, rows, columns) {
    Object.assign(this, { sheet, row, column, rows, columns });
  }

  getSheet() {
    return this.sheet;
  }

  getRow() {
    return this.row;
  }

  getColumn() {
    return this.column;
  }

  getLastColumn() {
    return this.column + this.columns - 1;
  }

  getDisplayValues() {
    const cells = this.sheet.rows();
    return Array.from({ length: this.rows }, (_, row) => Array.from({ length: this.columns }, (__, column) => {
      return (cells[this.row - 1 + row] || [])[this.column - 1 + column] || '';
    }));
  }

  activate() {
    const { row, column, rows, columns } = this;
    this.sheet.book.world.selected = { sheet: this.sheet.getName(), row, column, rows, columns };
    return this;
  }
}

module.exports = { Spreadsheet, GRID };
