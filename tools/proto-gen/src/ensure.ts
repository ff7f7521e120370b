import { ensureGenerated } from './ensure-generated.ts';
import { generatedSets } from './generated-sets.ts';

// What every root script runs first: an automatic install neither fails the script when its
// `prepare` failed, nor notices that a generated folder was deleted.
try {
  for (const set of generatedSets) await ensureGenerated(set);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
