import { expect, test } from 'vitest';
import { chancery, type StubAnswer, startStubAgent } from '../testing/stub-agent.ts';
import { exposingEntry } from './ingress-entry.ts';

const entryPath = 'GET /v1/config/ingress-gateway/ig';
const exact = '/v1/connect/intentions/exact?destination=web&source=ig';
const intention = { SourceName: 'ig', DestinationName: 'web', Action: 'allow' };
const entry = {
  Kind: 'ingress-gateway',
  Name: 'ig',
  TLS: { Enabled: true },
  Hash: 1,
  ModifyIndex: 7,
  Listeners: [{ Port: 8080, Protocol: 'http', Services: [{ Name: 'api', Hosts: null }] }],
};
const line = 'connect expose -service web -ingress-gateway ig -port 8080 -protocol http';

async function exposed(answers: Readonly<Record<string, StubAnswer>>, flags = '') {
  await using agent = await startStubAgent(answers);
  const printed = await chancery(`${line} ${flags}`.trim(), agent);
  const [put = ''] = agent.asked.filter((each) => each.startsWith('PUT /v1/config'));
  const body = put === '' ? undefined : JSON.parse(put.slice(put.indexOf('{')));
  return { ...printed, entry: body, asked: agent.asked };
}

test('a gateway without an entry gets one, and may connect to the service', async () => {
  const ran = await exposed({ 'PUT /v1/config?cas=0': true, [`PUT ${exact}`]: {} });
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out.split('\n')).toEqual([
    'Successfully updated config entry for ingress service "ig"',
    'Successfully set up intention for "ig" -> "web"',
  ]);
  expect(ran.entry).toEqual({
    Kind: 'ingress-gateway',
    Name: 'ig',
    Listeners: [{ Port: 8080, Protocol: 'http', Services: [{ Name: 'web' }] }],
  });
  expect(ran.asked.at(-1)).toContain('"Action":"allow"');
});

test('an entry keeps what it has; an intention that allows it stays as it is', async () => {
  const answers = {
    [entryPath]: entry,
    'PUT /v1/config?cas=7': true,
    [`GET ${exact}`]: intention,
  };
  const ran = await exposed(answers, '-host a.example -host b.example');
  expect(ran.out.split('\n').at(-1)).toBe('Intention already exists for "ig" -> "web"');
  expect(ran.entry).toEqual({
    Kind: 'ingress-gateway',
    Name: 'ig',
    TLS: { Enabled: true },
    ModifyIndex: 7,
    Listeners: [
      {
        Port: 8080,
        Protocol: 'http',
        Services: [
          { Name: 'api', Hosts: null },
          { Name: 'web', Hosts: ['a.example', 'b.example'] },
        ],
      },
    ],
  });
});

test('a service that stands there already is replaced, and that is said', () => {
  const again = { gateway: 'ig', service: 'api', port: 8080, protocol: 'http', hosts: ['x'] };
  expect(exposingEntry(entry, again)).toMatchObject({
    ok: true,
    replaces: true,
    entry: { Listeners: [{ Services: [{ Name: 'api', Hosts: ['x'] }] }] },
  });
});

test('another port is another listener; a listener speaks one protocol', () => {
  const other = { gateway: 'ig', service: 'web', port: 1, protocol: 'tcp', hosts: [] };
  const added = exposingEntry(entry, other);
  expect(added.ok && added.entry['Listeners']).toHaveLength(2);
  expect(exposingEntry(entry, { ...other, port: 8080 })).toEqual({
    ok: false,
    message: 'Listener on port 8080 already configured with conflicting protocol "http"',
  });
});

test('an entry that was changed meanwhile is left alone, and the intention too', async () => {
  const ran = await exposed({ [entryPath]: entry, 'PUT /v1/config?cas=7': false });
  expect(ran).toMatchObject({
    code: 1,
    err: 'The config entry of "ig" was changed meanwhile: try again',
  });
  expect(ran.asked.some((each) => each.includes('intentions'))).toBe(false);
});

test.for([
  ['', 'A service name must be given via the -service flag.'],
  ['-service a', 'An ingress gateway service must be given via the -ingress-gateway flag.'],
  ['-service a -ingress-gateway b', 'A port must be provided via the -port flag.'],
  ['-service a -ingress-gateway b -port 0', 'A port must be provided via the -port flag.'],
  [
    '-service ns/a -ingress-gateway b -port 1',
    'Error: "ns/a" names a namespace or partition; only "default" exists here',
  ],
])('connect expose %s is refused: %s', async ([flags = '', err]) => {
  expect(await chancery(`connect expose ${flags}`.trim())).toEqual({ code: 1, out: '', err });
});
