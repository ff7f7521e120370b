import { expect, test } from 'vitest';
import {
  changeConfigEntries,
  configEntries,
  intentionDeadlines,
  restoreConfigEntries,
  upsertIntention,
} from '../index.ts';
import {
  datacenter,
  entryOf,
  type IntentionsLab,
  openIntentionsLab,
} from '../testing/intentions-lab.ts';

const by = { principal: { name: 'test' } };

const defaults = (name: string, protocol: string) => ({ kind: 'service-defaults', name, protocol });
const splitter = (name: string) => ({ kind: 'service-splitter', name, splits: [{ weight: 100 }] });
const permitted = (name: string, provider?: string) => ({
  kind: 'service-intentions',
  name,
  sources: [{ name: 'web', permissions: [{ action: 'allow', http: { path_prefix: '/' } }] }],
  ...(provider && { jwt: { providers: [{ name: provider }] } }),
});
const okta = {
  kind: 'jwt-provider',
  name: 'okta',
  json_web_key_set: { local: { filename: '/k' } },
};

interface Given {
  readonly entries?: Readonly<Record<string, object>>;
  readonly deletions?: readonly string[];
  readonly prune?: boolean;
}

/** Makes a change of entries by their origins and of keys to delete: the keys of what was changed, or the lines that refuse it. */
async function change(lab: IntentionsLab, { entries = {}, deletions = [], prune = false }: Given) {
  const input = {
    entries: Object.entries(entries).map(([origin, value]) => ({ origin, entry: entryOf(value) })),
    deletions: deletions.map((key) => {
      const [kind = '', name = ''] = key.split('/');
      return { kind: kind as 'mesh', name };
    }),
    prune,
    datacenter,
  };
  const before = lab.store.view.revision;
  const committed = await lab.store.commit(changeConfigEntries, input, by);
  const revisions = lab.store.view.revision - before;
  if (!committed.ok) return { lines: committed.refusal.message.split('\n'), revisions };
  const { written, deleted } = committed.result;
  return {
    written: written.map(configEntries.key),
    deleted: deleted.map(configEntries.key),
    revisions,
  };
}

function stored(lab: IntentionsLab): readonly string[] {
  return lab.store.view.all(configEntries).map(configEntries.key);
}

test('what fits together in the end is taken in one revision, whatever the order', async () => {
  const lab = await openIntentionsLab();
  const entries = { 'a.hcl': splitter('web'), 'b.hcl': permitted('web', 'okta'), 'c.hcl': okta };
  const all = { ...entries, 'd.hcl': defaults('web', 'http') };
  expect(await change(lab, { entries: all })).toEqual({
    written: [
      'service-splitter/web',
      'service-intentions/web',
      'jwt-provider/okta',
      'service-defaults/web',
    ],
    deleted: [],
    revisions: 1,
  });
});

test('a protocol is changed with all that counts on it, and taken away with it', async () => {
  const lab = await openIntentionsLab();
  await change(lab, { entries: { 'd.hcl': defaults('web', 'http'), 's.hcl': splitter('web') } });
  expect(await change(lab, { deletions: ['service-defaults/web'] })).toMatchObject({
    lines: [expect.stringContaining('deleting service-defaults/web: discovery chain "web" uses')],
    revisions: 0,
  });
  expect(
    await change(lab, {
      entries: { 'd.hcl': defaults('web', 'tcp') },
      deletions: ['service-splitter/web'],
    }),
  ).toEqual({
    written: ['service-defaults/web'],
    deleted: ['service-splitter/web'],
    revisions: 1,
  });
});

test('a refused change changes nothing, and names the entry, its origin and what stands in its way', async () => {
  const lab = await openIntentionsLab();
  await lab.write(defaults('web', 'http'));
  await lab.write(splitter('web'));
  const entries = { 'fine.hcl': defaults('db', 'grpc'), 'tcp.hcl': defaults('web', 'tcp') };
  expect(await change(lab, { entries })).toEqual({
    lines: [
      'tcp.hcl: service-defaults/web: discovery chain "web" uses a protocol "tcp" that does not permit advanced routing or splitting behavior; it does not go with service-splitter/web (as it is stored): change them together',
    ],
    revisions: 0,
  });
  expect(stored(lab)).toEqual(['service-defaults/web', 'service-splitter/web']);
});

test('what stands in the way may come with the change, go with it, or be lacking', async () => {
  const lab = await openIntentionsLab();
  await lab.write(defaults('api', 'http'));
  const entries = {
    'web.hcl': splitter('web'),
    'tcp.hcl': defaults('web', 'tcp'),
    'jwt.hcl': permitted('db', 'okta'),
    'api.hcl': splitter('api'),
  };
  const { lines } = await change(lab, { entries, deletions: ['service-defaults/api'] });
  expect(lines).toEqual([
    expect.stringMatching(
      /^web\.hcl: service-splitter\/web: .* service-defaults\/web \(tcp\.hcl\)/,
    ),
    expect.stringMatching(
      /^jwt\.hcl: .* Name: okta; it does not go with jwt-provider\/okta \(there is none\)/,
    ),
    expect.stringMatching(/^api\.hcl: .* service-defaults\/api \(which this change deletes\)/),
  ]);
});

