import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { openTerminal, type Terminal } from '@chancery/testing/terminal';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type MeshServer, startMeshServer } from '../testing/mesh-server.ts';
import { openStatus, statusArguments } from '../testing/status-terminal.ts';
import { smallWorld } from '../testing/world.ts';
import { message } from '../testing/world-messages.ts';

// Processes on a machine that is busy otherwise: conditions are waited for, and this is no measure of them.
vi.setConfig({ testTimeout: 40_000, hookTimeout: 40_000 });

const crashing = new URL('../testing/crash-on-request.ts', import.meta.url).href;
let server: MeshServer;

beforeAll(async () => {
  server = await startMeshServer(smallWorld(Date.now()));
});
afterAll(() => server[Symbol.asyncDispose]());

/** Whether the terminal is as a shell wants it: its own screen, a cursor, lines that are edited and echoed. */
function isRestored(terminal: Terminal): boolean {
  const written = terminal.written();
  const isShown = written.lastIndexOf('\u001b[?25h') > written.lastIndexOf('\u001b[?25l');
  const isPlainPaste = written.lastIndexOf('\u001b[?2004l') > written.lastIndexOf('\u001b[?2004h');
  return !terminal.isAlternate() && isShown && isPlainPaste;
}

/** The colours that were set, as the terminal was told them. */
function colours(terminal: Terminal): readonly string[] {
  const codes = terminal
    .written()
    .split('\u001b[')
    .map((piece) => /^([\d;]*)m/.exec(piece)?.[1] ?? '');
  return codes.filter((code) => /^(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;|$)/.test(code));
}

describe('the terminal is given back', () => {
  test.each([
    ['q', (terminal: Terminal) => terminal.type('q'), 0],
    ['ctrl-c', (terminal: Terminal) => terminal.type('\u0003'), 0],
    ['ctrl-c while something is typed', (terminal: Terminal) => terminal.type('/we\u0003'), 0],
    ['SIGTERM', (terminal: Terminal) => terminal.signal('SIGTERM'), 143],
    ['SIGINT', (terminal: Terminal) => terminal.signal('SIGINT'), 130],
    ['SIGHUP', (terminal: Terminal) => terminal.signal('SIGHUP'), 129],
  ])('after %s', async (_, end, code) => {
    using terminal = openStatus(server.address);
    await terminal.until(/● live/);
    expect(terminal.isAlternate()).toBe(true);
    end(terminal);
    expect((await terminal.exited).code).toBe(code);
    await terminal.until(() => isRestored(terminal));
  });

  test.each(['exception', 'promise', 'write'])(
    'after a crash by an unhandled %s, which is told',
    async (kind) => {
      using terminal = openStatus(server.address, {
        imports: [crashing],
        environment: { CRASH: kind },
      });
      await terminal.until(/● live/);
      terminal.signal('SIGUSR2');
      // Only what paints comes upon it that nothing can be painted.
      if (kind === 'write') terminal.type('2');
      await terminal.until(() => isRestored(terminal));
      expect((await terminal.exited).code).toBe(1);
      await terminal.until(
        /chancery status has failed, which is a mistake in it: Error: a planted mistake/,
      );
    },
  );

  test.each([
    ['by itself', (words: string) => words],
    ['around which something waits', (words: string) => `sh -c '${words}; true'`],
  ])('to the shell by ctrl-z, in its own modes, and is taken again by fg: %s', async (_, job) => {
    const options = { environment: { PS1: 'shell> ', HISTFILE: '' } };
    using terminal = openTerminal('bash', ['--norc', '--noprofile', '-i'], options);
    await terminal.until(/shell>/);
    const words = [process.execPath, ...statusArguments([`-http-addr=${server.address}`])];
    terminal.type(`${job(words.join(' '))}\r`);
    await terminal.until(/● live/);
    terminal.type('\u001a');
    await terminal.until(
      () => !terminal.isAlternate() && /Stopped/.test(terminal.screen().join('')),
    );
    terminal.type('stty -a | grep -o " -\\?icanon" | tr " " "="\r');
    await terminal.until(/^=icanon/m);
    terminal.resize(100, 30);
    terminal.type('fg\r');
    await terminal.until(() => terminal.isAlternate());
    await terminal.until(/● live/);
    await terminal.until(() => terminal.screen()[2]?.length === 100);
    terminal.type('2');
    await terminal.until(/▸ db-sidecar-proxy/);
    terminal.type('q');
    await terminal.until(() => !terminal.isAlternate());
  });

  test('raw mode is off afterwards', async () => {
    const options = { environment: { PS1: 'shell> ', HISTFILE: '' } };
    using terminal = openTerminal('bash', ['--norc', '--noprofile', '-i'], options);
    await terminal.until(/shell>/);
    const words = [
      process.execPath,
      '--import',
      crashing,
      ...statusArguments([`-http-addr=${server.address}`]),
    ];
    terminal.type(`${words.join(' ')}\r`);
    await terminal.until(/● live/);
    const child = execFileSync('ps', ['--ppid', String(terminal.pid), '-o', 'pid=']);
    process.kill(Number(String(child)), 'SIGUSR2');
    await terminal.until(/planted mistake/);
    terminal.type('stty -a | grep -o " -\\?\\(icanon\\|echo\\) " | tr " " "="\r');
    await terminal.until(/^=icanon=\n=echo=/m);
  });
});

