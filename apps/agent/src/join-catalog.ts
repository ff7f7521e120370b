import { coordinates, nodes, origin, registerNode, updateCoordinate } from '@chancery/catalog';
import type { AgentConfig } from '@chancery/model';
import { type Command, commit, defineTable, put, type Store, type Table } from '@chancery/store';
import type { Effects } from './effects.ts';

const by = { principal: { name: 'agent' }, why: 'agent started' };

/** The agent as the catalog knows it. */
export interface LocalNode {
  readonly name: string;
  readonly id: string;
  readonly address: string;
}

/** Which node was this agent's when it last ran: one row. */
export const ownNode: Table<{ readonly id: string }> = defineTable<{ readonly id: string }>({
  name: 'ownNode',
  kind: 'observed',
  key: () => onlyKey,
});

const onlyKey = 'own';

const remember: Command<{ readonly id: string }, void> = (_view, _by, row) =>
  commit([put(ownNode, row)], undefined);

/**
 * Puts the agent's node into the catalog. It keeps its ID, also under another name, as after the host was
 * renamed: what is on it comes along, where it would else stay behind with nobody to check it.
 */
export async function joinCatalog(
  store: Store,
  config: AgentConfig,
  { newId }: Effects,
): Promise<LocalNode> {
  const { nodeName: name, advertiseAddress: address, datacenter, taggedAddresses } = config;
  const before = store.view.get(ownNode, onlyKey) ?? store.view.get(nodes, name);
  const id = config.nodeId ?? before?.id ?? newId();
  const committed = await store.commit(
    registerNode,
    { id, node: name, address, datacenter, taggedAddresses, meta: config.nodeMeta },
    by,
  );
  const remembered = await store.commit(remember, { id }, by);
  await placeOwnNode(store, name);
  for (const outcome of [committed, remembered]) {
    if (!outcome.ok) throw new Error(outcome.refusal.message);
  }
  return { name, id, address };
}

/** An agent alone in its datacenter has nobody to measure the way to: it stands at the origin, unless told otherwise. */
async function placeOwnNode(store: Store, node: string): Promise<void> {
  if (store.view.get(coordinates, node) !== undefined) return;
  await store.commit(updateCoordinate, { node, coordinate: origin }, by);
}
