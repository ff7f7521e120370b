import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AgentUnderTest,
  agentEnvironment,
  agentUnderTest,
  labAgent,
  labCli,
  type Program,
  startProgram,
  temporaryFolder,
  until,
} from '@chancery/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let agent: AgentUnderTest;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  agent = await agentUnderTest({ config: 'services { name = "web" port = 8080 }' });
  folder = await temporaryFolder();
});
afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** Starts a command that goes on until it is told to stop. */
function lasting(...args: string[]): Program {
  return startProgram({ program: labCli().path, args, env: agentEnvironment(agent.ports) });
}

describe('the command line at work on a real agent', () => {
  test('a config entry is written, read, listed, compared and set, and deleted', async () => {
    const file = join(folder.path, 'web.hcl');
    await writeFile(file, 'Kind = "service-defaults"\nName = "web"\nProtocol = "http"\n');
    const written = await agent.cli('config', 'write', file);
    expect(written.code).toBe(0);
    expect(written.output).toContain('Config entry written: service-defaults/web\n');
    const named = ['-kind', 'service-defaults', '-name', 'web'];
    const read = JSON.parse((await agent.cli('config', 'read', ...named)).output);
    expect(read).toMatchObject({ Kind: 'service-defaults', Name: 'web', Protocol: 'http' });
    const listed = await agent.cli('config', 'list', '-kind', 'service-defaults');
    expect(listed).toEqual({ code: 0, output: 'web\n' });

    const cas = ['-cas', '-modify-index'];
    await writeFile(file, 'Kind = "service-defaults"\nName = "web"\nProtocol = "grpc"\n');
    const stale = await agent.cli('config', 'write', ...cas, '1', file);
    expect(stale).toEqual({ code: 1, output: 'Config entry not updated: service-defaults/web\n' });
    const fresh = await agent.cli('config', 'write', ...cas, `${read.ModifyIndex}`, file);
    expect(fresh.code).toBe(0);

    const deleted = { code: 0, output: 'Config entry deleted: service-defaults/web\n' };
    expect(await agent.cli('config', 'delete', '-filename', file)).toEqual(deleted);
    expect(await agent.cli('config', 'delete', ...named)).toEqual(deleted);
  });

  test('what an agent keeps without acting on it is told', async () => {
    const file = join(folder.path, 'router.hcl');
    await writeFile(file, 'Kind = "mesh"\nPeering { PeerThroughMeshGateways = true }\n');
    const { code, output } = await agent.cli('config', 'write', file);
    expect([code, output.split('\n').at(-2)]).toEqual([0, 'Config entry written: mesh/mesh']);
    expect(/^Warning: /m.test(output)).toBe(!labAgent().isPeer);
    await agent.cli('config', 'delete', '-filename', file);
  });

  test('a service is taken out of service, with the reason, and put back', async () => {
    const service = ['-service', 'web'];
    expect(await agent.cli('maint', '-enable', ...service, '-reason', 'a new disk')).toEqual({
      code: 0,
      output: 'Service maintenance is now enabled for "web"\n',
    });
    const listed = 'Service:\n  ID:     web\n  Reason: a new disk\n\n';
    expect(await agent.cli('maint')).toEqual({ code: 0, output: listed });
    await agent.cli('maint', '-disable', ...service);
    expect(await agent.cli('maint')).toEqual({ code: 0, output: '' });
  });

  test('a watch runs its program when a service comes', async () => {
    const seen = join(folder.path, 'seen');
    await using watch = lasting('watch', '-type', 'services', `cat >> ${seen}`);
    const lines = async () => (await readFile(seen, 'utf8')).trimEnd().split('\n');
    await until(async () => (await lines()).length === 1, {
      withinMs: 10_000,
      what: 'it ran once',
    });
    await agent.cli('services', 'register', '-name', 'cache');
    await until(
      async () => Object.keys(JSON.parse((await lines()).at(-1) ?? '')).includes('cache'),
      {
        withinMs: 10_000,
        what: 'it ran with the new service',
      },
    );
    watch.signal('SIGINT');
    expect(await watch.ended).toBe(0);
    await agent.cli('services', 'deregister', '-id', 'cache');
  });

  test('a monitor shows what the agent logs, until it is interrupted', async () => {
    await using monitor = lasting('monitor', '-log-level', 'debug', '-log-json');
    await until(
      async () => {
        await agent.client.agent.members();
        return monitor.output().includes('"@message"');
      },
      { withinMs: 10_000, what: 'a line came', everyMs: 100 },
    );
    monitor.signal('SIGINT');
    expect(await monitor.ended).toBe(0);
  });

  test('what a fault is found by is collected', async () => {
    const output = join(folder.path, 'fault');
    const targets = ['-capture', 'agent', '-capture', 'host', '-capture', 'members'];
    const collected = await agent.cli('debug', ...targets, '-archive=false', '-output', output);
    expect(collected.code).toBe(0);
    expect((await readdir(output)).sort()).toEqual([
      'agent.json',
      'host.json',
      'index.json',
      'members.json',
    ]);
  });

  test('tables are JSON where that is asked for, with the names of the API', async () => {
    const json = async (...words: string[]) =>
      JSON.parse((await agent.cli(...words, '-format', 'json')).output);
    expect((await json('members'))[0]).toMatchObject({ Status: 1, Tags: { role: 'consul' } });
    expect((await json('catalog', 'nodes'))[0]).toHaveProperty('Datacenter', 'dc1');
    expect(await json('catalog', 'services')).toHaveProperty('web');
    expect((await json('operator', 'raft', 'list-peers'))[0]).toMatchObject({ Leader: true });
  });

  test('a shell is offered the services that the agent knows', async () => {
    const line = 'chancery intention create w';
    expect(await agent.cli('__complete', 'bash', ' =:', line)).toEqual({
      code: 0,
      output: 'web\n',
    });
    const flags = await agent.cli('__complete', 'bash', ' =:', 'chancery agent -d');
    expect(flags.output.split('\n')).toContain('-data-dir');
  });
});
