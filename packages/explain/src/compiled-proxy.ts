import type { ProxySnapshot } from '@chancery/snapshot';
import type { View } from '@chancery/store';
import type { Compiled } from '@chancery/xds-translator';
import type { ExplainedMesh } from './explained-mesh.ts';

/** A proxy of this agent with what it is served. */
export interface CompiledProxy {
  readonly snapshot: ProxySnapshot;
  readonly compiled: Compiled;
}

/** What a proxy is served; none for one that another agent configures, or whose own config cannot be read. */
export function compiledProxy(
  view: View,
  { queries, compile }: ExplainedMesh,
  proxyId: string,
): CompiledProxy | undefined {
  const snapshot = view.query(queries.proxySnapshot, proxyId);
  return snapshot && { snapshot, compiled: compile(snapshot) };
}
