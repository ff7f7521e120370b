import { envoyBinary } from '@chancery/testing';
import { describe } from 'vitest';

/** A group of tests that need a real Envoy: skipped where none can be had, except in CI, where that is a failure. */
export const describeWithEnvoy: ReturnType<typeof describe.skipIf> = describe.skipIf(
  (await envoyBinary()) === undefined,
);