test('what is wrong with the flags is said when the terminal is given back', async () => {
  using terminal = openStatus(server.address, { flags: ['-datacenter=dc9'] });
  expect((await terminal.exited).code).toBe(2);
  await terminal.until(/neither -datacenter nor -stale is understood/);
  expect(terminal.isAlternate()).toBe(false);
});

describe('what the terminal cannot show', () => {
  test('-ascii frames hold nothing outside of ASCII', async () => {
    using terminal = openStatus(server.address, { flags: ['-ascii'] });
    await terminal.until(/\* live/);
    for (const [key, painted] of [
      ['2', /> db-sidecar-proxy/],
      ['4', /web +\+>\*/],
      ['\r', /Explain/],
      ['?', /search/],
    ] as const) {
      terminal.type(key);
      await terminal.until(painted);
    }
    expect([...terminal.written()].filter((sign) => sign > '\u007e')).toEqual([]);
  });

  test('with NO_COLOR no frame has a colour, and signs tell the same', async () => {
    using terminal = openStatus(server.address, { environment: { NO_COLOR: '1' } });
    await terminal.until(/● live/);
    terminal.type('2');
    await terminal.until(/▸ db-sidecar-proxy +✗ REJECTED/);
    expect(colours(terminal)).toEqual([]);
  });

  test('with colours these are of the sixteen that every terminal has', async () => {
    using terminal = openStatus(server.address);
    await terminal.until(/● live/);
    const used = new Set(colours(terminal));
    expect(used.size).toBeGreaterThan(0);
    for (const colour of used) expect(colour).toMatch(/^3[1-6]$/);
  });

  test('the mouse is left to the terminal, which copies with it', async () => {
    using terminal = openStatus(server.address, { flags: ['-write'] });
    await terminal.until(/● live/);
    expect(terminal.written()).not.toMatch(/\[\?(9|100[0-6]|101[56])h/);
  });

  test('a small terminal is told what is needed, and works once it is large enough', async () => {
    using terminal = openStatus(server.address, { columns: 50, rows: 12 });
    await terminal.until(/needs 60 x 15 characters/);
    terminal.resize(80, 24);
    await terminal.until(/Last changes/);
  });
});

describe('where nobody watches', () => {
  test.each([
    ['a pipe', { TERM: 'xterm' }],
    ['a build server', { TERM: 'xterm', CI: 'true' }],
  ])('lines and the exit code of -once: %s', async (_, environment) => {
    const child = spawn(process.execPath, statusArguments([`-http-addr=${server.address}`]), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], ...environment },
    });
    const exited = new Promise((resolve) => child.on('exit', resolve));
    const out = await text(child.stdout);
    expect(await exited).toBe(1);
    expect(out).toContain('Proxies\nPROXY');
    expect(out).not.toContain('\u001b');
  });

  test('who has read enough ends it without a word', async () => {
    const flags = [`-http-addr=${server.address}`, '-once'];
    const child = spawn(process.execPath, statusArguments(flags), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = new Promise((resolve) => child.on('exit', resolve));
    child.stdout.destroy();
    expect(await text(child.stderr)).toBe('');
    expect(await exited).toBe(141);
  });

  test('-json goes on as things change, and an interruption is its end', async () => {
    const flags = [`-http-addr=${server.address}`, '-json'];
    const child = spawn(process.execPath, statusArguments(flags), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise((resolve) => child.on('exit', resolve));
    const kinds: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      kinds.push(Object.keys(JSON.parse(line)).at(-1) ?? '');
      if (kinds.at(-1) === 'complete') {
        const part = { case: 'services' as const, value: { removed: ['nobody'] } };
        server.tell(message(part, { now: Date.now() }));
      } else if (kinds.includes('complete')) child.kill('SIGINT');
    }
    expect(kinds.slice(-2)).toEqual(['complete', 'services']);
    expect(await exited).toBe(0);
  });

  test('lines at a terminal without a cursor', async () => {
    using terminal = openStatus(server.address, { environment: { TERM: 'dumb' } });
    expect((await terminal.exited).code).toBe(1);
    expect(terminal.written()).not.toContain('\u001b');
  });
});
