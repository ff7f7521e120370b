import { expect, test } from 'vitest';
import {
  allIntentions,
  configEntryAt,
  createIntention,
  deleteIntention,
  endIntention,
  intentionDeadlines,
  updateIntentionById,
  upsertIntention,
} from '../index.ts';
import {
  datacenter,
  type IntentionsLab,
  openIntentionsLab,
  parsed,
} from '../testing/intentions-lab.ts';

const minute = 60_000;

/** Puts an intention that holds for some minutes, as it is at a minute. */
async function put(lab: IntentionsLab, text: string, minutes: number, at = 0): Promise<void> {
  const ttl = { ms: minutes * minute, text: `${minutes}m` };
  await lab.run(upsertIntention, { ...parsed(text), datacenter, nowMs: at * minute, ttl });
}

async function end(lab: IntentionsLab, pair: string, at: number): Promise<string> {
  const { source, destination } = parsed(`${pair} (deny)`);
  const ending = { source, destination, nowMs: at * minute, datacenter };
  return (await lab.run(endIntention, ending)).outcome;
}

/** The intentions with the minute at which each ends. */
function shown(lab: IntentionsLab): readonly string[] {
  return lab.ask(allIntentions, '').map(({ source, destination, action, expiresAtMs }) => {
    const until = expiresAtMs === undefined ? '' : ` until ${expiresAtMs / minute}`;
    return `${source} => ${destination} ${action}${until}`;
  });
}

test('where nothing stood before, nothing stands afterwards', async () => {
  const lab = await openIntentionsLab();
  await put(lab, 'web => db (deny)', 30);
  expect(shown(lab)).toEqual(['web => db deny until 30']);
  expect(await end(lab, 'web => db', 29)).toBe('not-due');
  expect(await end(lab, 'web => db', 30)).toBe('removed');
  expect(shown(lab)).toEqual([]);
  expect(lab.ask(configEntryAt, 'service-intentions/db')).toBeUndefined();
  expect(lab.store.view.all(intentionDeadlines)).toEqual([]);
});

test('what stood there before comes back as it was, and others are left alone', async () => {
  const lab = await openIntentionsLab();
  const id = await lab.create('web => db (allow)', 7);
  await lab.put('api => db (deny)');
  const before = lab.ask(configEntryAt, 'service-intentions/db')?.entry;
  const ttl = { ms: 5 * minute, text: '5m' };
  await lab.run(updateIntentionById, { ...parsed('web => db (deny)'), id, nowMs: 9, ttl });
  expect(lab.ask(configEntryAt, 'service-intentions/db')?.entry).not.toEqual(before);
  expect(await end(lab, 'web => db', 6)).toBe('restored');
  expect(lab.ask(configEntryAt, 'service-intentions/db')?.entry).toEqual(before);
});

test.for([
  ['another action', (lab: IntentionsLab) => lab.put('web => db (allow)'), ['web => db allow']],
  ['the same again', (lab: IntentionsLab) => lab.put('web => db (deny)'), ['web => db deny']],
  [
    'its deletion',
    (lab: IntentionsLab) => lab.run(deleteIntention, { source: 'web', destination: 'db' }),
    [],
  ],
] as const)('%s without a time to live is for good', async ([, write, left]) => {
  const lab = await openIntentionsLab();
  await put(lab, 'web => db (deny)', 30);
  await write(lab);
  expect(shown(lab)).toEqual(left);
  expect(await end(lab, 'web => db', 31)).toBe('not-due');
  expect(shown(lab)).toEqual(left);
});

test('an entry written as a whole ends the time of what it changes, and of nothing else', async () => {
  const lab = await openIntentionsLab();
  await put(lab, 'web => db (deny)', 30);
  await put(lab, 'api => db (deny)', 30);
  const sources = [
    { name: 'web', action: 'deny' },
    { name: 'api', action: 'allow' },
    { name: 'ops', action: 'allow' },
  ];
  expect(await lab.write({ kind: 'service-intentions', name: 'db', sources })).toBe('fine');
  expect(shown(lab)).toEqual(['api => db allow', 'ops => db allow', 'web => db deny until 30']);
  expect(await lab.remove('service-intentions/db')).toBe('fine');
  expect(lab.store.view.all(intentionDeadlines)).toEqual([]);
});

