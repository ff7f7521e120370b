import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalSuite } from '@chancery/store/journal-suite';
import { test } from 'vitest';
import { openLmdbJournal } from './index.ts';

const rules = journalSuite(async () => {
  const place = mkdtempSync(join(tmpdir(), 'journal-'));
  return {
    open: (options) => openLmdbJournal(join(place, 'state'), options),
    async [Symbol.asyncDispose]() {
      rmSync(place, { recursive: true });
    },
  };
});

test.each(rules)('on disk, $title', async ({ run }) => {
  await run();
});
