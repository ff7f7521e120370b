import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CheckFinding,
  createMeshApi,
  type MeshApiDependencies,
  type StatusSource,
} from '@chancery/mesh-api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ownVersion } from '../own-version.ts';
import { chancery, type Printed } from '../testing/stub-agent.ts';

interface Doctored extends AsyncDisposable {
  readonly address: string;
}

const fine: CheckFinding = {
  group: 'certificates',
  name: 'root',
  status: 'ok',
  message: 'valid for 3650 days',
  at: 0,
};

/** An agent that says of itself what it is told to, and serves proxies at its own port. */
async function agentThat(
  check: StatusSource['check'],
  version = `1.20.1+chancery.${ownVersion()}`,
  sources: Partial<MeshApiDependencies> = {},
): Promise<Doctored> {
  const notAsked = (): never => {
    throw new Error('not asked here');
  };
  const mesh = createMeshApi({
    principal: () => ({ name: 'test' }),
    authorise: () => true,
    revision: () => 1,
    log: () => undefined,
    status: { check, watch: notAsked, watchMatrix: notAsked },
    ...sources,
  });
  return await listening((request, response) => {
    if (request.url?.startsWith('/chancery.mesh.v1.')) return mesh(request, response);
    const { port } = request.socket.address() as AddressInfo;
    const xDS = { Port: port, Ports: { Plaintext: port, TLS: -1 } };
    response.end(JSON.stringify({ Config: { Version: version }, xDS }));
  });
}

async function listening(listener: RequestListener): Promise<Doctored> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function* told(...findings: readonly Partial<CheckFinding>[]): AsyncGenerator<CheckFinding> {
  for (const finding of findings) yield { ...fine, at: Date.now(), ...finding };
}

/** No Envoy is found, and none answers: what runs on the machine of a test is no matter. */
async function check(agent: { readonly address: string }, ...flags: string[]): Promise<Printed> {
  await using admin = await listening((_request, response) => {
    response.end(
      JSON.stringify({ state: 'LIVE', version: 'x/1.40.0/y', node: { id: 'web-proxy' } }),
    );
  });
  const environment = { PATH: '', XDG_DATA_HOME: '/nowhere' };
  return await chancery(['check', '-admin-addr', admin.address, ...flags], agent, environment);
}

