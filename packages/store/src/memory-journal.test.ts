import { test } from 'vitest';
import { journalSuite } from './journal-suite.ts';
import { memoryJournal } from './memory-journal.ts';

const rules = journalSuite(async () => {
  let journal: ReturnType<typeof memoryJournal> | undefined;
  return {
    async open(options) {
      journal ??= memoryJournal(options);
      return journal;
    },
    async [Symbol.asyncDispose]() {},
  };
});

test.each(rules)('in memory, $title', async ({ run }) => {
  await run();
});
