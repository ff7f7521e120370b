import { decide, formatIntention, type Intention } from '@chancery/intentions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allIntentions,
  deleteIntention,
  intentionById,
  intentionsFrom,
  intentionsTo,
  rulesTo,
  updateIntentionById,
} from './index.ts';
import { type IntentionsLab, openIntentionsLab, parsed } from './testing/intentions-lab.ts';

const PAIRS = [
  'b => d',
  '* => d',
  'c => d',
  'a => d',
  'a => c',
  'b => c',
  '* => c',
  'c => *',
  'a => *',
  '* => *',
];

async function recordedLab(): Promise<IntentionsLab> {
  const lab = await openIntentionsLab();
  for (const pair of PAIRS) await lab.create(`${pair} (deny)`);
  return lab;
}

function pairs(intentions: readonly Intention[]): readonly string[] {
  return intentions.map(({ source, destination }) => `${source} => ${destination}`);
}

/** The three orders were recorded from Consul 1.20.1. */
test('all intentions come by precedence, then by source and destination', async () => {
  const lab = await recordedLab();
  const all = lab.ask(allIntentions, '');
  expect(pairs(all)).toEqual([
    'a => c',
    'a => d',
    'b => c',
    'b => d',
    'c => d',
    '* => c',
    '* => d',
    'a => *',
    'c => *',
    '* => *',
  ]);
  expect(all.map(({ precedence }) => precedence)).toEqual([9, 9, 9, 9, 9, 8, 8, 6, 6, 5]);
});

test('the intentions of a source include those of any source', async () => {
  const lab = await recordedLab();
  expect(pairs(lab.ask(intentionsFrom, 'a'))).toEqual([
    'a => c',
    'a => d',
    '* => c',
    '* => d',
    'a => *',
    '* => *',
  ]);
});

test('the intentions of a destination include those of any destination', async () => {
  const lab = await recordedLab();
  expect(pairs(lab.ask(intentionsTo, 'd'))).toEqual([
    'a => d',
    'b => d',
    'c => d',
    '* => d',
    'a => *',
    'c => *',
    '* => *',
  ]);
  expect(pairs(lab.ask(intentionsTo, 'stranger'))).toEqual(['a => *', 'c => *', '* => *']);
  expect(pairs(lab.ask(intentionsTo, '*'))).toEqual(['a => *', 'c => *', '* => *']);
});

test('an intention tells the commits of its entry', async () => {
  const lab = await openIntentionsLab();
  await lab.create('web => db (deny)', 3);
  const created = lab.store.view.revision;
  await lab.put('api => db (deny)');
  const modified = lab.store.view.revision;
  const [api, web] = lab.ask(intentionsTo, 'db');
  expect(api).toEqual({
    source: 'api',
    destination: 'db',
    action: 'deny',
    precedence: 9,
    revisions: { created, modified },
  });
  expect(web).toMatchObject({
    id: 'web-db',
    createdAtMs: 3,
    updatedAtMs: 3,
    revisions: { created, modified },
  });
});

test('the rules of a destination are one object while no intention about it changes', async () => {
  const lab = await openIntentionsLab();
  await lab.create('web => db (deny)');
  const before = lab.ask(rulesTo('allow'), 'db');
  await lab.create('web => other (deny)');
  await lab.run(deleteIntention, { source: 'nobody', destination: 'db' });
  expect(lab.ask(rulesTo('allow'), 'db')).toBe(before);
  await lab.create('web => * (deny)');
  expect(lab.ask(rulesTo('allow'), 'db')).not.toBe(before);
});

test('the rules of a destination are one object also after an update that only moves its time', async () => {
  const lab = await openIntentionsLab();
  const id = await lab.create('web => db (deny)');
  const before = lab.ask(rulesTo('allow'), 'db');
  await lab.run(updateIntentionById, { ...parsed('web => db (deny)'), id, nowMs: 99 });
  expect(lab.ask(intentionById, id)?.updatedAtMs).toBe(99);
  expect(lab.ask(rulesTo('allow'), 'db')).toBe(before);
});

test('the rules know the default of whom no intention speaks', async () => {
  const lab = await openIntentionsLab();
  await lab.create('web => db (deny)');
  expect(decide(lab.ask(rulesTo('allow'), 'db'), 'api').allowed).toBe(true);
  expect(decide(lab.ask(rulesTo('deny'), 'db'), 'api').allowed).toBe(false);
  expect(decide(lab.ask(rulesTo('allow'), 'db'), 'web').allowed).toBe(false);
});

const names = fc.constantFrom('a', 'b', '*');
const step = fc.record({
  source: names,
  destination: names,
  change: fc.constantFrom('allow', 'deny', 'delete'),
});

test('after any sequence of changes the queries tell what a plain map of pairs does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const lab = await openIntentionsLab();
      const model = new Map<string, string>();
      for (const { source, destination, change } of steps) {
        const pair = `${source} => ${destination}`;
        if (change === 'delete') {
          await lab.run(deleteIntention, { source, destination });
          model.delete(pair);
        } else {
          await lab.put(`${pair} (${change})`);
          model.set(pair, `${pair} (${change})`);
        }
        const told = lab.ask(allIntentions, '').map(formatIntention);
        expect(told.toSorted()).toEqual([...model.values()].sort());
        const rules = lab
          .ask(rulesTo('deny'), 'a')
          .rules.map(({ intention }) => formatIntention(intention));
        const expected = [...model].filter(([key]) => /=> [a*]$/.test(key)).map(([, text]) => text);
        expect(rules.toSorted()).toEqual(expected.sort());
      }
    }),
    { numRuns: 60 },
  );
});
