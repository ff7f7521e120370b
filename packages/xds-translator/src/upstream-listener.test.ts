import { serviceRef } from '@chancery/identity';
import type { Upstream } from '@chancery/model';
import { expect, test } from 'vitest';
import { upstreamListenerName } from './resource-names.ts';
import { upstreamListener } from './upstream-listener.ts';

const upstream: Upstream = {
  destinationType: 'service',
  destinationName: 'db',
  localBindAddress: '127.0.0.1',
  localBindPort: 9191,
  config: {},
};
const target = { service: serviceRef('db'), datacenter: 'dc1' };

test.for([
  ['0600', 0o600],
  ['0o600', 0o600],
  ['384', 0o600],
  [undefined, 0],
] as const)('the socket mode %s is the number %i', ([mode, expected]) => {
  const onSocket = {
    ...upstream,
    localBindSocketPath: '/run/db.sock',
    ...(mode && { localBindSocketMode: mode }),
  };
  const { address } = upstreamListener('db:/run/db.sock', onSocket, target, 'db');
  expect(address?.address).toMatchObject({
    case: 'pipe',
    value: { path: '/run/db.sock', mode: expected },
  });
});

test.for([
  [{}, 'db:127.0.0.1:9191'],
  [{ datacenter: 'dc1' }, 'db:127.0.0.1:9191'],
  [{ datacenter: 'dc2' }, 'db?dc=dc2:127.0.0.1:9191'],
  [{ localBindPort: 0, localBindSocketPath: '/run/db.sock' }, 'db:/run/db.sock'],
] as const)('an upstream with %o listens as %s', ([changes, name]) => {
  expect(upstreamListenerName({ ...upstream, ...changes }, 'dc1')).toBe(name);
});
