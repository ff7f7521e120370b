/** Reads a service name as a command line may give it: `web`, `default/web` or `default/default/web`. */
export function serviceName(
  text: string,
):
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string } {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 3 || name === '') {
    return { ok: false, message: `Error: "${text}" is not the name of a service` };
  }
  if (parts.slice(0, -1).some((part) => part !== 'default')) {
    return {
      ok: false,
      message: `Error: "${text}" names a namespace or partition; only "default" exists here`,
    };
  }
  return { ok: true, value: name };
}

/** Reads a source and a destination. */
export function servicePair(
  source: string,
  destination: string,
):
  | { readonly ok: true; readonly source: string; readonly destination: string }
  | { readonly ok: false; readonly message: string } {
  const from = serviceName(source);
  const to = serviceName(destination);
  if (!from.ok) return from;
  if (!to.ok) return to;
  return { ok: true, source: from.value, destination: to.value };
}
