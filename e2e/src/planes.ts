import { envoyBinary, labAgent, labCli, type Plane } from '@chancery/testing';
import { describe } from 'vitest';

/** Consul has no proxy that would follow our agent, and its agent serves none of ours. */
const isPeer = labAgent().isPeer || labCli().isPeer;

/** Where Envoy must not be missing, looking for it fails; then the tests run, and fail with the reason. */
const hasEnvoy = await envoyBinary().then(
  (binary) => binary !== undefined,
  () => true,
);

interface TestedPlane {
  readonly plane: Plane;
  readonly title: string;
  readonly runs: boolean;
}

const planes: readonly TestedPlane[] = [
  { plane: 'envoy', title: 'real Envoys', runs: hasEnvoy },
  { plane: 'builtin', title: 'the built-in proxy', runs: !isPeer },
];

/**
 * One group of tests, run on each plane. That of real Envoys is skipped where none can be had, except in CI, where that
 * is a failure; that of the built-in proxy needs nothing and always runs.
 */
export function describeOnEachPlane(title: string, body: (plane: Plane) => void): void {
  for (const { plane, title: on, runs } of planes) {
    describe.runIf(runs)(`on ${on}, ${title}`, () => body(plane));
  }
}