test('the same again with another end takes the place of the first', async () => {
  const lab = await openIntentionsLab();
  await lab.put('web => db (allow)');
  await put(lab, 'web => db (deny)', 30);
  await put(lab, 'web => db (deny)', 10, 1);
  expect(shown(lab)).toEqual(['web => db deny until 11']);
  expect(await end(lab, 'web => db', 11)).toBe('restored');
  expect(shown(lab)).toEqual(['web => db allow']);
});

test('beneath a short time a longer one goes on, for as long as it lasts', async () => {
  const lab = await openIntentionsLab();
  await lab.put('web => db (deny)');
  await put(lab, 'web => db (allow)', 60);
  await put(lab, 'web => db (deny)', 10, 5);
  expect(await end(lab, 'web => db', 15)).toBe('restored');
  expect(shown(lab)).toEqual(['web => db allow until 60']);
  expect(await end(lab, 'web => db', 60)).toBe('restored');
  expect(shown(lab)).toEqual(['web => db deny']);
});

test('what would be over by then does not come back, also after a long sleep', async () => {
  const lab = await openIntentionsLab();
  await put(lab, 'web => db (allow)', 10);
  await put(lab, 'web => db (deny)', 30);
  expect(await end(lab, 'web => db', 30)).toBe('removed');
  await put(lab, 'web => db (allow)', 60);
  await put(lab, 'web => db (deny)', 30);
  expect(await end(lab, 'web => db', 100)).toBe('removed');
  expect(shown(lab)).toEqual([]);
});

test('more than a few beneath one another are a mistake', async () => {
  const lab = await openIntentionsLab();
  const actions = ['allow', 'deny'];
  for (let at = 0; at < 9; at += 1) await put(lab, `web => db (${actions[at % 2]})`, 60 - at);
  const input = { ...parsed('web => db (deny)'), datacenter, nowMs: 0 };
  const ttl = { ms: minute, text: '1m' };
  const refusal = await lab.refused(upsertIntention, { ...input, ttl });
  expect(refusal.message).toContain('write one without a time to live, or delete it');
});

test('an intention that was renamed by its ID gets its name back', async () => {
  const lab = await openIntentionsLab();
  const id = await lab.create('web => db (deny)');
  const ttl = { ms: minute, text: '1m' };
  await lab.run(updateIntentionById, { ...parsed('api => db (deny)'), id, nowMs: 0, ttl });
  expect(shown(lab)).toEqual(['api => db deny until 1']);
  expect(await end(lab, 'api => db', 1)).toBe('restored');
  expect(shown(lab)).toEqual(['web => db deny']);
});

test('what no longer fits does not come back, and says why', async () => {
  const lab = await openIntentionsLab();
  const defaults = { kind: 'service-defaults', name: 'api', protocol: 'http' };
  await lab.write(defaults);
  await lab.permit('web => api', '/');
  await put(lab, 'web => api (deny)', 1);
  await lab.write({ ...defaults, protocol: 'tcp' });
  const ending = { source: 'web', destination: 'api', nowMs: minute, datacenter };
  const { message } = await lab.refused(endIntention, ending);
  expect(message).toContain('incompatible with L7 intentions permissions');
  expect(shown(lab)).toEqual(['web => api deny until 1']);
});

test('a created intention with a time to live goes with its ID', async () => {
  const lab = await openIntentionsLab();
  const ttl = { ms: minute, text: '1m' };
  await lab.run(createIntention, { ...parsed('web => db (deny)'), id: 'x', nowMs: 0, ttl });
  expect(await end(lab, 'web => db', 1)).toBe('removed');
  expect(shown(lab)).toEqual([]);
});
