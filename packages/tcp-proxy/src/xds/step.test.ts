import { typeUrls } from '@chancery/envoy-api';
import { expect, test } from 'vitest';
import type { ProxyResource } from '../plan/resources.ts';
import { type ClientState, heldOf, initialState } from './client-state.ts';
import { type DeltaResponse, openingRequests, type ReadBody, step } from './step.ts';

/** Bodies are numbers of these, and what is not among them is not understood. */
const bodies: readonly ProxyResource[] = [
  {
    ...{ kind: 'cluster', name: 'db', policy: 'round-robin', connectTimeoutMs: 1 },
    maxConnections: 1,
    endpoints: { name: 'db' },
  },
  {
    ...{ kind: 'cluster', name: 'db', policy: 'random', connectTimeoutMs: 1 },
    maxConnections: 1,
    endpoints: [],
  },
  { kind: 'assignment', name: 'db', endpoints: [] },
];

const read: ReadBody = (_typeUrl, _name, [number = 0]) => {
  const resource = bodies[number];
  return resource === undefined
    ? { ok: false, problems: [{ path: '$.x', message: 'is odd' }] }
    : { ok: true, resource };
};

function response(
  typeUrl: string,
  resources: readonly (readonly [name: string, body: number])[],
  removed: readonly string[] = [],
): DeltaResponse {
  return {
    typeUrl,
    nonce: 'n1',
    removed,
    resources: resources.map(([name, body]) => ({
      ...{ name, typeUrl, version: `v${body}` },
      body: new Uint8Array([body]),
    })),
  };
}

const nothing = {
  subscribe: [],
  unsubscribe: [],
  initialVersions: new Map(),
  nonce: '',
  error: undefined,
};

function withCluster(): ClientState {
  return step(initialState, response(typeUrls.cluster, [['db', 0]]), read).state;
}

test('a client with nothing asks for all clusters and listeners', () => {
  expect(openingRequests(initialState)).toEqual([
    { ...nothing, typeUrl: typeUrls.cluster },
    { ...nothing, typeUrl: typeUrls.listener },
  ]);
});

test('what is served is acknowledged, and what it names is asked for', () => {
  const { requests } = step(initialState, response(typeUrls.cluster, [['db', 0]]), read);
  expect(requests).toEqual([
    { ...nothing, typeUrl: typeUrls.cluster, nonce: 'n1' },
    { ...nothing, typeUrl: typeUrls.endpoints, subscribe: ['db'] },
  ]);
});

test('what is not named any more is given up and forgotten', () => {
  const assigned = step(withCluster(), response(typeUrls.endpoints, [['db', 2]]), read).state;
  const { state, requests } = step(assigned, response(typeUrls.cluster, [['db', 1]]), read);
  expect(requests[1]).toEqual({ ...nothing, typeUrl: typeUrls.endpoints, unsubscribe: ['db'] });
  expect(heldOf(state, typeUrls.endpoints, 'assignment')).toEqual([]);
  const late = step(state, response(typeUrls.endpoints, [['db', 2]]), read);
  expect(heldOf(late.state, typeUrls.endpoints, 'assignment')).toEqual([]);
});

test('a new stream begins with what is held, under its version', () => {
  const assigned = step(withCluster(), response(typeUrls.endpoints, [['db', 2]]), read).state;
  expect(openingRequests(assigned)).toEqual([
    { ...nothing, typeUrl: typeUrls.cluster, initialVersions: new Map([['db', 'v0']]) },
    {
      ...nothing,
      typeUrl: typeUrls.endpoints,
      subscribe: ['db'],
      initialVersions: new Map([['db', 'v2']]),
    },
    { ...nothing, typeUrl: typeUrls.listener },
  ]);
});

test('a resource that is not understood is rejected by name, keeps its place, and harms no other', () => {
  const mixed = response(typeUrls.cluster, [
    ['db', 99],
    ['cache', 1],
  ]);
  const { state, requests } = step(withCluster(), mixed, read);
  expect(requests).toEqual([
    { ...nothing, typeUrl: typeUrls.cluster, nonce: 'n1', error: 'db: $.x is odd' },
  ]);
  const held = state.get(typeUrls.cluster)?.held;
  expect([held?.get('db')?.version, held?.get('cache')?.version]).toEqual(['v0', 'v1']);
});

test('what is removed is gone', () => {
  const { state } = step(withCluster(), response(typeUrls.cluster, [], ['db']), read);
  expect(heldOf(state, typeUrls.cluster, 'cluster')).toEqual([]);
});

test('a type that nobody asked for, or a resource of another type, is rejected', () => {
  const other = 'type.googleapis.com/other';
  expect(step(initialState, response(other, [['x', 0]]), read)).toEqual({
    state: initialState,
    requests: [{ ...nothing, typeUrl: other, nonce: 'n1', error: `${other} was not asked for` }],
  });
  const mistyped = response(typeUrls.cluster, [['db', 0]]);
  const resources = mistyped.resources.map((each) => ({ ...each, typeUrl: other }));
  const { requests } = step(initialState, { ...mistyped, resources }, read);
  expect(requests[0]?.error).toBe(`db: $ is of type "${other}"`);
});
