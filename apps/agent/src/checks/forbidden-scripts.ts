import { checks, deregisterCheck } from '@chancery/catalog';
import type { Store } from '@chancery/store';
import { declarations } from '../config/declarations.ts';
import type { ScriptChecks } from './script-permission.ts';

/**
 * Takes away the scripts that were registered over the API when that was allowed, before any is run. Those that the
 * configuration declares are refused with it. Resolves with the IDs of the checks that are gone.
 */
export async function dropForbiddenScripts(
  store: Store,
  node: string,
  scriptChecks: ScriptChecks,
): Promise<readonly string[]> {
  if (scriptChecks === 'all') return [];
  const isDeclared = (kind: 'service' | 'check', id: string): boolean =>
    store.view.get(declarations, declarations.key({ kind, id })) !== undefined;
  const forbidden = store.view
    .by(checks, 'node', node)
    .filter(({ probe }) => probe.kind === 'script')
    .filter(({ checkId, serviceId, alone }) =>
      alone ? !isDeclared('check', checkId) : !isDeclared('service', serviceId),
    );
  const by = { principal: { name: 'agent' }, why: 'scripts are disabled' };
  for (const { checkId } of forbidden) await store.commit(deregisterCheck, { node, checkId }, by);
  return forbidden.map(({ checkId }) => checkId);
}
