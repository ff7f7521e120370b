import { bootstrapConfigEntries } from '@chancery/config-entries';
import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import type { Log } from '../log/log.ts';

const by = { principal: { name: 'agent' }, why: 'configuration' };

/**
 * Writes the config entries that the configuration begins with, where there is none of that kind and name: what
 * was written over the API since, stays.
 *
 * @throws Error with a sentence for people: entries that contradict each other or those that are there.
 */
export async function writeBootstrapEntries(
  store: Store,
  { configEntries: entries, datacenter }: Pick<AgentConfig, 'configEntries' | 'datacenter'>,
  log: Pick<Log, 'info'>,
): Promise<void> {
  if (entries.length === 0) return;
  const committed = await store.commit(bootstrapConfigEntries, { entries, datacenter }, by);
  if (!committed.ok) throw new Error(`config_entries.bootstrap: ${committed.refusal.message}`);
  for (const { kind, name } of committed.result.written) {
    log.info({ part: 'config', kind, name }, 'config entry written');
  }
}
