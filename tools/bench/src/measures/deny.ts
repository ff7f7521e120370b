import { sourceIsAllowed, sourceIsDenied } from './changes.ts';
import type { MeshMeasure } from './measure.ts';
import { roundsOf } from './rounds.ts';

/** From the HTTP call that denies a source to the last sidecar whose policy denies it. */
export const deny: MeshMeasure = {
  name: 'deny',
  run: (mesh, { rounds: times }) =>
    roundsOf(mesh, {
      title: 'deny',
      times,
      lastWithinMs: 100,
      make: sourceIsDenied,
      takeBack: sourceIsAllowed,
    }),
};
