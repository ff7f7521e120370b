import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
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
import { chooseSite, portsOn, takenPorts } from './site.ts';

/** Flags of Node that let a program take its standard output for a terminal. */
const asOnTerminal = ['--import', 'data:text/javascript,process.stdout.isTTY=true'];

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** Where Envoy must not be missing, looking for it fails; its tests then run, and fail. */
const hasEnvoy = await envoyBinary().then(
  (binary) => binary !== undefined,
  () => true,
);
const describeWithEnvoy = describe.runIf(hasEnvoy);

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly ports: readonly number[];
}

/** The command on ports that are free now, with a temporary folder of its own to see what it leaves there. */
async function command(folder: string): Promise<Command> {
  for (;;) {
    const offset = 100 + Math.floor(Math.random() * 1700);
    const ports = portsOn('envoy', await chooseSite(offset, folder));
    if ((await takenPorts(ports)) !== undefined) continue;
    const args = [main, '--port-offset', `${offset}`];
    return { program: process.execPath, args, env: { ...process.env, TMPDIR: folder }, ports };
  }
}

/** The same where there is neither an Envoy nor a Python to install one with. */
async function commandWithoutEnvoy(folder: string, ...flags: string[]): Promise<Command> {
  const { args, env, ...rest } = await command(folder);
  const PATH = join(folder, 'bin');
  await mkdir(PATH);
  for (const name of ['dirname', 'readlink']) {
    await symlink(await onPath(name), join(PATH, name));
  }
  const home = { HOME: folder, XDG_DATA_HOME: join(folder, 'data'), CHANCERY_ENVOY: '' };
  return { ...rest, args: [...args, ...flags], env: { ...env, ...home, PATH } };
}

/** Where a program of the system is that the launcher of the command line needs. */
async function onPath(name: string): Promise<string> {
  const { output } = await runToEnd({ program: '/bin/sh', args: ['-c', `command -v ${name}`] });
  return output.trim();
}

async function leavesNothing(folder: string, ports: readonly number[]): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name.startsWith('chancery-'));
  expect(left).toEqual([]);
  for (const port of ports) expect(await isFree(port)).toBe(true);
  const { output } = await runToEnd({ program: 'ps', args: ['-A', '-o', 'args='] });
  const running = output.split('\n').filter((line) => line.includes(`:${ports[1]}`));
  expect(running).toEqual([]);
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
    expect(output).not.toContain('built-in proxy');
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

/** The lines of steps, each with a tick or a cross. */
function steps(output: string): readonly string[] {
  return output.split('\n').filter((line) => /^ *[✓✗]/.test(line));
}

const fallback = /^ {2}Envoy could not be installed: .*the built-in proxy takes its place\.$/m;

describe('where no Envoy can be had, the quickstart', () => {
  test('tells the same story on the built-in proxy, every line of which names it', async () => {
    await using folder = await temporaryFolder();
    const { ports, ...how } = await commandWithoutEnvoy(folder.path, '--allow-builtin');
    const { code, output } = await runToEnd(how);
    expect(output).toMatch(fallback);
    expect(output).toContain('bin/chancery connect proxy -sidecar-for web');
    expect(steps(output).map((line) => line.split(/ {2,}/)[1])).toEqual([
      '✓ The agent answers',
      '✓ An echo service plays db',
      '✓ A sidecar serves beside web',
      '✓ A sidecar serves beside db',
      '✓ web reaches db: “Hello World!” comes back over mTLS',
      '✓ Created: web => db (deny)',
      '✓ New connections are denied, at once',
      '✓ The connection opened before is still alive',
      '✓ Intention deleted.',
      '✓ web reaches db again',
    ]);
    for (const line of steps(output)) expect(line).toContain('built-in proxy');
    expect(output).toContain('Every step held on the built-in proxy.');
    expect(code).toBe(0);
    await leavesNothing(folder.path, ports);
  });

  test('tells it as well without --allow-builtin, but that is not enough without a terminal', async () => {
    await using folder = await temporaryFolder();
    const { ports, ...how } = await commandWithoutEnvoy(folder.path);
    const { code, output } = await runToEnd(how);
    expect(output).toContain('Every step held on the built-in proxy.');
    expect(output).toMatch(
      /^No real Envoy was part of it, so this is exit code 1.*--allow-builtin\.$/m,
    );
    expect(code).toBe(1);
    await leavesNothing(folder.path, ports);
  });

  test('stays up on a terminal until it is interrupted, and ends well', async () => {
    await using folder = await temporaryFolder();
    const { ports, args, ...how } = await commandWithoutEnvoy(folder.path);
    await using program = startProgram({ ...how, args: [...asOnTerminal, ...args] });
    await until(() => program.output().includes('It all stays up on the built-in proxy'), {
      withinMs: 60_000,
      what: 'the story was told',
      unless: () => !program.running,
    });
    program.signal('SIGINT');
    expect(await program.ended).toBe(0);
    expect(program.output()).not.toContain('exit code 1');
    await leavesNothing(folder.path, ports);
  });

  test('needs no port for admin interfaces', async () => {
    await using folder = await temporaryFolder();
    const { ports, ...how } = await commandWithoutEnvoy(folder.path, '--allow-builtin');
    const [webAdmin = 0, dbAdmin = 0] = ports.slice(-2);
    await using _other = await echoService({ port: webAdmin });
    await using _another = await echoService({ port: dbAdmin });
    const { code, output } = await runToEnd(how);
    expect(output).toContain('Every step held on the built-in proxy.');
    expect(code).toBe(0);
  });

  test('leaves nothing behind when it is interrupted in the middle', async () => {
    await using folder = await temporaryFolder();
    const { ports, ...how } = await commandWithoutEnvoy(folder.path);
    await using program = startProgram(how);
    await until(() => program.output().includes('✓ A sidecar serves beside web'), {
      withinMs: 30_000,
      what: 'the first sidecar served',
      unless: () => !program.running,
    });
    program.signal('SIGINT');
    expect(await program.ended).toBe(130);
    await leavesNothing(folder.path, ports);
  });
});

test('a wrong CHANCERY_ENVOY is refused in one sentence, and no other takes its place', async () => {
  await using folder = await temporaryFolder();
  const { ports: _ports, ...how } = await commandWithoutEnvoy(folder.path, '--allow-builtin');
  const env = { ...how.env, CHANCERY_ENVOY: '/no/such/envoy' };
  expect(await runToEnd({ ...how, env })).toEqual({
    code: 1,
    output: 'CHANCERY_ENVOY names /no/such/envoy, which is no program\n',
  });
});
