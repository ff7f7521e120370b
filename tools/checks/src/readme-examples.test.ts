import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runExample, typescriptBlocks } from './readme-examples.ts';
import { readWorkspace } from './workspace.ts';

const root = new URL('../../..', import.meta.url).pathname;
const libraries = readWorkspace(root).filter(({ area }) => area === 'packages');

describe('the README of each package', () => {
  test.for(libraries.map(({ name }) => name))(
    '%s: its examples run',
    { timeout: 60_000 },
    async (name) => {
      const folder = join(root, 'packages', name);
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
