import { labAgent } from '@chancery/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Operation, operationSequences } from './oracle/operation.ts';
import { oracleMesh } from './oracle/oracle-mesh.ts';
import { faults, plant } from './oracle/planted-faults.ts';
import { runSequence } from './oracle/run-sequence.ts';
import { disagreement } from './oracle/sequence-run.ts';
import { emptyTally, rarerShare } from './oracle/tally.ts';
import { describeWithEnvoy } from './with-envoy.ts';

const sequences = 200;
const timeout = 600_000;

/** A failure tells its seed and its path: given back in these, the same sequence is run again, alone. */
const { CHANCERY_ORACLE_SEED, CHANCERY_ORACLE_PATH } = process.env;
const replayed: fc.Parameters<[Operation[]]> = {
  ...(CHANCERY_ORACLE_SEED && { seed: Number(CHANCERY_ORACLE_SEED) }),
  ...(CHANCERY_ORACLE_PATH && { path: CHANCERY_ORACLE_PATH }),
};

describeWithEnvoy('what a real Envoy enforces is what decide says', () => {
  test.for(['allow', 'deny'] as const)(
    'after each operation of 200 random sequences, where the default is %s',
    { timeout },
    async (defaultAction) => {
      await using mesh = await oracleMesh(defaultAction);
      const tally = emptyTally();
      const agrees = fc.asyncProperty(operationSequences, (operations) =>
        runSequence(mesh, defaultAction, operations, tally),
      );
      const interruptAfterTimeLimit = 0.8 * timeout;
      await fc.assert(agrees, {
        ...{ numRuns: sequences, interruptAfterTimeLimit, markInterruptAsFailure: true },
        ...replayed,
      });
      console.log(`where the default is ${defaultAction}: ${JSON.stringify(tally)}`);
      if (CHANCERY_ORACLE_PATH) return;
      expect(rarerShare(tally)).toBeGreaterThanOrEqual(1 / 5);
      expect(tally.throughTwoEnvoys).toBeGreaterThan(sequences);
      if (labAgent().isPeer) return;
      expect(tally.logged).toBeGreaterThan(10 * sequences);
      expect(tally.explained).toBeGreaterThan(sequences);
    },
  );
});

describeWithEnvoy('what a real Envoy enforces is not what decide says', () => {
  test.skipIf(labAgent().isPeer).for(Object.entries(faults))(
    'once the agent has a fault: %s',
    async ([, fault]) => {
      await using mesh = await oracleMesh(fault.defaultAction, plant(fault));
      const agrees = fc.asyncProperty(operationSequences, (operations) =>
        runSequence(mesh, fault.defaultAction, operations, emptyTally()),
      );
      const outcome = await fc.check(agrees, { numRuns: 40, seed: 1, endOnFailure: true });
      expect(outcome.failed).toBe(true);
      expect((outcome.errorInstance as Error).message).toContain(disagreement);
    },
  );
});
