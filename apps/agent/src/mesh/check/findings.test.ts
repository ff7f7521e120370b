import type { ProxyState, ProxyTypeState } from '@chancery/mesh-api';
import { describe, expect, test } from 'vitest';
import { certificateFindings } from './certificates.ts';
import { clockFindings } from './clock.ts';
import { roomFinding } from './data-directory.ts';
import { bounded, type Found, warning } from './finding.ts';
import { proxyFindings } from './proxies.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = 1000 * day;

function lines(found: readonly Found[]): readonly string[] {
  return found.map(({ status, message }) => `${status}: ${message}`);
}

describe('certificates', () => {
  const root = { name: 'the root', notBefore: now - day, notAfter: now + 3650 * day };
  const leaf = { name: 'web', notBefore: now - hour, notAfter: now + 71 * hour };

  function told(served: Partial<Parameters<typeof certificateFindings>[0]>): readonly string[] {
    return lines(certificateFindings({ root, others: [], leafs: [leaf], ...served }, now));
  }

  test('are fine with days left', () => {
    expect(told({})).toEqual([
      'ok: the root is valid for 3650 days',
      'ok: 1 leaf certificate; that of web is valid for 71 hours, and is renewed before',
    ]);
  });

  test('none of which is served are fine too', () => {
    expect(told({ leafs: [] })[1]).toBe('ok: none is served: no proxy has asked for one yet');
  });

  test('are warned of in their last month, and fail when they have ended', () => {
    expect(told({ root: { ...root, notAfter: now + 29 * day } })[0]).toBe(
      'warning: the root is valid for 29 days',
    );
    expect(told({ root: { ...root, notAfter: now - 5 * hour } })[0]).toBe(
      'failed: the root has expired 5 hours ago',
    );
  });

  test('of leafs that were not renewed in time are named', () => {
    const late = { name: 'db', notBefore: now - 70 * hour, notAfter: now + 2 * hour };
    const over = { name: 'api', notBefore: now - 80 * hour, notAfter: now - 8 * hour };
    expect(told({ leafs: [leaf, late, over] }).slice(1)).toEqual([
      'warning: the leaf of db is valid for 2 hours',
      'failed: the leaf of api has expired 8 hours ago',
    ]);
  });
});

test('a clock before the beginning of a certificate fails', () => {
  const certificates = [{ name: 'the root', notBefore: now + hour }];
  expect(clockFindings(now, certificates)[0]?.status).toBe('failed');
  expect(clockFindings(now + 2 * hour, certificates)[0]?.status).toBe('ok');
});

test('room is warned of below a gibibyte, and fails where the next write may', () => {
  expect([2e9, 5e8, 5e7].map((free) => roomFinding(free).status)).toEqual([
    'ok',
    'warning',
    'failed',
  ]);
});

test('of many findings of one sort the first are told, and how many there are more', () => {
  const many = Array.from({ length: 12 }, (_, at) => warning('x', `finding ${at}`, 'mend it'));
  const told = bounded(many, 'chancery proxies');
  expect(told).toHaveLength(11);
  expect(told.at(-1)).toEqual(warning('x', 'and 2 more', 'chancery proxies'));
  expect(bounded(many.slice(0, 10), 'chancery proxies')).toHaveLength(10);
});

describe('proxies', () => {
  const type: ProxyTypeState = {
    type: 'cds',
    typeUrl: 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
    state: 'synced',
    resources: 2,
    versionSent: 'a',
    versionAcknowledged: 'a',
    rejections: [],
  };
  const proxy: ProxyState = {
    id: 'web-sidecar-proxy',
    service: 'web',
    node: 'n1',
    streams: 1,
    builtRevision: 9,
    acknowledgedRevision: 9,
    types: [type],
    problems: [],
  };

  test('that have taken everything are counted', () => {
    expect(lines(proxyFindings([proxy]))).toEqual([
      'ok: 1 proxy connected, with all that was sent acknowledged',
    ]);
  });

  test('that there are none of are no fault', () => {
    expect(proxyFindings([])[0]?.status).toBe('ok');
  });

  test('that reject are told with the reason and where it comes from', () => {
    const rejection = {
      reason: 'no such filter',
      resource: 'local_app',
      at: now,
      origin: { kind: 'service', name: 'web-sidecar-proxy', path: 'Proxy.Config.x', revision: 3 },
    };
    const types: ProxyTypeState[] = [{ ...type, state: 'rejected', rejections: [rejection] }];
    expect(lines(proxyFindings([{ ...proxy, types }]))).toEqual([
      'failed: web-sidecar-proxy rejects cds local_app: no such filter; it comes from service web-sidecar-proxy at Proxy.Config.x',
    ]);
  });

  test('that lag, are away or are strangers are warned of', () => {
    const pending: ProxyTypeState = { ...type, state: 'pending', pendingForMs: 9_400 };
    const { service: _service, ...stranger } = proxy;
    expect(
      lines(
        proxyFindings([
          { ...proxy, types: [pending] },
          { ...proxy, id: 'db-sidecar-proxy', service: 'db', streams: 0 },
          { ...stranger, id: 'who' },
        ]),
      ),
    ).toEqual([
      'warning: web-sidecar-proxy has not acknowledged cds for 9 s',
      'warning: db-sidecar-proxy is registered for db, and is not connected',
      'warning: who is connected, and no sidecar of that ID is registered: it is sent nothing',
    ]);
  });

  test('that are only on their way are no fault', () => {
    const pending: ProxyTypeState = { ...type, state: 'pending', pendingForMs: 300 };
    expect(proxyFindings([{ ...proxy, types: [pending] }])[0]?.status).toBe('ok');
  });
});
