import { join } from 'node:path';
import { catalogTables } from '@chancery/catalog';
import { configEntryTables } from '@chancery/config-entries';
import type { AgentConfig } from '@chancery/model';
import {
  type Journal,
  memoryJournal,
  openStore,
  type Store,
  type StoreOptions,
} from '@chancery/store';
import { authorityTables } from './authority/authority-tables.ts';
import { declarations } from './config/declarations.ts';
import { createDataFolder } from './data-folder.ts';
import type { Effects } from './effects.ts';
import { ownNode } from './join-catalog.ts';
import type { AgentMetrics } from './metrics/agent-metrics.ts';
import { timedJournal } from './metrics/timed-journal.ts';

/** Every table of an agent's state. */
export const agentTables: StoreOptions['tables'] = [
  ...catalogTables,
  ...configEntryTables,
  ...authorityTables,
  declarations,
  ownNode,
];

/** Opens the agent's state: in memory in dev mode, else below its data directory. */
export async function openAgentStore(
  config: AgentConfig,
  metrics: AgentMetrics,
  { now, log }: Effects,
): Promise<Store> {
  return openStore({
    tables: agentTables,
    journal: timedJournal(await openJournal(config), metrics),
    now,
    log: (message, err) => log.error({ part: 'store', ...(err !== undefined && { err }) }, message),
  });
}

async function openJournal({ dataDir }: AgentConfig): Promise<Journal> {
  if (dataDir === undefined) return memoryJournal();
  const { openLmdbJournal } = await import('@chancery/store-lmdb');
  await createDataFolder(dataDir);
  return openLmdbJournal(join(dataDir, 'journal'));
}
