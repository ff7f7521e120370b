import { expect, test, vi } from 'vitest';
import { type MeshServer, startMeshServer } from '../testing/mesh-server.ts';
import { openStatus } from '../testing/status-terminal.ts';
import { largeWorld, service, smallWorld } from '../testing/world.ts';
import { message } from '../testing/world-messages.ts';

// Processes on a machine that is busy otherwise: conditions are waited for, and this is no measure of them.
vi.setConfig({ testTimeout: 40_000, hookTimeout: 40_000 });

const now = Date.now();

function serviceMessage(server: MeshServer, name: string): void {
  const value = { changed: [service(name, { instances: 1, passing: 1 })] };
  server.tell(message({ case: 'services', value }, { now, revision: 43n }));
}

test('what changes is on the screen without being asked for, and the cursor stays on its item', async () => {
  await using server = await startMeshServer(smallWorld(now));
  using terminal = openStatus(server.address, { flags: ['-view=services'] });
  await terminal.until(/▸ api/);
  terminal.type('j');
  await terminal.until(/▸ db/);
  serviceMessage(server, 'aaa');
  await terminal.until(/ {2}aaa/);
  expect(terminal.screen().join('\n')).toMatch(/▸ db/);
});

test('an agent that is gone leaves its last data in sight, greyed; one that is back is live at once', async () => {
  const first = await startMeshServer(smallWorld(now));
  using terminal = openStatus(first.address, { flags: ['-view=proxies'] });
  await terminal.until(/▸ db-sidecar-proxy/);
  await first[Symbol.asyncDispose]();
  await terminal.until(/✗ lost .*(retry|trying)/);
  expect(terminal.screen().join('\n')).toContain('▸ db-sidecar-proxy');
  terminal.type('j');
  await terminal.until(/▸ web-sidecar-proxy/);
  await using _second = await startMeshServer(smallWorld(now), Number(first.address.split(':')[1]));
  await terminal.until(/● live/);
  expect(terminal.screen().join('\n')).toContain('▸ web-sidecar-proxy');
});

test('a screen that begins without an agent waits for one', async () => {
  const taken = await startMeshServer(smallWorld(now));
  await taken[Symbol.asyncDispose]();
  using terminal = openStatus(taken.address);
  await terminal.until(/✗ no agent, (retry|trying)/);
  await using _server = await startMeshServer(smallWorld(now), Number(taken.address.split(':')[1]));
  await terminal.until(/● live/);
});

