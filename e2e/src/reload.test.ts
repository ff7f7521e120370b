import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, createClient } from '@chancery/client';
import { freePorts, labAgent, startProgram, temporaryFolder, until } from '@chancery/testing';
import { expect, test } from 'vitest';

const services = (...names: readonly string[]): string =>
  names.map((name) => `services { name = "${name}", port = 8080 }\n`).join('');

async function names(client: Client): Promise<readonly string[]> {
  return Object.keys(await client.agent.services()).sort();
}

test('a hangup has the agent read its files again, and does not end it', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'services.hcl');
  await writeFile(file, services('web', 'db'));
  const [port = 0] = await freePorts(1);
  await using agent = startProgram({
    program: labAgent().path,
    args: ['agent', '-dev', '-config-file', file, '-http-port', `${port}`, '-grpc-port', '-1'],
  });
  using client = createClient({
    address: { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port },
  });
  const hasServices = (...expected: readonly string[]) =>
    until(async () => (await names(client).catch(() => [])).join() === expected.join(), {
      withinMs: 15_000,
      what: `the agent had ${expected.join(' and ')}`,
    });
  await until(() => agent.output().includes('HTTP API'), { withinMs: 15_000, what: 'it ran' });
  await hasServices('db', 'web');

  await writeFile(file, services('web', 'api'));
  agent.signal('SIGHUP');
  await hasServices('api', 'web');

  await writeFile(file, 'services { nmae = "web" }');
  agent.signal('SIGHUP');
  await until(() => agent.output().includes('nmae'), { withinMs: 5000, what: 'it said why not' });
  expect(await names(client)).toEqual(['api', 'web']);
  agent.signal('SIGTERM');
  expect(await agent.ended).toBe(0);
});

test('no signal opens a debugger', async () => {
  const [port = 0] = await freePorts(1);
  await using agent = startProgram({
    program: labAgent().path,
    args: ['agent', '-dev', '-http-port', `${port}`, '-grpc-port', '-1'],
  });
  await until(() => agent.output().includes('HTTP API'), { withinMs: 15_000, what: 'it ran' });
  agent.signal('SIGUSR1');
  agent.signal('SIGTERM');
  expect(await agent.ended).toBe(0);
  expect(agent.output()).not.toContain('Debugger');
});
