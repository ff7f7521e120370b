import { expect, test } from 'vitest';
import { decodeConfigEntry } from './decode-config-entry.ts';

test('both spellings of keys are understood, in files and over HTTP', () => {
  for (const casing of ['file', 'http'] as const) {
    const snake = {
      kind: 'service-defaults',
      name: 'web',
      external_sni: 'x',
      max_inbound_connections: 2,
    };
    const camel = {
      Kind: 'service-defaults',
      Name: 'web',
      ExternalSNI: 'x',
      MaxInboundConnections: 2,
    };
    const decoded = decodeConfigEntry(snake, { casing });
    expect(decoded.ok && decoded.value).toMatchObject({
      externalSni: 'x',
      maxInboundConnections: 2,
    });
    expect(decoded).toEqual(decodeConfigEntry(camel, { casing }));
  }
});

/** Recorded from Consul 1.20.1. */
test.each([
  [{ Name: 'x' }, 'Payload does not contain a kind/Kind key at the top level'],
  [{ Kind: 5 }, 'Kind value in payload is not a string'],
  [{ Kind: 'bogus' }, 'invalid config entry kind: bogus'],
  [
    { Kind: 'service-defaults', Name: 'q', Expose: { Paths: [{ x: 1 }] } },
    'invalid config key "Expose.Paths[0].x"',
  ],
  [
    { Kind: 'service-defaults', Name: 'q', upstream_config: { overrides: [{ bar: 1 }] } },
    'invalid config key "UpstreamConfig.Overrides[0].bar"',
  ],
])('%j is refused in words that clients know', (entry, words) => {
  const decoded = decodeConfigEntry(entry, { casing: 'http' });
  expect(decoded.ok ? [] : decoded.issues.map(({ consul }) => consul?.words)).toEqual([words]);
});
