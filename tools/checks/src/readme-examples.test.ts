import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runExample, typescriptBlocks } from './readme-examples.ts';
import { readWorkspace } from './workspace.ts';

const root = new URL('../../..', import.meta.url).pathname;
/** Every library has a README; of programs those that export something. */
const libraries = readWorkspace(root).filter(
  ({ area, name }) => area === 'packages' || (area === 'apps' && name === 'status'),
);

describe('the README of each package', () => {
  test.for(libraries.map(({ area, name }) => join(area, name)))(
    '%s: its examples run',
    { timeout: 60_000 },
    async (path) => {
      const folder = join(root, path);
      const readme = join(folder, 'README.md');
      expect(existsSync(readme), `${readme} exists`).toBe(true);
      const blocks = typescriptBlocks(readFileSync(readme, 'utf8'));
      expect(blocks.length).toBeGreaterThan(0);
      for (const block of blocks) {
        const { exitCode, output } = await runExample(folder, block);
        expect(exitCode, output).toBe(0);
      }
    },
  );

  test('an example that fails is noticed', async () => {
    const run = await runExample(root, `throw new Error('wrong');`);
    expect(run.exitCode).not.toBe(0);
    expect(run.output).toContain('wrong');
  });
});
