/** Who asks: a key that somebody pasted, or Microsoft's own sign-in where the service is set up for it.
 *
 * Microsoft's sign-in is nested app authentication: Office itself vouches for whoever is signed in there. Its library
 * is loaded only when it is needed, from the address that the service names.
 */

import { Trouble } from "./trouble.js";

let application = null;

/** The token to ask with, null where none is needed or known. */
export async function tokenFor(settings, key) {
  if (key) return key;
  if (!settings.sign_in) return null;
  try {
    return await microsoftToken(settings.sign_in);
  } catch {
    throw new Trouble("sign_in_microsoft");
  }
}

async function microsoftToken({ client_id: clientId, authority, scope, library }) {
  const { createNestablePublicClientApplication } = await loaded(library);
  application ??= await createNestablePublicClientApplication({ auth: { clientId, authority } });
  const wish = { scopes: [scope] };
  try {
    return (await application.acquireTokenSilent(wish)).accessToken;
  } catch {
    return (await application.acquireTokenPopup(wish)).accessToken;
  }
}

/** The library, be it a module or a script that makes a global of itself. */
async function loaded(address) {
  const module = await import(address);
  return module.createNestablePublicClientApplication ? module : globalThis.msal;
}
