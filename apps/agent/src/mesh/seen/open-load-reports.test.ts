import { serviceRef, serviceSni } from '@chancery/identity';
import { expect, test } from 'vitest';
import { openWatchedMesh, web } from '../../testing/watched-mesh.ts';
import { notedIn } from './open-load-reports.ts';

test('connections of registered sidecars to the upstreams that they declare count, and no others', async () => {
  const mesh = await openWatchedMesh();
  await mesh.register(web);
  const { store, seen } = mesh;
  const trustDomain = 'td.consul';
  const note = notedIn({ store, node: 'n1', datacenter: 'dc1', trustDomain, seen, now: () => 9 });
  const cluster = (name: string): string =>
    serviceSni({ service: serviceRef(name), datacenter: 'dc1' }, trustDomain);
  note({ proxyId: 'web-sidecar-proxy', cluster: cluster('db'), issued: 2 });
  note({ proxyId: 'web-sidecar-proxy', cluster: cluster('api'), issued: 2 });
  note({ proxyId: 'web-sidecar-proxy', cluster: 'local_agent', issued: 2 });
  note({ proxyId: 'web', cluster: cluster('db'), issued: 2 });
  note({ proxyId: 'stranger', cluster: cluster('db'), issued: 2 });
  expect(seen.size).toBe(1);
  expect(seen.between('web', 'db')).toEqual({ count: 2, last: 9 });
});
