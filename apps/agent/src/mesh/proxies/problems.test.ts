import type { Instance } from '@chancery/catalog';
import { expect, test } from 'vitest';
import type { Supply } from '../../proxies/proxy-publisher.ts';
import type { Origins } from './origins.ts';
import { problems } from './problems.ts';
import type { ProxyParts } from './proxy-parts.ts';

const unreadable = { path: ['Proxy', 'Config', 'envoy_local_cluster_json'], message: 'no JSON' };

const origins: Origins = {
  ofResource: () => undefined,
  ofName: (_snapshot, name) => ({ kind: 'service', name, path: 'Proxy.Config', revision: 3 }),
  ofRegistration: (name, path) => ({ kind: 'service', name, path, revision: 7, author: 'alice' }),
};

/** What is told of the proxy `web-proxy`, where it is registered on a node and supplied with something. */
function told(
  node: string | undefined,
  supply: Partial<Supply> = {},
  found: readonly object[] = [],
) {
  const parts = {
    node: 'here',
    store: { read: () => ({ value: found }) },
    xds: { queries: {} },
  } as unknown as ProxyParts;
  const instance = { node } as Instance;
  const whole = { diagnostics: [], isCurrent: true, ...supply } as unknown as Supply;
  const subject = { id: 'web-proxy', ...(node !== undefined && { instance }) };
  return problems(parts, subject, whole, origins);
}

test('of a proxy that is built as declared there are none', () => {
  expect(told('here')).toEqual([]);
});

test('one that nobody registered, and one of another node, are told to be so', () => {
  expect(told(undefined)).toMatchObject([
    {
      code: 'not-registered',
      message: 'no sidecar with the ID "web-proxy" is registered on node "here"',
    },
  ]);
  expect(told('there')).toMatchObject([
    {
      code: 'other-node',
      message: 'it is registered on node "there", and this agent serves those of "here"',
    },
  ]);
});

test('what cannot be read, or not be translated, is told with where it was declared and by whom', () => {
  const diagnostics = [{ code: 'name-taken', resource: 'db', message: 'a second one is left out' }];
  expect(told('here', { diagnostics } as unknown as Partial<Supply>, [unreadable])).toEqual([
    {
      code: 'config-not-readable',
      resource: '',
      message: 'no JSON',
      origin: {
        kind: 'service',
        name: 'web-proxy',
        path: 'Proxy.Config.envoy_local_cluster_json',
        revision: 7,
        author: 'alice',
      },
    },
    {
      ...diagnostics[0],
      origin: { kind: 'service', name: 'db', path: 'Proxy.Config', revision: 3 },
    },
  ]);
});

test('one that has no certificate is told, unless what it has is current all the same', () => {
  const failure = new Error('the disk is full');
  expect(told('here', { failure, isCurrent: false })).toMatchObject([
    {
      code: 'no-certificate',
      message:
        'its newest configuration is not served, because it has no certificate: the disk is full',
    },
  ]);
  expect(told('here', { failure, isCurrent: true })).toEqual([]);
});
