import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CheckDefinition, CheckProbe, CheckTls } from './check.ts';
import { decodeCheck } from './check-decoder.ts';
import { encodeCheck } from './encode-check.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/);
const address = fc.constantFrom('127.0.0.1:80', 'localhost:65535', '[::1]:1', 'a.example:8080');
const ms = (least: number) => fc.integer({ min: least, max: 2 ** 31 - 1 });
const timing = { intervalMs: ms(1000), timeoutMs: ms(1) };

const tls = (least: Partial<CheckTls>): fc.Arbitrary<CheckTls> =>
  fc
    .record({ skipVerify: fc.boolean(), serverName: word }, { requiredKeys: ['skipVerify'] })
    .map((settings) => ({ ...settings, ...least }));

const http = fc.record(
  {
    kind: fc.constant('http' as const),
    url: fc.constantFrom('http://127.0.0.1:80/health', 'https://a.example'),
    method: fc.constantFrom('GET', 'POST', 'PURGE'),
    headers: fc.dictionary(word, fc.array(word, { maxLength: 2 }), { maxKeys: 2 }),
    body: fc.string(),
    disableRedirects: fc.constant(true as const),
    tls: tls({ skipVerify: true }),
    ...timing,
  },
  { requiredKeys: ['kind', 'url', 'method', 'headers', 'body', 'intervalMs'] },
);

const run: fc.Arbitrary<CheckProbe> = fc.oneof(
  http,
  fc.record(
    { kind: fc.constant('tcp' as const), address, tls: tls({}), ...timing },
    { requiredKeys: ['kind', 'address', 'intervalMs'] },
  ),
  fc.record(
    { kind: fc.constant('udp' as const), address, ...timing },
    { requiredKeys: ['kind', 'address', 'intervalMs'] },
  ),
  fc.record(
    {
      kind: fc.constant('grpc' as const),
      address,
      service: fc.constantFrom('', 'my.Service', 'a/b'),
      tls: tls({}),
      ...timing,
    },
    { requiredKeys: ['kind', 'address', 'service', 'intervalMs'] },
  ),
  fc.record(
    { kind: fc.constant('h2ping' as const), address, tls: tls({}), ...timing },
    { requiredKeys: ['kind', 'address', 'intervalMs'] },
  ),
  fc.record(
    {
      kind: fc.constant('script' as const),
      program: word,
      args: fc.array(word, { maxLength: 3 }),
      ...timing,
    },
    { requiredKeys: ['kind', 'program', 'args', 'intervalMs'] },
  ),
);

const thresholds = fc
  .record({
    successBeforePassing: fc.integer({ min: 0, max: 9 }),
    failuresBeforeWarning: fc.integer({ min: 1, max: 9 }),
    failuresBeforeCritical: fc.integer({ min: 2, max: 9 }),
  })
  .filter((t) => t.failuresBeforeWarning <= t.failuresBeforeCritical);

const common = {
  checkId: word,
  name: word,
  notes: fc.string(),
  initialStatus: fc.constantFrom('passing' as const, 'warning' as const, 'critical' as const),
  outputMaxBytes: fc.integer({ min: 1, max: 9999 }),
  deregisterAfterMs: fc.integer({ min: 60_000, max: 1e9 }),
};
const always = ['checkId', 'name', 'notes', 'initialStatus', 'probe'] as const;

const told: fc.Arbitrary<CheckProbe> = fc.oneof(
  fc.record({ kind: fc.constant('ttl' as const), ttlMs: ms(1) }),
  fc.record(
    { kind: fc.constant('alias' as const), serviceId: word, node: word },
    { requiredKeys: ['kind', 'serviceId'] },
  ),
);

const checks: fc.Arbitrary<CheckDefinition> = fc.oneof(
  fc.record({ ...common, probe: run, thresholds }, { requiredKeys: [...always] }),
  fc.record({ ...common, probe: told }, { requiredKeys: [...always] }),
);

test('a check that was written is read back as it was, of whatever kind', () => {
  fc.assert(
    fc.property(checks, (check) => {
      const { CheckID: ID, ...body } = encodeCheck(check);
      const decoded = decodeCheck({ ID, ...body }, { casing: 'http' });
      expect(decoded).toEqual({ ok: true, value: check, warnings: [] });
    }),
  );
});
