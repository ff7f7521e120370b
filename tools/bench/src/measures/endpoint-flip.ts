import { endpointGoes, endpointReturns } from './changes.ts';
import type { MeshMeasure } from './measure.ts';
import { roundsOf } from './rounds.ts';

/** From the HTTP call that takes an endpoint away to the last sidecar that dials it no more. */
export const endpointFlip: MeshMeasure = {
  name: 'endpoint-flip',
  run: (mesh, { rounds: times }) =>
    roundsOf(mesh, {
      title: 'endpoint flip',
      times,
      lastWithinMs: 100,
      make: endpointGoes,
      takeBack: endpointReturns,
    }),
};
