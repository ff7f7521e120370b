/** Keys of answers that count commits, hold times and hashes, or addresses that are handed out one by one. */
const passing = new Set([
  ...['CreateIndex', 'ModifyIndex', 'Hash', 'LastTransitionTime'],
  ...['AutoVirtualIPs', 'ManualVirtualIPs'],
]);

/** Keys of which it matters only whether they are there. */
const present = new Set([
  ...['ID', 'LegacyID', 'CreatedAt', 'UpdatedAt', 'LegacyCreateTime', 'LegacyUpdateTime'],
  'CustomizationHash',
]);

/** The JSON of an answer of the HTTP API without what differs from agent to agent, so that two can be compared. */
export function steadyAnswer(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/[\da-f-]{36}\.consul/g, 'td.consul');
  if (Array.isArray(value)) return value.map(steadyAnswer);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !passing.has(key));
  return Object.fromEntries(kept.map(([key, held]) => [key, steadyField(key, held)]));
}

function steadyField(key: string, held: unknown): unknown {
  return present.has(key) && isOpaque(held) ? '<differs>' : steadyAnswer(held);
}

/** An ID may also be a name, such as that of a target of a chain. */
function isOpaque(held: unknown): boolean {
  return typeof held === 'string' && /^([\da-f]{8}|[\da-f-]{36}|\d{4}-\d\d-\d\dT.*Z)$/.test(held);
}

/** Headers that clients read of an answer, and whether their value is the same on each agent. */
const told: Readonly<Record<string, boolean>> = {
  'content-type': true,
  allow: true,
  'x-consul-effective-consistency': true,
  'x-consul-index': false,
  'x-consul-knownleader': true,
  'x-consul-lastcontact': true,
  'x-consul-query-backend': true,
};

/** What clients read of the headers of an answer, without what differs from agent to agent. */
export function toldHeaders(headers: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(told)
    .filter(([name]) => headers[name] !== undefined)
    .map(([name, isSteady]) => (isSteady ? `${name}: ${headers[name]}` : name));
  return lines.join(', ');
}
