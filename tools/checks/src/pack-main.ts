import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packCheck } from './pack/pack-check.ts';

const root = new URL('../../..', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'chancery-pack-'));
try {
  const { packages, modules, faults } = await packCheck(root, scratch);
  for (const { where, what } of faults) console.error(`${where}: ${what}`);
  console.log(
    `packages: ${packages} packed, installed and used by ${modules} modules, ${faults.length} faults`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
