import type { EnvoyAdmin } from '@chancery/testing';

/** What an Envoy has taken from the agent so far. */
export interface EnvoyUpdates {
  /** How often it took each thing that it subscribed to, by the name of the counter. */
  readonly taken: Readonly<Record<string, number>>;
  /** All resources with their versions and the times of their last change. */
  readonly resources: unknown;
}

/** A picture of the updates of an Envoy: two are equal when nothing was sent to it in between. */
export async function envoyUpdates(admin: EnvoyAdmin): Promise<EnvoyUpdates> {
  const filter = 'update_(success|rejected)$|listener_manager.listener_(added|modified)$';
  const page = await admin.page(`/stats?filter=${encodeURIComponent(filter)}`);
  const counters = page.matchAll(/^(.*): (\d+)$/gm).map(([, name = '', n]) => [name, Number(n)]);
  return {
    taken: Object.fromEntries(counters),
    resources: unordered(JSON.parse(await admin.page('/config_dump?include_eds'))),
  };
}

/** Envoy prints its resources in the order of its hash maps, which is another one each time. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unordered).sort(byText);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, unordered(field)]);
  return Object.fromEntries(fields.sort(byText));
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
