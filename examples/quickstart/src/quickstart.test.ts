import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  echoService,
  envoyBinary,
  isFree,
  runToEnd,
  startProgram,
  temporaryFolder,
  until,
} from '@chancery/testing';
import { describe, expect, test } from 'vitest';
import { chooseSite, takenPorts } from './site.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const describeWithEnvoy = describe.skipIf((await envoyBinary()) === undefined);

/** The command on ports that are free now, with a temporary folder of its own to see what it leaves there. */
async function command(folder: string): Promise<{
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly ports: readonly number[];
}> {
  for (;;) {
    const offset = 100 + Math.floor(Math.random() * 1700);
    const site = await chooseSite(offset, folder);
    if ((await takenPorts(site)) !== undefined) continue;
    return {
      program: process.execPath,
      args: [main, '--port-offset', `${offset}`],
      env: { ...process.env, TMPDIR: folder },
      ports: Object.values(site.ports) as number[],
    };
  }
}

async function leavesNothing(folder: string, ports: readonly number[]): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name.startsWith('chancery-'));
  expect(left).toEqual([]);
  for (const port of ports) expect(await isFree(port)).toBe(true);
}

describeWithEnvoy('the quickstart', () => {
  test('tells the whole story without a terminal, and leaves nothing behind', async () => {
    await using folder = await temporaryFolder();
    const { ports, ...how } = await command(folder.path);
    const { code, output } = await runToEnd(how);
    expect(output).toContain('✓ Created: web => db (deny)');
    expect(output).toContain('✓ New connections are denied, at once');
    expect(output).toContain('✓ The connection opened before is still alive');
    expect(output).toContain('✓ Intention deleted.');
    expect(output).toContain('Every step held.');
    expect(output).not.toContain('✗');
    expect(code).toBe(0);
    await leavesNothing(folder.path, ports);
  });

  test('leaves nothing behind when it is interrupted in the middle', async () => {
    await using folder = await temporaryFolder();
    const { ports, ...how } = await command(folder.path);
    await using program = startProgram(how);
    await until(() => program.output().includes('✓ Envoy serves beside web'), {
      withinMs: 20_000,
      what: 'the first Envoy served',
      unless: () => !program.running,
    });
    program.signal('SIGINT');
    expect(await program.ended).toBe(130);
    await leavesNothing(folder.path, ports);
  });

  test('refuses a taken port in one sentence, with exit code 1', async () => {
    await using folder = await temporaryFolder();
    const { ports, ...how } = await command(folder.path);
    await using _other = await echoService({ port: ports[0] ?? 0 });
    const { code, output } = await runToEnd(how);
    expect(code).toBe(1);
    expect(output).toBe(
      `Port ${ports[0]} is taken: stop what uses it, or move every port with --port-offset 1000.\n`,
    );
  });
});

test('where no Envoy can be had, the quickstart says so in one sentence and ends with exit code 1', async () => {
  await using folder = await temporaryFolder();
  const { ports: _ports, ...how } = await command(folder.path);
  const env = { ...how.env, CHANCERY_ENVOY: '', PATH: '', XDG_DATA_HOME: folder.path };
  const { code, output } = await runToEnd({ ...how, env });
  expect(code).toBe(1);
  expect(output).toMatch(/\nEnvoy could not be installed: [^\n]*-envoy-binary[^\n]*\n$/);
});
