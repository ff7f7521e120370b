import { typeUrls } from '@chancery/envoy-api';
import type { LedgerProxy, LedgerType } from '@chancery/xds-server';
import { expect, test } from 'vitest';
import type { Origins } from './origins.ts';
import { typeStates } from './type-states.ts';

const none = { sent: undefined, acked: undefined, nacked: undefined };

function book(type: Partial<LedgerType>): LedgerProxy {
  const quiet = {
    typeUrl: typeUrls.cluster,
    state: 'synced',
    pendingSince: undefined,
    versionSent: '',
    versionAcked: '',
    sentAt: undefined,
    ackedAt: undefined,
    lastNack: undefined,
    resources: [],
  } as const;
  return {
    proxyId: 'web',
    streams: 1,
    since: 0,
    userAgent: '',
    acknowledgedRevision: 0,
    types: [{ ...quiet, ...type }],
  };
}

function states(type?: Partial<LedgerType>) {
  const origins: Origins = {
    ofResource: (_snapshot, { name }) => ({ kind: 'service', name, path: 'Proxy', revision: 3 }),
    ofName: () => undefined,
    ofRegistration: () => ({ kind: 'service', name: 'web', path: '', revision: 3 }),
  };
  const desired = { snapshot: undefined, resources: [] };
  return typeStates(type && book(type), { desired, origins, now: 1_000 });
}

test('all six types are told, in their order, those that were never asked for as such', () => {
  expect(states().map(({ type, state }) => `${type} ${state}`)).toEqual([
    'cds not-subscribed',
    'eds not-subscribed',
    'lds not-subscribed',
    'rds not-subscribed',
    'sds not-subscribed',
    'ecds not-subscribed',
  ]);
});

test('what is pending tells for how long, and what was sent is counted', () => {
  const mark = { hash: 'a', revision: 1, at: 0 };
  const [cds] = states({
    state: 'pending',
    pendingSince: 880,
    sentAt: 880,
    ackedAt: 500,
    resources: [
      { ...none, name: 'db', state: 'pending', sent: mark },
      { ...none, name: 'api', state: 'pending' },
    ],
  });
  expect(cds).toMatchObject({ pendingForMs: 120, resources: 1, sentAt: 880, acknowledgedAt: 500 });
});

test('a rejection tells what it comes from, and no private key that Envoy repeats', () => {
  const reason =
    'tls_certificates { private_key { inline_string: "-----BEGIN PRIVATE KEY-----\\nSECRET\\n-----END PRIVATE KEY-----" } }: no\n';
  const nacked = { hash: 'b', revision: 2, at: 900, reason };
  const [cds] = states({
    state: 'rejected',
    lastNack: { reason, revision: 2, at: 900 },
    resources: [{ ...none, name: 'db', state: 'rejected', nacked }],
  });
  expect(cds?.rejections).toEqual([
    {
      reason: 'tls_certificates { private_key { inline_string: "[private key]" } }: no',
      resource: 'db',
      origin: { kind: 'service', name: 'db', path: 'Proxy', revision: 3 },
      at: 900,
      version: 'b',
    },
  ]);
});

test('a rejection that is no resource’s is told, as long as it stands', () => {
  const lastNack = { reason: 'no', revision: 2, at: 900 };
  expect(states({ state: 'rejected', lastNack })[0]?.rejections).toEqual([
    { reason: 'no', at: 900 },
  ]);
  expect(states({ state: 'synced', lastNack })[0]?.rejections).toEqual([]);
});

test('what it refused and is to have no more does not stand against what it has', () => {
  const [cds] = states({ state: 'synced', versionSent: 'refused', versionAcked: 'kept' });
  expect(cds).toMatchObject({ versionSent: 'kept', versionAcknowledged: 'kept' });
});
