import type { Terminal } from '@chancery/testing/terminal';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type MeshServer, startMeshServer } from '../testing/mesh-server.ts';
import { openStatus } from '../testing/status-terminal.ts';
import { smallWorld } from '../testing/world.ts';

// Processes on a machine that is busy otherwise: conditions are waited for, and this is no measure of them.
vi.setConfig({ testTimeout: 40_000, hookTimeout: 40_000 });

const sizes = [
  [80, 24],
  [120, 40],
  [200, 60],
] as const;

/** What is pressed to see a view, and what is there when it is painted. */
const views = [
  ['overview', '1', /Last changes/],
  ['proxies', '2', /▸ db-sidecar-proxy/],
  ['proxy', '\r', /Proxy db-sidecar-proxy[\s\S]*Rejected/],
  ['config', 'c', /Configuration of db-sidecar-proxy[\s\S]*privateKey/],
  ['services', '3', /▸ api/],
  ['service', '\r', /Service api[\s\S]*Upstreams/],
  ['matrix', '4', /web +✓→●/],
  ['explain', 'j\r', /Explain db → api[\s\S]*DENIED/],
  ['plan', 'd', /Plan ─[\s\S]*Y make it/],
  ['intentions', 'qqm', /EFFECT/],
  ['certificates', '5', /Chancery CA Root/],
  ['history', '6', /r41/],
  ['change', '\r', /Change r42[\s\S]*"allow" → "deny"/],
  ['menu', 'q?', /search:[\s\S]*go to proxies/i],
] as const;

describe.each(sizes)('at %i x %i', (columns, rows) => {
  let server: MeshServer;
  let terminal: Terminal;
  beforeAll(async () => {
    server = await startMeshServer(smallWorld(Date.now()));
    terminal = openStatus(server.address, { columns, rows, flags: ['-write'] });
    await terminal.until(/● live/);
  });
  afterAll(async () => {
    terminal[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
  });

  test.each(views)('%s', async (name, keys, painted) => {
    terminal.type(keys);
    await terminal.until(painted);
    const screen = terminal.screen();
    expect(screen).toHaveLength(rows);
    expect(screen.at(-1)).toBe('');
    const text = screen
      .join('\n')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'YYYY-MM-DD hh:mm:ss');
    await expect(text).toMatchFileSnapshot(`../../testdata/${columns}x${rows}/${name}.txt`);
  });
});
