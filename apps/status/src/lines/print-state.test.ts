import { runCommand } from '@chancery/cli';
import { expect, test } from 'vitest';
import { command } from '../status-command.ts';
import { startMeshServer } from '../testing/mesh-server.ts';
import { proxy, smallWorld, type World } from '../testing/world.ts';

interface Printed {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

async function printed(address: string, ...argv: readonly string[]): Promise<Printed> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    environment: { CONSUL_HTTP_ADDR: address },
  };
  return { code: await runCommand(['status'], command, [...argv], io), out, err };
}

/** A mesh that nothing is wrong with. */
function soundWorld(now: number): World {
  const world = smallWorld(now);
  const isSound = ({ id }: { readonly id: string }): boolean => id === 'api-sidecar-proxy';
  return {
    ...world,
    proxies: world.proxies.filter(isSound),
    services: world.services.filter(({ critical }) => critical === 0),
  };
}

test('-once prints the present state as lines; the exit code tells that something is wrong', async () => {
  await using server = await startMeshServer(smallWorld(Date.now()));
  const { code, out, err } = await printed(server.address, '-once');
  expect([code, err]).toEqual([1, []]);
  const text = out.join('\n');
  expect(text).toContain('✗ Problems: 3');
  expect(text).toMatch(/^web-sidecar-proxy +… pending 7 min/m);
  expect(text).toMatch(/^web +db +✗ deny/m);
  await expect.poll(server.watchers).toBe(0);
});

test('of a sound mesh the exit code is 0', async () => {
  await using server = await startMeshServer(soundWorld(Date.now()));
  expect(await printed(server.address, '-once', '-view=overview')).toMatchObject({ code: 0 });
});

test('a registered sidecar that is not connected is told of, and does not make the exit code 1', async () => {
  const world = soundWorld(Date.now());
  const absent = proxy(world.now, 'web-sidecar-proxy', 'web', { streams: 0, states: {} });
  await using server = await startMeshServer({ ...world, proxies: [...world.proxies, absent] });
  const { code, out } = await printed(server.address, '-once', '-view=overview');
  expect(code).toBe(0);
  expect(out.slice(-2)).toEqual([
    '! Warnings: 1',
    '! web-sidecar-proxy is registered for web, and is not connected',
  ]);
  expect(out.join('\n')).not.toContain('No problems');
});

test('-view prints one view, and -ascii nothing outside of ASCII', async () => {
  await using server = await startMeshServer(smallWorld(Date.now()));
  const { out } = await printed(server.address, '--once', '--ascii', '--view', 'proxies');
  expect(out[0]).toBe('Proxies');
  expect(out.join('\n')).not.toContain('Services');
  for (const line of out) expect(line).toMatch(/^[ -~]*$/);
});

test('-json prints an object a line, and with -once ends after the present state', async () => {
  await using server = await startMeshServer(smallWorld(Date.now()));
  const { code, out } = await printed(server.address, '-json', '-once');
  const kinds = out.map((line) => Object.keys(JSON.parse(line)).at(-1));
  expect(kinds).toEqual([
    'overview',
    'proxies',
    'services',
    'intentions',
    'certificates',
    'history',
    'complete',
  ]);
  expect(code).toBe(1);
});

test.each([['-once'], ['-json'], ['-json', '-once'], []])(
  'an agent that cannot be reached is one line and exit code 2: %s %s',
  async (...flags) => {
    const { code, out, err } = await printed('127.0.0.1:1', ...flags.filter(Boolean));
    expect([code, out]).toEqual([2, []]);
    expect(err).toEqual([expect.stringMatching(/^Error watching the mesh: .*connection refused$/)]);
  },
);

test('a view that there is not is refused by name', async () => {
  const { code, err } = await printed('127.0.0.1:1', '-view=proxys');
  expect([code, err]).toEqual([
    2,
    [expect.stringContaining('invalid value "proxys" for flag -view')],
  ]);
});
