import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeAgentConfig } from './agent/decode-agent-config.ts';
import { decodeCheck } from './check-decoder.ts';
import { formatIssue } from './format-issue.ts';
import { decodeIntention } from './intention-decoder.ts';
import { decodeProxyConfig } from './proxy-config-decoder.ts';
import { decodeServiceRegistration } from './service-decoder.ts';
import { decodeUpstreamConfig } from './upstream-config-decoder.ts';

const known = fc.constantFrom(
  ...['name', 'id', 'port', 'service', 'services', 'connect', 'sidecar_service', 'proxy', 'config'],
  ...['upstreams', 'check', 'checks', 'ttl', 'tcp', 'http', 'interval', 'meta', 'weights', 'tags'],
  ...['ports', 'grpc', 'acl', 'limits', 'Sources', 'Action', 'SourceName', '__proto__', 'kind'],
);
const leaf = fc.oneof(
  fc.constantFrom('web', '*', 'tcp', 'connect-proxy', '10s', '', 'deny', 'service-intentions'),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { document } = fc.letrec((tie) => ({
  document: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    leaf,
    fc.array(tie('document'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(known, fc.string()), tie('document'), { maxKeys: 6 }),
  ),
}));

const host = { hostname: 'box' };
const decoders = {
  decodeAgentConfig: (value: unknown) =>
    decodeAgentConfig([{ name: 'f', value }], { dev: false, host }),
  decodeServiceRegistration: (value: unknown) =>
    decodeServiceRegistration(value, { casing: 'http' }),
  decodeCheck: (value: unknown) => decodeCheck(value, { casing: 'file' }),
  decodeIntention: (value: unknown) => decodeIntention(value, { casing: 'http' }),
  decodeProxyConfig,
  decodeUpstreamConfig,
};

test.for(Object.entries(decoders))(
  '%s answers any JSON: a value, or issues that can be printed',
  ([, decode]) => {
    fc.assert(
      fc.property(document, (value) => {
        const decoded = decode(value);
        if (decoded.ok) expect(decoded.value).toBeDefined();
        else expect(decoded.issues.map((issue) => formatIssue(issue))).not.toHaveLength(0);
      }),
      { numRuns: 300 },
    );
  },
);

test.for(Object.entries(decoders))('%s answers JSON of any depth', ([, decode]) => {
  for (const key of [
    'config',
    'meta',
    'checks',
    'mode',
    'proxy',
    'tags',
    'services',
    'Permissions',
  ]) {
    const text = `{"name":"web","kind":"connect-proxy","${key}":`.repeat(5000);
    expect(() => decode(JSON.parse(`${text}1${'}'.repeat(5000)}`))).not.toThrow();
    const list = `{"${key}":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    expect(() => decode(JSON.parse(list))).not.toThrow();
  }
});
