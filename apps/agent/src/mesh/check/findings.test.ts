import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProxyState, ProxyTypeState } from '@chancery/mesh-api';
import type { AgentConfig } from '@chancery/model';
import { describe, expect, onTestFinished, test } from 'vitest';
import { certificateFindings } from './certificates.ts';
import { clockFindings } from './clock.ts';
import { configurationFindings } from './configuration.ts';
import { dataFindings, roomFinding } from './data-directory.ts';
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

describe('the configuration', () => {
  const ports = { http: 8500, grpc: 8502, sidecarMin: 21000, sidecarMax: 21255 };
  const at = (host: string) =>
    ({ listen: { http: [{ kind: 'tcp', host }], grpc: [] }, ports }) as const;
  const read = (warnings: readonly string[]) => () =>
    ({ ok: true, config: {} as AgentConfig, warnings }) as const;

  test('is fine where it reads and nobody else can reach the agent', () => {
    const found = configurationFindings(at('127.0.0.1'), read([]));
    expect(found.map(({ status }) => status)).toEqual(['ok', 'ok']);
  });

  test('fails where the agent would not start with it again', () => {
    const lines = ['a.hcl:1:1: unknown key "servces"'];
    const found = configurationFindings(at('127.0.0.1'), () => ({ ok: false, lines }));
    expect(found[0]).toMatchObject({ status: 'failed', message: lines[0] });
  });

  test('is warned of where it says what has no effect, and where it opens the agent to others', () => {
    const found = configurationFindings(at('0.0.0.0'), read(['a.hcl: domain has no effect']));
    expect(lines(found)).toEqual([
      'warning: a.hcl: domain has no effect',
      expect.stringContaining('warning: the agent is served beyond this machine (0.0.0.0)'),
    ]);
  });
});

describe('the data directory', () => {
  test('is written to, and nothing is left there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'data-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'journal'), 'x'.repeat(10_000));
    const [written, room] = await dataFindings(folder);
    expect(written).toMatchObject({
      status: 'ok',
      message: expect.stringMatching(/holds \d+ KiB$/),
    });
    expect(room?.name).toBe('free space');
    expect(await readdir(folder)).toEqual(['journal']);
  });

  test('is warned of where others may read it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'data-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const isOpen = ({ hint }: Found): boolean => hint === `chmod 700 ${folder}`;
    expect((await dataFindings(folder)).some(isOpen)).toBe(false);
    await chmod(folder, 0o755);
    expect((await dataFindings(folder)).some(isOpen)).toBe(true);
  });

  test('fails where it is gone, and is none in memory', async () => {
    const gone = await dataFindings(join(tmpdir(), 'gone', 'gone'));
    expect(gone.map(({ status }) => status)).toEqual(['failed']);
    expect((await dataFindings(undefined))[0]?.status).toBe('ok');
  });
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
    expect(lines(proxyFindings([proxy], now))).toEqual([
      'ok: 1 proxy connected, with all that was sent acknowledged',
    ]);
  });

  test('that there are none of are no fault', () => {
    expect(proxyFindings([], now)[0]?.status).toBe('ok');
  });

  test('that reject are told with the reason and where it comes from', () => {
    const rejection = {
      reason: 'no such filter',
      resource: 'local_app',
      at: now,
      origin: { kind: 'service', name: 'web-sidecar-proxy', path: 'Proxy.Config.x', revision: 3 },
    };
    const types: ProxyTypeState[] = [{ ...type, state: 'rejected', rejections: [rejection] }];
    expect(lines(proxyFindings([{ ...proxy, types }], now))).toEqual([
      'failed: web-sidecar-proxy rejects cds local_app: no such filter; it comes from service web-sidecar-proxy at Proxy.Config.x',
    ]);
  });

  test('that lag, are away or are strangers are warned of', () => {
    const pending: ProxyTypeState = { ...type, state: 'pending', pendingForMs: 9_400 };
    const { service: _service, ...unknown } = proxy;
    const stranger: ProxyState = {
      ...unknown,
      problems: [{ code: 'not-registered', resource: '', message: 'no sidecar with that ID' }],
    };
    expect(
      lines(
        proxyFindings(
          [
            { ...proxy, types: [pending] },
            { ...proxy, id: 'db-sidecar-proxy', service: 'db', streams: 0 },
            { ...stranger, id: 'who' },
          ],
          now,
        ),
      ),
    ).toEqual([
      'warning: web-sidecar-proxy has not acknowledged cds for 9 s',
      'warning: db-sidecar-proxy is registered for db, and is not connected',
      'warning: who is connected, and no sidecar of that ID is registered: it is sent nothing',
    ]);
  });

  test('of which something could not be built are warned of, with the resource where it is one', () => {
    const problems = [
      { code: 'name-taken', resource: 'local_app', message: 'there is another' },
      { code: 'no-certificate', resource: '', message: 'it has no certificate' },
    ];
    expect(lines(proxyFindings([{ ...proxy, problems }], now)).slice(1)).toEqual([
      'warning: web-sidecar-proxy: local_app: there is another',
      'warning: web-sidecar-proxy: it has no certificate',
    ]);
  });

  test('that are only on their way are no fault', () => {
    const pending: ProxyTypeState = { ...type, state: 'pending', pendingForMs: 300 };
    expect(lines(proxyFindings([proxy, { ...proxy, types: [pending] }], now))).toEqual([
      'ok: 2 proxies connected, of which 1 was sent something in the last seconds and did not answer yet',
    ]);
  });

  test('that ask for no clusters are warned of once their stream is some seconds old, where they are Envoys', () => {
    const types: ProxyTypeState[] = [{ ...type, state: 'not-subscribed' }];
    const silent = { ...proxy, types, userAgent: 'envoy 1.40.0', streamSince: now - 40_000 };
    expect(lines(proxyFindings([silent], now))).toEqual([
      'warning: web-sidecar-proxy has not asked for its clusters since its stream opened 40 s ago: it still waits for one that it had before',
    ]);
    expect(proxyFindings([{ ...silent, streamSince: now - 100 }], now)[0]?.status).toBe('ok');
    expect(proxyFindings([{ ...silent, userAgent: 'other' }], now)[0]?.status).toBe('ok');
  });
});
