import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DemoMesh, demoMesh, temporaryFolder, until } from '@chancery/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { withinMs } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

interface Finding {
  readonly group: string;
  readonly status: string;
  readonly message: string;
}

async function filesIn(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  return folder.path;
}

describeWithEnvoy('a mesh of real Envoys', () => {
  let mesh: DemoMesh;
  beforeAll(async () => {
    mesh = await demoMesh();
    await mesh.connected(withinMs);
  }, 60_000);
  afterAll(() => mesh[Symbol.asyncDispose]());

  async function check(): Promise<{
    readonly code: unknown;
    readonly findings: readonly Finding[];
  }> {
    const { code, output } = await mesh.agent.cli('check', '-format', 'json');
    return { code, findings: JSON.parse(output).findings };
  }

  test('verify says of a change what Envoy does once it is made', async () => {
    const folder = await filesIn({
      'rules.hcl': 'assert { never = "web -> db" }',
      'deny.hcl':
        'kind = "service-intentions"\nname = "db"\nsources = [{ name = "*", action = "deny" }]',
    });
    const verify = (...flags: string[]): ReturnType<DemoMesh['agent']['cli']> =>
      mesh.agent.cli('verify', '-f', join(folder, 'rules.hcl'), ...flags);
    const before = await verify();
    expect(before.code).toBe(1);
    expect(before.output).toContain('\n    web -> db\n');
    expect(await verify('-with', join(folder, 'deny.hcl'))).toMatchObject({ code: 0 });
    // Nothing was changed by asking.
    expect((await mesh.web.talk('still there')).verdict).toBe('echo');
    await mesh.agent.cli('config', 'write', join(folder, 'deny.hcl'));
    await until(async () => (await mesh.web.talk('gone')).verdict !== 'echo', {
      withinMs,
      what: 'Envoy denied web',
    });
    expect((await verify()).code).toBe(0);
    await mesh.agent.cli('intention', 'delete', '*', 'db');
  });

  test('check finds it well, and tells of a sidecar that is gone', async () => {
    const well = await check();
    expect(well.findings.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(well.code).toBe(0);
    expect(well.findings.find(({ group }) => group === 'proxies')).toMatchObject({
      status: 'ok',
      message: '2 proxies connected, with all that was sent acknowledged',
    });
    await mesh.web.sidecar.kill9();
    const isTold = ({ message }: Finding): boolean =>
      message === 'web-sidecar-proxy is registered for web, and is not connected';
    await until(async () => (await check()).findings.some(isTold), {
      withinMs: 3 * withinMs,
      what: 'check told of the sidecar that is gone',
    });
  });
});
