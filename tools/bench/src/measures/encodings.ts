import type { Mesh } from './mesh.ts';

/** What the agent has encoded so far, whatever the number of streams that got it. */
export interface Encodings {
  /** Resources translated into Envoy's messages. */
  readonly resources: number;
  /** Resources made ready for the wire. */
  readonly chunks: number;
}

/** Reads the counters of the agent; none for one that does not tell. */
export async function encodings({ agent }: Mesh): Promise<Encodings | undefined> {
  const { Stats } = await agent.client.agent.self();
  const { resources_encoded: resources, chunks_encoded: chunks } = Stats['xds'] ?? {};
  if (resources === undefined || chunks === undefined) return undefined;
  return { resources: Number(resources), chunks: Number(chunks) };
}

/** How often one change was encoded, by either counter: the larger of the two. */
export function encodedBetween(
  before: Encodings | undefined,
  after: Encodings | undefined,
): readonly number[] {
  if (before === undefined || after === undefined) return [];
  return [Math.max(after.resources - before.resources, after.chunks - before.chunks)];
}
