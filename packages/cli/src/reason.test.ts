import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reasonFlag } from './change-flags.ts';
import { commands } from './commands.ts';
import { changed, plan, withPlan } from './testing/changes-lab.ts';
import { chancery, startStubAgent } from './testing/stub-agent.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chancery-cli-'));
  await writeFile(join(folder, 'ca.json'), '{"Provider": "consul", "Config": {}}');
  await writeFile(join(folder, 'web.json'), '{"Kind": "service-defaults", "Name": "web"}');
});
afterAll(() => rm(folder, { recursive: true }));

const reason = 'why';

/** The commands that write over HTTP, with what is written; FOLDER stands for where the files are. */
const writing: readonly (readonly [
  command: string,
  rest: string,
  writes: string,
  answer?: boolean,
])[] = [
  ['intention create', '-deny web db', 'POST /v1/connect/intentions?reason=why'],
  [
    'intention delete',
    'web db',
    'DELETE /v1/connect/intentions/exact?destination=db&reason=why&source=web',
  ],
  ['config write', 'FOLDER/web.json', 'PUT /v1/config?reason=why', true],
  [
    'config delete',
    '-kind service-defaults -name web',
    'DELETE /v1/config/service-defaults/web?reason=why',
    true,
  ],
  ['services register', '-name web', 'PUT /v1/agent/service/register?reason=why'],
  ['services deregister', '-id web', 'PUT /v1/agent/service/deregister/web?reason=why'],
  ['services export', '-name web -consumer-peers east', 'PUT /v1/config?cas=0&reason=why', true],
  [
    'connect ca set-config',
    '-config-file FOLDER/ca.json',
    'PUT /v1/connect/ca/configuration?reason=why',
  ],
  [
    'connect expose',
    '-service web -ingress-gateway ig -port 80 -protocol http',
    'PUT /v1/config?cas=0&reason=why',
    true,
  ],
  ['maint', '-enable -service web', 'PUT /v1/agent/service/maintenance/web?enable=true&reason=why'],
];

test.for(writing)('%s says why', async ([command, rest, write, answer]) => {
  await using agent = await startStubAgent({ [write]: answer ?? {} });
  const words = `${command} -reason ${reason} ${rest.replaceAll('FOLDER', folder)}`;
  await chancery(words, agent);
  expect(agent.asked.map((line) => line.split(' ', 2).join(' '))).toContain(write);
});

test.each(['apply -f -', 'rollback 12'])('%s says why', async (line) => {
  const planRollback = async () => ({ ok: true, value: plan }) as const;
  const answers = { ...withPlan, planRollback };
  const { asked } = await changed(`${line} -yes -reason ${reason}`, { answers });
  const [, by] = (asked.at(-1) as readonly unknown[]).slice(1);
  expect(by).toMatchObject({ reason });
});

test('those are all the commands that take one', async () => {
  const takesReason: string[] = [];
  for (const { path, load, isMissing } of commands) {
    if (isMissing) continue;
    const { flags = [] } = await load();
    if (flags.some(({ name }) => name === reasonFlag.name)) takesReason.push(path.join(' '));
  }
  const expected = [...writing.map(([command]) => command), 'apply', 'rollback'];
  expect(takesReason.sort()).toEqual(expected.sort());
});
