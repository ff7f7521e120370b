import { expect, test } from 'vitest';
import { Section } from '../../gen/chancery/mesh/v1/status_pb.ts';
import { connectMesh } from '../client/index.ts';
import { serveMesh } from '../testing/mesh-server.ts';
import type { MeshMatrix } from './mesh-matrix.ts';
import type { StatusSource } from './status-source.ts';
import {
  type MeshOverview,
  type StatusPart,
  type StatusSection,
  statusSections,
} from './status-update.ts';

const overview: MeshOverview = {
  node: 'n1',
  datacenter: 'dc1',
  trustDomain: 'td.consul',
  version: '1',
  startedAt: 1500,
  defaultAction: 'deny',
  services: 1,
  instances: 2,
  instancesPassing: 2,
  instancesWarning: 0,
  instancesCritical: 0,
  proxies: 1,
  proxiesConnected: 1,
  typesSynced: 6,
  typesPending: 0,
  typesRejected: 0,
  intentions: 1,
  rootExpiresAt: 2000,
  pushes: 7,
  acknowledgements: 7,
  rejections: 0,
  problems: [{ text: 'look', section: 'services' }, { text: 'listen' }],
} as const;

const proxy = {
  id: 'web-proxy',
  service: 'web',
  streams: 1,
  builtRevision: 3,
  acknowledgedRevision: 3,
  types: [],
  problems: [],
};
const intention = {
  source: 'web',
  destination: 'db',
  effect: 'deny',
  precedence: 9,
  author: 'ann',
  changedAt: 1000,
  expiresAt: 3000,
};

const parts: readonly StatusPart[] = [
  { kind: 'overview', overview },
  { kind: 'proxies', changed: [proxy], removed: ['gone'] },
  {
    kind: 'services',
    changed: [
      {
        name: 'web',
        instances: 2,
        passing: 2,
        warning: 0,
        critical: 0,
        sidecars: 1,
        tags: ['v1'],
        upstreams: ['db'],
      },
    ],
    removed: [],
  },
  { kind: 'intentions', changed: [intention], removed: ['a => b'] },
  {
    kind: 'certificates',
    changed: [
      {
        id: 'spiffe://x',
        kind: 'leaf',
        name: 'web',
        notBefore: 0,
        notAfter: 1000,
        active: false,
        serialNumber: '01',
      },
    ],
    removed: [],
  },
  { kind: 'history', items: [{ revision: 3, at: 1000, by: 'ann', changes: [] }] },
  { kind: 'complete' },
  { kind: 'alive' },
];

const matrix: MeshMatrix = {
  revision: 4,
  sources: ['web'],
  destinations: ['db', 'api'],
  cells: [
    {
      allowed: false,
      decidedBy: '* => db (deny)',
      exact: false,
      declared: true,
      seen: 5,
      lastSeen: 1000,
    },
    { allowed: true, exact: false, declared: false, seen: 0 },
  ],
};

async function watching(source: Partial<StatusSource> = {}) {
  const asked: (readonly StatusSection[])[] = [];
  const status: StatusSource = {
    async *watch(sections) {
      asked.push(sections);
      for (const part of parts) yield { revision: 3, at: 1000, part };
    },
    async *watchMatrix() {
      yield matrix;
    },
    async *check() {},
    ...source,
  };
  const { address } = await serveMesh({ status });
  return { mesh: connectMesh({ address }), asked };
}

test('what is told comes as it is, times and counts with it', async () => {
  const { mesh, asked } = await watching();
  const told = await Array.fromAsync(mesh.status.watch({}));
  expect(told.map(({ part }) => part.case)).toEqual(parts.map(({ kind }) => kind));
  expect(told[0]).toMatchObject({ revision: 3n, at: { seconds: 1n } });
  const values = told.map(({ part }) => part.value);
  const { startedAt: _1, rootExpiresAt: _2, pushes: _3, acknowledgements: _4, ...same } = overview;
  const { rejections: _5, problems: _6, ...figures } = same;
  expect(values[0]).toMatchObject({
    ...figures,
    startedAt: { seconds: 1n, nanos: 500_000_000 },
    rootExpiresAt: { seconds: 2n },
    pushes: 7n,
    rejections: 0n,
    problems: [
      { text: 'look', section: Section.SERVICES },
      { text: 'listen', section: Section.UNSPECIFIED },
    ],
  });
  expect(values[0]).not.toHaveProperty('nextLeafExpiresAt');
  expect(values[1]).toMatchObject({ changed: [{ id: 'web-proxy' }], removed: ['gone'] });
  expect(values[2]).toMatchObject({ changed: [{ name: 'web', tags: ['v1'], upstreams: ['db'] }] });
  expect(values[3]).toMatchObject({
    changed: [{ author: 'ann', changedAt: { seconds: 1n }, expiresAt: { seconds: 3n } }],
    removed: ['a => b'],
  });
  expect(values[4]).toMatchObject({ changed: [{ kind: 'leaf', notAfter: { seconds: 1n } }] });
  expect(values[5]).toMatchObject({ items: [{ revision: 3n, by: 'ann' }] });
  expect(asked).toEqual([statusSections]);
});

test('the sections that are asked for are watched, in the order in which they are sent', async () => {
  const { mesh, asked } = await watching();
  await Array.fromAsync(mesh.status.watch({ sections: [6, 2, 6] }));
  expect(asked).toEqual([['proxies', 'history']]);
  const unknown = Array.fromAsync(mesh.status.watch({ sections: [2, 99 as never] }));
  await expect(unknown).rejects.toThrow(/sections\[1\]: 99 is no section; there are SECTION_/);
});

test('a matrix has a cell a pair, and 200 services a side at most', async () => {
  const { mesh } = await watching();
  const [told] = await Array.fromAsync(mesh.status.watchMatrix({}));
  expect(told).toMatchObject({
    revision: 4n,
    sources: ['web'],
    destinations: ['db', 'api'],
    cells: [
      { allowed: false, decidedBy: '* => db (deny)', declared: true, seen: 5n },
      { allowed: true, decidedBy: '', seen: 0n },
    ],
  });
  const names = Array.from({ length: 201 }, (_, at) => `s${at}`);
  const many = Array.fromAsync(mesh.status.watchMatrix({ destinations: names }));
  await expect(many).rejects.toThrow(
    'destinations: 201 names are more than the 200 that are shown at once; name fewer',
  );
});

test('a watcher that leaves ends its sequence', async () => {
  const left = Promise.withResolvers<void>();
  const { mesh } = await watching({
    async *watch(_sections, signal) {
      signal.addEventListener('abort', () => left.resolve(), { once: true });
      yield { revision: 1, at: 0, part: { kind: 'complete' } };
      await left.promise;
    },
  });
  for await (const { part } of mesh.status.watch({})) if (part.case === 'complete') break;
  await left.promise;
});
