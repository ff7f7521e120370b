import type { ProxyProblem } from '@chancery/mesh-api';
import { formatPath } from '@chancery/model';
import type { Supply } from '../../proxies/proxy-publisher.ts';
import type { Origins } from './origins.ts';
import type { ProxyParts } from './proxy-parts.ts';
import type { Subject } from './subjects.ts';

/** What of a proxy's configuration could not be built as declared. */
export function problems(
  parts: ProxyParts,
  subject: Subject,
  supply: Supply | undefined,
  origins: Origins,
): readonly ProxyProblem[] {
  const { id, instance } = subject;
  if (instance === undefined) return [stranger(id, parts.node)];
  if (instance.node !== parts.node) return [elsewhere(instance.node, parts.node)];
  return [
    ...unreadable(parts, id, origins),
    ...translated(supply, origins),
    ...(supply?.failure === undefined || supply.isCurrent ? [] : [notBuilt(supply.failure)]),
  ];
}

function stranger(id: string, node: string): ProxyProblem {
  const message = `no sidecar with the ID "${id}" is registered on node "${node}"`;
  return { code: 'not-registered', resource: '', message };
}

function elsewhere(node: string, own: string): ProxyProblem {
  const message = `it is registered on node "${node}", and this agent serves those of "${own}"`;
  return { code: 'other-node', resource: '', message };
}

function unreadable({ store, xds }: ProxyParts, id: string, origins: Origins) {
  return store.read(xds.queries.proxyProblems, id).value.map(({ path, message }): ProxyProblem => {
    const place = formatPath(path);
    const code = 'config-not-readable';
    return { code, resource: '', message, origin: origins.ofRegistration(id, place) };
  });
}

function translated(supply: Supply | undefined, origins: Origins): readonly ProxyProblem[] {
  if (supply === undefined) return [];
  return supply.diagnostics.map((diagnostic) => {
    const origin = origins.ofName(supply.snapshot, diagnostic.resource);
    return { ...diagnostic, ...(origin && { origin }) };
  });
}

function notBuilt(cause: unknown): ProxyProblem {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `its newest configuration is not served, because it has no certificate: ${why}`;
  return { code: 'no-certificate', resource: '', message };
}
