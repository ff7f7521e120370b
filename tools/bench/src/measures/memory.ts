import { setTimeout as sleep } from 'node:timers/promises';
import type { MeshMeasure } from './measure.ts';

const settleMs = 3000;

/** Resident memory with every sidecar connected, after all else was measured in the mesh. */
export const memory: MeshMeasure = {
  name: 'memory',
  async run({ agent, fleet }) {
    await sleep(settleMs);
    const name = `resident memory with ${fleet.size} streams`;
    const value = agent.usage().residentMiB;
    return [{ name, value, unit: 'MiB', goal: { atMost: 350 } }];
  },
};
