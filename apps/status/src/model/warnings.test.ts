import { create } from '@bufbuild/protobuf';
import { ProxyProblemSchema } from '@chancery/mesh-api/v1/proxies';
import { describe, expect, test } from 'vitest';
import { shownMesh } from '../state/state.ts';
import { keys, shown, testNow, toldState } from '../testing/told-state.ts';
import { proxy, service, smallWorld, type World } from '../testing/world.ts';
import { problems } from './problems.ts';
import { warnings } from './warnings.ts';

const absentOne = proxy(testNow, 'web-sidecar-proxy', 'web', { streams: 0, states: {} });

function worldOf(...proxies: World['proxies'][number][]): World {
  const services = [service('web', { instances: 1, passing: 1, sidecars: 1 })];
  return { ...smallWorld(testNow), proxies, services };
}

function warned(world: World): readonly string[] {
  return warnings(shownMesh(toldState(world))).map(({ text }) => text);
}

describe('warnings', () => {
  test('a mesh in which every sidecar is connected has none', () => {
    expect(warned(worldOf(proxy(testNow, 'web-sidecar-proxy', 'web')))).toEqual([]);
  });

  test('a registered sidecar that is not connected is one, and no problem', () => {
    const world = worldOf(absentOne);
    expect(warned(world)).toEqual([
      'web-sidecar-proxy is registered for web, and is not connected',
    ]);
    expect(problems(shownMesh(toldState(world)), testNow)).toEqual([]);
  });

  test('so is a proxy that nobody registered', () => {
    expect(warned(worldOf(proxy(testNow, 'ghost', '')))).toEqual([
      'ghost is connected, and no sidecar of that ID is registered',
    ]);
  });

  test('so is a sidecar whose service is gone', () => {
    const expected = 'old-sidecar-proxy stands for old, of which there is no instance';
    const world = worldOf(proxy(testNow, 'old-sidecar-proxy', 'old'));
    expect(warned(world)).toEqual([expected]);
    const services = [service('old', { sidecars: 1 })];
    expect(warned({ ...world, services })).toEqual([expected]);
  });

  test('so is what could not be built as it was declared', () => {
    const built = proxy(testNow, 'web-sidecar-proxy', 'web');
    const message = 'a name that is taken';
    built.problems.push(create(ProxyProblemSchema, { resource: 'local_app', message }));
    expect(warned(worldOf(built))).toEqual(['web-sidecar-proxy: local_app: a name that is taken']);
  });

  test('of many of one sort ten are told, and how many more there are', () => {
    const ids = Array.from({ length: 13 }, (_, at) => `p${at}`);
    const world = worldOf(
      ...ids.map((id) => proxy(testNow, id, 'web', { streams: 0, states: {} })),
    );
    expect(warned(world)).toHaveLength(11);
    expect(warned(world).at(-1)).toBe('and 3 more registered sidecars are not connected');
  });

  test('the overview tells of them behind the problems, and enter leads to the proxy', () => {
    expect(shown(toldState(worldOf(absentOne)))).not.toContain('No problems');
    const state = toldState();
    expect(shown(state)).toMatch(/✗ 3 problems {2}! 1 warning[\s\S]* ! payments-sidecar-proxy is /);
    const there = keys(state, 'G', 'enter');
    expect(shown(there)).toContain('▸ payments-sidecar-proxy');
  });
});
