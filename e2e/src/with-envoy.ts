import { envoyBinary } from '@chancery/testing';
import { describe } from 'vitest';

/** Where Envoy must not be missing, looking for it fails; the tests that need one then run, and fail with the reason. */
const hasEnvoy: boolean = await envoyBinary().then(
  (binary) => binary !== undefined,
  () => true,
);

/** A group of tests that need a real Envoy: skipped where none can be had, except in CI, where that is a failure. */
export const describeWithEnvoy: ReturnType<typeof describe.runIf> = describe.runIf(hasEnvoy);
