/** What went wrong, by the key of its sentence; `half` where some of the plan had been written before. */
export class Trouble extends Error {
  constructor(code, facts = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
    this.half = false;
  }
}

/** A refusal of the service, which comes with its own sentence. */
export class Refusal extends Trouble {
  constructor(status, problem) {
    super(problem.code ?? "refused");
    this.status = status;
    this.detail = problem.detail;
    this.request = problem.request_id ?? "";
  }
}

const OF_EXCEL = {
  InvalidOperationInCellEditMode: "editing",
  CellEditMode: "editing",
};

/** Whatever Excel throws, as trouble. */
export function asTrouble(error) {
  if (error instanceof Trouble || error?.name === "AbortError") return error;
  return new Trouble(OF_EXCEL[error?.code] ?? "excel", { error: error?.code ?? error?.name ?? "?" });
}
