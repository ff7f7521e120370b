import { endpointGoes, endpointReturns, sourceIsAllowed, sourceIsDenied } from './changes.ts';
import type { MeshMeasure } from './measure.ts';

/** Processor time of the agent for one response, its acknowledgement included, over endpoint flips and denials. */
export const cpuPerPush: MeshMeasure = {
  name: 'cpu-per-push',
  async run(mesh, { rounds }) {
    const { agent, fleet } = mesh;
    const [before, clientBefore] = [agent.usage(), await fleet.usage()];
    for (let round = 0; round < rounds; round += 2) {
      for (const change of [endpointGoes, endpointReturns, sourceIsDenied, sourceIsAllowed]) {
        await change(mesh);
      }
    }
    const [after, clientAfter] = [agent.usage(), await fleet.usage()];
    const pushes = clientAfter.responses - clientBefore.responses;
    const value = (after.cpuMs - before.cpuMs) / pushes;
    const clientMs = (clientAfter.cpuMs - clientBefore.cpuMs) / pushes;
    return [
      { name: 'server CPU a push', value, unit: 'ms', goal: { atMost: 0.2 } },
      { name: 'CPU of the clients a push', value: clientMs, unit: 'ms' },
    ];
  },
};
