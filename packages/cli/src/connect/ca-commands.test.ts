import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chancery, startStubAgent } from '../testing/stub-agent.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chancery-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

const path = '/v1/connect/ca/configuration';
const configuration = { Provider: 'consul', Config: { LeafCertTTL: '72h' }, ModifyIndex: 9 };

test('what get-config prints, set-config takes', async () => {
  await using agent = await startStubAgent({ [`GET ${path}`]: configuration, [`PUT ${path}`]: {} });
  const { code, out } = await chancery('connect ca get-config', agent);
  expect([code, out]).toEqual([0, JSON.stringify(configuration, null, '\t')]);
  const file = join(folder, 'ca.json');
  await writeFile(file, out);
  const set = `connect ca set-config -config-file ${file}`;
  expect(await chancery(set, agent)).toEqual({ code: 0, out: 'Configuration updated!', err: '' });
  await chancery(`${set} -force-without-cross-signing`, agent);
  const sent = agent.asked.slice(1).map((line) => JSON.parse(line.slice(line.indexOf('{'))));
  expect(sent).toEqual([configuration, { ...configuration, ForceWithoutCrossSigning: true }]);
});

test.for([
  ['{"a": }', /^Error parsing config file: .*ca\.json:1:7: /],
  ['[]', /^Error parsing config file: .*ca\.json:1:1: /],
] as const)('a file with %s is refused with its place', async ([text, err]) => {
  const file = join(folder, 'ca.json');
  await writeFile(file, text);
  const printed = await chancery(`connect ca set-config -config-file ${file}`);
  expect(printed).toMatchObject({ code: 1, out: '', err: expect.stringMatching(err) });
});

test.for([
  ['connect ca set-config', 'The -config-file flag is required'],
  [
    'connect ca set-config -config-file /nonexistent',
    'Error reading config file: open /nonexistent: no such file or directory',
  ],
] as const)('%s is refused: %s', async ([line, err]) => {
  expect(await chancery(line)).toEqual({ code: 1, out: '', err });
});
