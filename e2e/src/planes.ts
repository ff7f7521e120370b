import { labAgent, labCli, type Plane } from '@chancery/testing';
import { describe } from 'vitest';
import { describeWithEnvoy } from './with-envoy.ts';

/** Consul has no proxy that would follow our agent, and its agent serves none of ours. */
const isPeer = labAgent().isPeer || labCli().isPeer;

/**
 * One group of tests, run on each plane. That of real Envoys is skipped where none can be had, except in CI, where that
 * is a failure; that of the built-in proxy needs nothing and always runs.
 */
export function describeOnEachPlane(title: string, body: (plane: Plane) => void): void {
  describeWithEnvoy(`on real Envoys, ${title}`, () => body('envoy'));
  describe.skipIf(isPeer)(`on the built-in proxy, ${title}`, () => body('builtin'));
}