describe('chancery check', () => {
  test('tells group by group what was found, with the way to mend it', async () => {
    const stale = {
      group: 'proxies',
      name: 'proxies',
      status: 'warning',
      message: 'db-proxy is registered for db, and is not connected',
      hint: 'chancery connect envoy -proxy-id db-proxy',
    } as const;
    await using agent = await agentThat(() => told(stale, {}));
    const { code, out } = await check(agent);
    expect(code).toBe(0);
    expect(out).toMatch(/^agent\n✓ HTTP API: http:\/\/127\.0\.0\.1:\d+ answers, in \d+ ms\n/);
    expect(out).toContain(`✓ version: agent and command line are both ${ownVersion()}`);
    expect(out).toMatch(/✓ xDS: 127\.0\.0\.1:\d+ takes connections of proxies/);
    expect(out).toContain('✓ clocks: those of the agent and this machine agree');
    expect(out).toContain('\ncertificates\n✓ root: valid for 3650 days\n\nenvoy\n');
    expect(out).toMatch(/✓ admin: web-proxy at 127\.0\.0\.1:\d+ \(Envoy 1\.40\.0\) is live/);
    expect(out).toContain(
      '\nproxies\n! db-proxy is registered for db, and is not connected\n    -> chancery connect envoy -proxy-id db-proxy\n',
    );
    expect(out).toMatch(/2 warnings, 6 fine$/);
  });

  test('exits 1 where something failed', async () => {
    await using agent = await agentThat(() => told({ status: 'failed', hint: 'mend it' }));
    const { code, out } = await check(agent);
    expect(code).toBe(1);
    expect(out).toContain('✗ root');
  });

  test('tells a new user how to start an agent, and what it knows without one', async () => {
    const { code, out } = await check({ address: '127.0.0.1:1' });
    expect(code).toBe(1);
    expect(out).toContain('✗ HTTP API: no agent answers at http://127.0.0.1:1: ');
    expect(out).toContain('    -> start an agent with: chancery agent -dev');
    expect(out).toContain('- mesh: configuration, data, certificates');
    expect(out).toContain('! binary: no Envoy is on this machine');
  });

  test('tells a Consul, and what is no agent at all, from an agent', async () => {
    await using consul = await agentThat(() => told(), '1.20.1');
    expect((await check(consul)).out).toContain('it calls itself 1.20.1');
    await using other = await listening((_request, response) => response.end('<html>'));
    expect((await check(other)).out).toContain('✗ HTTP API: no agent answers at');
  });

  test('warns where agent and command line are of two versions', async () => {
    await using agent = await agentThat(() => told(), '1.20.1+chancery.99.0.0');
    const { code, out } = await check(agent);
    expect(code).toBe(0);
    expect(out).toContain(`! version: the agent is 99.0.0, and this command line ${ownVersion()}`);
  });

  test('tells how far the clocks are apart', async () => {
    await using ahead = await agentThat(() => told({ at: Date.now() + 10_000 }));
    const warned = await check(ahead);
    expect(warned.code).toBe(0);
    expect(warned.out).toMatch(/! clocks: the agent's clock is \d+ s ahead of this machine's/);
    await using behind = await agentThat(() => told({ at: Date.now() - 7_200_000 }));
    expect((await check(behind)).out).toContain("✗ clocks: the agent's clock is 7200 s behind");
  });

  test('tells what came from an agent that broke off', async () => {
    await using agent = await agentThat(async function* () {
      yield* told({});
      throw new Error('the disk is gone');
    });
    const { out } = await check(agent);
    expect(out).toContain('✓ root: valid for 3650 days');
    expect(out).toContain('- doctor: the agent does not tell all of itself: ');
  });

  test('waits two seconds for an agent that hangs, and tells the rest', async () => {
    await using agent = await listening(() => undefined);
    const { code, out } = await check(agent);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ HTTP API: http:\/\/\S+ does not answer within 2 s/);
    expect(out).toContain('✓ admin');
  });

  test('tells what came from an agent that does not come to an end', {
    timeout: 20_000,
  }, async () => {
    const never = () => new Promise<never>(() => undefined);
    const proxies = { list: never, config: never, applied: never };
    const hanging: StatusSource['check'] = async function* (signal) {
      yield* told({});
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    await using agent = await agentThat(hanging, undefined, { proxies });
    const { code, out } = await check(agent);
    expect(code).toBe(0);
    expect(out).toContain('✓ root: valid for 3650 days');
    expect(out).toContain(
      '- doctor: the agent does not tell all of itself: it was not done after 4 s',
    );
  });

  test('waits two seconds for an Envoy that hangs, and for one that does not tell its version', {
    timeout: 20_000,
  }, async () => {
    await using agent = await agentThat(() => told({}));
    await using admin = await listening(() => undefined);
    const folder = await mkdtemp(join(tmpdir(), 'chancery-check-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const binary = join(folder, 'envoy');
    await writeFile(binary, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    const flags = ['-admin-addr', admin.address, '-envoy-binary', binary];
    const { code, out } = await chancery(['check', ...flags], agent, { PATH: '/usr/bin:/bin' });
    expect(code).toBe(1);
    expect(out).toContain(`✗ admin: no Envoy answers at ${admin.address} within 2 s`);
    expect(out).toContain(`- binary: ${binary} does not tell its version within 2 s`);
    expect(out).toContain('✓ root: valid for 3650 days');
  });

  test('prints JSON in the same order', async () => {
    await using agent = await agentThat(() => told({ group: 'proxies' }, {}));
    const { out } = await check(agent, '-format', 'json');
    const { ok, findings } = JSON.parse(out);
    expect(ok).toBe(true);
    const groups = findings.map(({ group }: CheckFinding) => group);
    expect([...new Set(groups)]).toEqual(['agent', 'certificates', 'envoy', 'proxies']);
    expect(findings[0]).toMatchObject({ name: 'HTTP API', status: 'ok', hint: '' });
  });

  test('says of an admin interface that does not answer which it is', async () => {
    const environment = { PATH: '', XDG_DATA_HOME: '/nowhere' };
    const nowhere = { address: '127.0.0.1:1' };
    const { out } = await chancery(['check', '-admin-addr', '127.0.0.1:1'], nowhere, environment);
    expect(out).toContain('✗ admin: no Envoy answers at 127.0.0.1:1');
  });
});