test('however much changes, there are ten frames a second at most', async () => {
  await using server = await startMeshServer(smallWorld(now));
  using terminal = openStatus(server.address, { flags: ['-view=services'] });
  await terminal.until(/▸ api/);
  const frames = (): number => terminal.written().split('\u001b[?2026h').length;
  const [before, start] = [frames(), performance.now()];
  for (let at = 0; at < 100; at += 1) {
    serviceMessage(server, `new-${at}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await terminal.until(/Services 104 ─/);
  const seconds = (performance.now() - start) / 1000;
  expect(frames() - before).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
});

test('a storm of sizes ends in a whole picture of the last one', async () => {
  await using server = await startMeshServer(smallWorld(now));
  using terminal = openStatus(server.address, { flags: ['-view=proxies'] });
  await terminal.until(/▸ db-sidecar-proxy/);
  for (let at = 0; at < 60; at += 1) {
    terminal.resize(40 + ((at * 37) % 160), 10 + ((at * 13) % 50));
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  terminal.resize(100, 30);
  await terminal.until(() => terminal.screen()[2]?.length === 100);
  await terminal.until(/\? menu/);
  const screen = terminal.screen();
  expect(screen.filter((line) => line.includes('Chancery'))).toHaveLength(1);
  expect(screen.filter((line) => line.includes('db-sidecar-proxy'))).toHaveLength(1);
  expect(screen[0]).toMatch(/^ Chancery .*read-only$/);
  expect(screen[28]).toMatch(/\? menu$/);
  expect(screen[29]).toBe('');
});

test('10,000 services: a frame is a screen, and a key moves the cursor at once', async () => {
  await using server = await startMeshServer(largeWorld(now, 10_000));
  using terminal = openStatus(server.address, {
    columns: 120,
    rows: 40,
    flags: ['-view=services'],
  });
  await terminal.until(/Services 10000 ─/);
  await terminal.until(/▸ service-00000/);
  const before = terminal.written().length;
  const start = performance.now();
  terminal.type('G');
  await terminal.until(/▸ service-09999/);
  const took = performance.now() - start;
  expect(terminal.written().length - before).toBeLessThan(120 * 40 * 4);
  expect(took).toBeLessThan(2000);
  terminal.type('/09995');
  await terminal.until(/Services 2 of 10000 · filter: 09995/);
  terminal.type('\r4');
  await terminal.until(/10000 x 10000|who may reach whom/);
  await terminal.until(/✗/);
});

test('a storm of keys changes nothing by itself, breaks nothing, and can be left', async () => {
  await using server = await startMeshServer(smallWorld(now));
  using terminal = openStatus(server.address, { flags: ['-write'] });
  await terminal.until(/● live/);
  const storm = [
    '\u001b[A',
    '\u001b[B',
    'j',
    'k',
    '\r',
    's',
    'S',
    '!',
    ' ',
    '\t',
    'x',
    '\u001b',
    'd',
    'a',
    '4',
    '2',
    'c',
    'm',
    'y',
    '\u0007',
    '\u001b[5~',
    '\u001bOP',
    'é',
    '名',
  ];
  for (let at = 0; at < 400; at += 1) terminal.type(storm[(at * 7) % storm.length] ?? 'j');
  terminal.type('\u001b\u001b\u001b');
  terminal.type('\u0003');
  expect(await terminal.exited).toMatchObject({ code: 0 });
  expect(server.applied).toEqual([]);
});

test('a change goes the whole way: planned, read, confirmed, made with its digest', async () => {
  await using server = await startMeshServer(smallWorld(now));
  using terminal = openStatus(server.address, { flags: ['-write', '-view=intentions'] });
  await terminal.until(/web +✓→●/);
  terminal.type('Gld');
  await terminal.until(/chancery intention create -deny -replace web db/);
  await terminal.until(/Y make it/);
  expect(server.applied).toEqual([]);
  terminal.type('eincident 7\rY');
  await terminal.until(/✓ Made at r43, on 3\/3 proxies in 84 ms/);
  expect(server.applied).toMatchObject([{ expectedDigest: 'digest-1', reason: 'incident 7' }]);
  const [entry] = server.planned.at(-1)?.change?.entries ?? [];
  expect(entry?.entry).toMatchObject({
    Name: 'db',
    Sources: [{ Name: 'web', Action: 'deny', Description: 'kept' }],
  });
});

test('what is copied goes to the clipboard of the terminal', async () => {
  await using server = await startMeshServer(smallWorld(now));
  using terminal = openStatus(server.address, { flags: ['-view=proxies'] });
  await terminal.until(/▸ db-sidecar-proxy/);
  terminal.type('y');
  await terminal.until(/Copied: db-sidecar-proxy/);
  expect(terminal.written()).toContain(`\u001b]52;c;${btoa('db-sidecar-proxy')}\u0007`);
});

test('nothing that was registered can steer the terminal, and no token is ever shown', async () => {
  const world = smallWorld(now);
  const evil = service('aevil\u001b]0;owned\u0007\u001b[2J', {
    instances: 1,
    tags: ['\u001b[31mred', 'a\nb'],
  });
  await using server = await startMeshServer({ ...world, services: [evil, ...world.services] });
  const environment = { CONSUL_HTTP_TOKEN: 'canary-7f3a9c' };
  using terminal = openStatus(server.address, { environment, columns: 120, rows: 40 });
  await terminal.until(/● live/);
  for (const [keys, painted] of [
    ['3', /aevil\\u001b/],
    ['\r', /Service aevil/],
    ['q4', /evil/],
    ['5', /Root/],
    ['6', /r41/],
    ['2', /db-side/],
    ['c', /privateKey/],
  ] as const) {
    terminal.type(keys);
    await terminal.until(painted);
  }
  expect(terminal.written()).not.toContain('\u001b]0;');
  expect(terminal.written()).not.toContain('canary-7f3a9c');
});
