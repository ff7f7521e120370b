import { nodes, registerNode } from '@chancery/catalog';
import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import type { Effects } from './effects.ts';

/** The agent as the catalog knows it. */
export interface LocalNode {
  readonly name: string;
  readonly id: string;
  readonly address: string;
}

/** Puts the agent's node into the catalog; it keeps the ID it had there. */
export async function joinCatalog(
  store: Store,
  config: AgentConfig,
  { newId }: Effects,
): Promise<LocalNode> {
  const { nodeName: name, advertiseAddress: address, datacenter, nodeMeta: meta } = config;
  const id = config.nodeId ?? store.view.get(nodes, name)?.id ?? newId();
  const taggedAddresses = { lan: address, wan: address };
  const committed = await store.commit(
    registerNode,
    { id, node: name, address, datacenter, taggedAddresses, meta },
    { principal: { name: 'agent' }, why: 'agent started' },
  );
  if (!committed.ok) throw new Error(committed.refusal.message);
  return { name, id, address };
}
