/** Asking the service: the workbook's tabs go there, the plan comes back. */

import { Refusal, Trouble } from "./trouble.js";

/** The plan of the tabs; throws Refusal where the service says why not, Trouble where it cannot be asked. */
export async function askForPlan(address, { language, token, body, signal }) {
  const url = new URL("v1/plan", address);
  url.searchParams.set("lang", language);
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await asked(address, () =>
    fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal, credentials: "omit" }),
  );
  const content = await asked(address, () => answer.text());
  const told = parsed(content);
  if (answer.ok && told?.summary) return told;
  if (answer.status === 401) throw new Trouble("sign_in");
  if (typeof told?.detail === "string") throw new Refusal(answer.status, told);
  throw new Trouble("strange", { address: address.origin });
}

async function asked(address, ask) {
  try {
    return await ask();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble("unreachable", { address: address.origin });
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
