import { spell } from '../block.ts';
import { isObject } from '../primitives.ts';
import { report, type Scope, within } from '../scope.ts';
import { suggest } from '../suggest.ts';
import { type ConfigEntry, configEntryKinds } from './config-entry.ts';
import { isEntryKind } from './kinds.ts';

/** The kind that a document says it is of, if it can be written; otherwise the reason was reported. */
export function kindOf(value: unknown, scope: Scope): ConfigEntry['kind'] | undefined {
  if (!isObject(value)) return report(scope, 'a config entry is a block', { code: 'wrong-type' });
  const key = Object.keys(value).find((each) => each.toLowerCase() === 'kind');
  if (key === undefined) {
    return report(scope, `${spell('kind', scope.casing)} is missing`, {
      code: 'missing',
      consul: as('Payload does not contain a kind/Kind key at the top level'),
    });
  }
  const kind = value[key];
  if (typeof kind !== 'string') {
    const consul = as('Kind value in payload is not a string');
    return report(within(scope, key), 'expected a text', { code: 'wrong-type', consul });
  }
  return isEntryKind(kind) ? kind : refuseKind(kind, within(scope, key));
}

function refuseKind(kind: string, scope: Scope): undefined {
  if (kind === 'bound-api-gateway') {
    const consul = as('Permission denied: only writeable by controller');
    const message = 'a bound-api-gateway is not declared; it follows from gateways and routes';
    return report(scope, message, { code: 'read-only', consul });
  }
  if (kind === 'sameness-group') {
    const consul = as('sameness-groups are an enterprise-only feature');
    return report(scope, consul.words, { code: 'refused', consul });
  }
  const consul = as(`invalid config entry kind: ${kind}`);
  if (kind === 'control-plane-request-limit') {
    const message = `${kind} is not supported; it is a feature of Consul's enterprise edition`;
    return report(scope, message, { consul });
  }
  const near = suggest(kind, configEntryKinds);
  const way = near === undefined ? '' : `; did you mean "${near}"?`;
  return report(scope, `there is no kind ${JSON.stringify(kind)}${way}`, { consul });
}

function as(words: string): { readonly words: string; readonly listed: false } {
  return { words, listed: false };
}