test('a mistake that breaks many chains is told in as many lines as help', async () => {
  const lab = await openIntentionsLab();
  const names = Array.from({ length: 40 }, (_, at) => `s${at}`);
  const entries = Object.fromEntries(names.map((name) => [`${name}.hcl`, splitter(name)]));
  const { lines } = await change(lab, { entries });
  expect(lines).toHaveLength(21);
  expect(lines?.at(-1)).toBe('and more of the kind');
});

test('pruning deletes what is not among the entries', async () => {
  const lab = await openIntentionsLab();
  await lab.put('web => db (deny)');
  await lab.write(defaults('web', 'http'));
  await lab.write(defaults('old', 'http'));
  expect(await change(lab, { entries: { 'a.hcl': defaults('web', 'http') }, prune: true })).toEqual(
    {
      written: [],
      deleted: ['service-defaults/old', 'service-intentions/db'],
      revisions: 1,
    },
  );
});

test('what is so already is no change and no revision', async () => {
  const lab = await openIntentionsLab();
  const entries = { 'a.hcl': defaults('web', 'http'), 'b.hcl': splitter('web') };
  await change(lab, { entries });
  const nothing = { written: [], deleted: [], revisions: 0 };
  expect(await change(lab, { entries, prune: true })).toEqual(nothing);
  expect(await change(lab, { deletions: ['service-defaults/none'] })).toEqual(nothing);
});

test('two things of one entry cannot be said in one change', async () => {
  const lab = await openIntentionsLab();
  const entries = { 'a.hcl': defaults('web', 'http'), 'b.hcl': defaults('web', 'tcp') };
  expect(await change(lab, { entries, deletions: ['service-defaults/web'] })).toEqual({
    lines: [
      'service-defaults/web is in a.hcl and in b.hcl: leave one of them out',
      'service-defaults/web is to be written (a.hcl) and to be deleted: leave out one of the two',
    ],
    revisions: 0,
  });
});

test('entries are restored as they were, with the IDs of their intentions', async () => {
  const lab = await openIntentionsLab();
  await lab.create('web => db (deny)');
  await lab.write(defaults('web', 'http'));
  const former = lab.store.view.all(configEntries);
  await lab.remove('service-defaults/web');
  await lab.put('web => db (allow)');
  await lab.put('api => cache (deny)');
  const input = { entries: former, deadlines: [], origin: 'revision 3', datacenter };
  const committed = await lab.store.commit(restoreConfigEntries, input, by);
  expect(committed.ok).toBe(true);
  expect(lab.store.view.all(configEntries)).toEqual(former);
});

/** Denies `web` to reach `db` for half an hour. */
function denyForAWhile(lab: IntentionsLab) {
  const ttl = { ms: 1_800_000, text: '30m' };
  const pair = { source: 'web', destination: 'db', action: 'deny' };
  return lab.run(upsertIntention, { ...pair, ttl, datacenter, nowMs: 1 });
}

test('an intention that holds for a while does so after the same is written, and no more after another', async () => {
  const lab = await openIntentionsLab();
  await denyForAWhile(lab);
  const saying = (action: string) => ({
    kind: 'service-intentions',
    name: 'db',
    sources: [{ name: 'web', action }],
  });
  await change(lab, { entries: { 'same.hcl': saying('deny') } });
  expect(lab.store.view.all(intentionDeadlines)).toHaveLength(1);
  await change(lab, { entries: { 'other.hcl': saying('allow') } });
  expect(lab.store.view.all(intentionDeadlines)).toEqual([]);
  await denyForAWhile(lab);
  await change(lab, { deletions: ['service-intentions/db'] });
  expect(lab.store.view.all(intentionDeadlines)).toEqual([]);
});

test('what is restored holds no longer than it was to hold', async () => {
  const lab = await openIntentionsLab();
  await denyForAWhile(lab);
  const [entries, deadlines] = [
    lab.store.view.all(configEntries),
    lab.store.view.all(intentionDeadlines),
  ];
  await change(lab, { deletions: ['service-intentions/db'] });
  await lab.run(restoreConfigEntries, { entries, deadlines, origin: 'revision 2', datacenter });
  expect(lab.store.view.all(intentionDeadlines)).toEqual(deadlines);
  await lab.run(restoreConfigEntries, { entries, deadlines: [], origin: 'revision 1', datacenter });
  expect(lab.store.view.all(intentionDeadlines)).toEqual([]);
});
