import { compilePolicy, decide, formatIntention, type Rules } from '@chancery/intentions';
import { expect, test } from 'vitest';
import { intentionBetween, intentionPair, intentionsTo, ownRulesTo, rulesTo } from './index.ts';
import { openIntentionsLab } from './testing/intentions-lab.ts';

const speaksHttp = { kind: 'service-defaults', name: 'api', protocol: 'http' };
const permissions = [{ action: 'allow', http: { path_prefix: '/' } }];

function sourcesOf(rules: Rules): readonly string[] {
  return rules.rules.map(({ intention }) => formatIntention(intention));
}

test('a source with permissions is denied while only its connection is known', async () => {
  const lab = await openIntentionsLab();
  await lab.write(speaksHttp);
  const sources = [
    { name: 'web', permissions },
    { name: '*', action: 'allow' },
  ];
  await lab.write({ kind: 'service-intentions', name: 'api', sources });
  const rules = lab.ask(rulesTo('allow'), 'api');
  expect(sourcesOf(rules)).toEqual(['web => api (1 permission)', '* => api (allow)']);
  expect(decide(rules, 'web').allowed).toBe(false);
  expect(decide(rules, 'other').allowed).toBe(true);
});

test('the permissions of a source can be put and taken away like its action', async () => {
  const lab = await openIntentionsLab();
  await lab.write(speaksHttp);
  expect(await lab.permit('web => api', '/')).toBe('fine');
  expect(lab.ask(intentionBetween, intentionPair('web', 'api'))).toMatchObject({
    permissions: [{ action: 'allow', http: { pathPrefix: '/' } }],
  });
  await lab.put('web => api (allow)');
  expect(lab.ask(intentionBetween, intentionPair('web', 'api'))).toMatchObject({ action: 'allow' });
  expect(await lab.permit('web => db', '/')).toBe(
    'service "db" has protocol "tcp", which is incompatible with L7 intentions permissions',
  );
});

test('who must show a token is not let in on the strength of a connection', async () => {
  const lab = await openIntentionsLab();
  const jwt = { providers: [{ name: 'okta' }] };
  await lab.write({
    kind: 'jwt-provider',
    name: 'okta',
    json_web_key_set: { local: { filename: '/keys' } },
  });
  const sources = [
    { name: 'web', action: 'allow' },
    { name: 'batch', action: 'deny' },
  ];
  expect(await lab.write({ kind: 'service-intentions', name: 'api', jwt, sources })).toBe('fine');
  const rules = lab.ask(rulesTo('allow'), 'api');
  expect(sourcesOf(rules)).toEqual(['batch => api (deny)', 'web => api (1 permission)']);
  expect(decide(rules, 'web').allowed).toBe(false);
  expect(lab.ask(intentionsTo, 'api').map(formatIntention)).toEqual([
    'batch => api (deny)',
    'web => api (allow)',
  ]);
});

test.for(['api', '*'])(
  'a token asked for by the entry of %s is asked of everybody',
  async (name) => {
    const lab = await openIntentionsLab();
    const jwt = { providers: [{ name: 'okta' }] };
    await lab.write({
      kind: 'jwt-provider',
      name: 'okta',
      json_web_key_set: { local: { filename: '/keys' } },
    });
    await lab.put('web => api (allow)');
    await lab.put('* => * (allow)');
    const sources = [{ name: 'batch', action: 'deny' }];
    expect(await lab.write({ kind: 'service-intentions', name, jwt, sources })).toBe('fine');
    const rules = lab.ask(rulesTo('allow'), 'api');
    for (const source of ['web', 'batch', 'other'])
      expect(decide(rules, source).allowed).toBe(false);
    expect(compilePolicy(rules)).toEqual({ action: 'allow', policies: [] });
  },
);

test('a source of another cluster is listed, and is not the one of this cluster that has its name', async () => {
  const lab = await openIntentionsLab();
  const sources = [{ name: 'web', peer: 'east', action: 'deny' }];
  await lab.write({ kind: 'service-intentions', name: 'api', sources });
  expect(lab.ask(intentionsTo, 'api')).toMatchObject([{ source: 'web', sourcePeer: 'east' }]);
  expect(lab.ask(rulesTo('allow'), 'api').rules).toEqual([]);
  expect(lab.ask(intentionBetween, intentionPair('web', 'api'))).toBeUndefined();
});

test('the rules of a destination are one object whatever is written of other kinds', async () => {
  const lab = await openIntentionsLab();
  await lab.put('web => api (deny)');
  const before = lab.ask(rulesTo('allow'), 'api');
  await lab.write(speaksHttp);
  await lab.write({ kind: 'proxy-defaults', name: 'global' });
  await lab.write({ kind: 'service-splitter', name: 'api', splits: [{ weight: 100 }] });
  expect(lab.ask(rulesTo('allow'), 'api')).toBe(before);
});

test('what an entry says of its destination and what is said of all make up the whole, unless it asks for tokens', async () => {
  const lab = await openIntentionsLab();
  const told = ['web => db (allow)', '* => db (deny)', 'web => * (deny)', '* => * (allow)'];
  for (const each of told) await lab.put(each);
  const whole = (name: string): Rules => lab.ask(rulesTo('allow'), name);
  const own = (name: string) => ownRulesTo(lab.store.view, name);
  expect([...(own('db') ?? []), ...whole('*').rules]).toEqual(whole('db').rules);
  expect(own('api')).toEqual([]);
  expect(whole('api').rules).toEqual(whole('*').rules);

  const jwt = { providers: [{ name: 'okta' }] };
  const keys = { local: { filename: '/keys' } };
  await lab.write({ kind: 'jwt-provider', name: 'okta', json_web_key_set: keys });
  const entry = { kind: 'service-intentions', sources: [{ name: 'web', action: 'allow' }] };
  await lab.write({ ...entry, name: '*', jwt });
  expect([...(own('db') ?? []), ...whole('*').rules]).toEqual(whole('db').rules);
  await lab.write({ ...entry, name: 'db', jwt });
  expect(own('db')).toBeUndefined();
});
