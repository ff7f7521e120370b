import { type DefaultAction, startConsul } from './consul-agent.ts';
import { intentionSets } from './intention-sets.ts';
import { type Recording, recordDecisions } from './record-decisions.ts';

/** Facts about a Consul, as they are kept beside a test. */
export interface DecisionTable {
  readonly consul: string;
  readonly recorded: string;
  readonly recordings: readonly Recording[];
}

/** Records every set under both defaults, each in a Consul of its own. `recorded` is a date. */
export async function decisionTable(binary: string, recorded: string): Promise<DecisionTable> {
  const allow = await recordUnder(binary, 'allow');
  const deny = await recordUnder(binary, 'deny');
  return { consul: allow.version, recorded, recordings: [...allow.recordings, ...deny.recordings] };
}

async function recordUnder(binary: string, defaultAction: DefaultAction) {
  await using consul = await startConsul(binary, defaultAction);
  const self = (await consul.call('GET', '/v1/agent/self')) as { Config: { Version: string } };
  const recordings = await recordDecisions(consul.call, defaultAction, intentionSets);
  return { version: self.Config.Version, recordings };
}

/** The table as JSON with one decision a line, so that a difference can be read. */
export function formatTable(table: DecisionTable): string {
  const oneLine = /\{\n\s+("source"[^{}]+?)\n\s+\}/g;
  return `${JSON.stringify(table, null, 1).replace(oneLine, (_, fields: string) => `{ ${fields.replace(/\n\s+/g, ' ')} }`)}\n`;
}
