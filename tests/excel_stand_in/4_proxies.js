/** Objects that only know what was loaded, and do nothing before sync(). */

// ---- proxies
const MODEL = Symbol("model");
function proxy(context, kindName, resolve) {
  const kind = KINDS[kindName];
  const loaded = new Map();
  const children = new Map();
  const required = () => {
    const model = resolve();
    if (model === null || model === undefined) throw new OfficeError("ItemNotFound");
    return model;
  };
  const child = (name) => {
    if (!children.has(name)) {
      const [kindOf, get] = kind.navs[name];
      children.set(name, proxy(context, kindOf, () => withEpoch(context, get(required()))));
    }
    return children.get(name);
  };
  const load = (path) => {
    const model = resolve();
    loaded.set("isNullObject", model === null || model === undefined);
    if (loaded.get("isNullObject")) return;
    const [first, ...rest] = path.split("/");
    if (first === "items" && kind.items) {
      const [kindOf, list] = kind.items;
      if (!loaded.has("items")) loaded.set("items", list(model).map((one) => proxy(context, kindOf, () => withEpoch(context, one))));
      if (rest.length) for (const item of loaded.get("items")) item[LOAD](rest.join("/"));
    } else if (rest.length && kind.navs?.[first]) {
      child(first)[LOAD](rest.join("/"));
    } else if (kind.scalars?.[first]) {
      const value = kind.scalars[first](model);
      context.answered += JSON.stringify(value)?.length ?? 0;
      loaded.set(first, structuredClone(value));
    } else {
      throw new OfficeError("InvalidArgument", `${kindName} cannot load ${path}`);
    }
  };
  const call = (method, name) => (...given) => {
    const values = () => given.map((one) => (method.takesObject && one?.[MODEL] ? one[MODEL]() : one));
    if (method.act) {
      context.queue(() => method.act(required(), ...values()), `${kindName}.${name}`);
      return undefined;
    }
    let made;
    if (method.make) context.queue(() => { made = method.make(required(), ...values()); }, `${kindName}.${name}`);
    return proxy(context, method.kind, () => withEpoch(context, method.make ? made : method.get(required(), ...values())));
  };
  return new Proxy({}, {
    get(_, name) {
      if (name === MODEL) return required;
      if (name === LOAD) return load;
      if (name === "then" || typeof name === "symbol") return undefined;
      if (name === "load") return (paths) => paths.split(",").forEach((path) => context.queue(() => load(path.trim()), null));
      if (name === "isNullObject" || name === "items" || kind.scalars?.[name]) {
        if (!loaded.has(name)) throw new OfficeError("PropertyNotLoaded", `${kindName}.${name} was not loaded`);
        if (name !== "isNullObject" && loaded.get("isNullObject")) throw new OfficeError("InvalidObjectPath", kindName);
        return loaded.get(name);
      }
      if (kind.navs?.[name]) return child(name);
      if (kind.methods?.[name]) return call(kind.methods[name], name);
      throw new OfficeError("ApiNotFound", `${kindName} has no ${String(name)}`);
    },
    set(_, name, value) {
      const set = kind.setters?.[name];
      if (!set) throw new OfficeError("ApiNotFound", `${kindName}.${String(name)} cannot be set`);
      const given = structuredClone(value);
      context.asked += JSON.stringify(given)?.length ?? 0;
      context.queue(() => set(required(), given), `${kindName}.${String(name)}`);
      return true;
    },
  });
}
const LOAD = Symbol("load");
function withEpoch(context, model) {
  if (model?.boxes) model.epoch = EPOCHS[context.model.date1904 ? 1904 : 1900];
  return model;
}

class Context {
  constructor(model, options) {
    Object.assign(this, { model, options, waiting: [], asked: 0, answered: 0 });
    this.workbook = proxy(this, "Workbook", () => model);
  }
  queue(act, name) {
    this.waiting.push([act, name]);
  }
  async sync() {
    const [waiting, asked] = [this.waiting, this.asked];
    Object.assign(this, { waiting: [], asked: 0, answered: 0 });
    await new Promise((done) => { setTimeout(done, 0); });
    const { model } = this;
    model.syncs += 1;
    model.before?.(model.syncs);
    if (asked > LIMIT) throw new OfficeError("RequestPayloadSizeLimitExceeded");
    model.largest = Math.max(model.largest, asked);
    for (const [act, name] of waiting) {
      if (this.options.mergeUndoGroup && model.cannotUndo && name === model.cannotUndo) throw new OfficeError("UndoNotSupported");
      if (name && model.fails?.(name)) throw new OfficeError("GeneralException");
      act();
    }
    if (this.answered > LIMIT) throw new OfficeError("ResponsePayloadSizeLimitExceeded");
    model.largest = Math.max(model.largest, this.answered);
  }
}

globalThis.standIn = function standIn({ sheets, date1904 = false, language = "en-US", theme = null, host = "Excel", api = 1.17 }) {
  const model = { sheets: sheets.map((sheet) => new Sheet(sheet.name, sheet)), date1904, syncs: 0, largest: 0, isEditing: false };
  const Excel = {
    async run(options, work) {
      if (model.isEditing) throw new OfficeError("InvalidOperationInCellEditMode");
      const context = new Context(model, options);
      const result = await work(context);
      await context.sync();
      return result;
    },
  };
  const Office = {
    async onReady() {
      return { host, platform: "OfficeOnline" };
    },
    context: {
      displayLanguage: language, partitionKey: "stand-in-", officeTheme: theme,
      requirements: { isSetSupported: (name, version) => name === "ExcelApi" && Number(version.split(".")[1]) <= Math.round((api % 1) * 100) },
    },
  };
  return { Office, Excel, book: model };
};

/** What a sheet holds, as rows of [value, formula, format], for whoever wants to compare. */
globalThis.heldBy = function heldBy(sheet) {
  const box = sheet.used();
  if (!box) return [];
  return Array.from({ length: box.r2 }, (_, r) =>
    Array.from({ length: box.c2 }, (__, c) => {
      const cell = sheet.cells.get(key(r + 1, c + 1));
      return cell ? [cell.value, cell.formula, cell.format] : ["", null, "General"];
    }));
};
