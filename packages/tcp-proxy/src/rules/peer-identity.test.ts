import { X509Certificate } from 'node:crypto';
import { createRoot, issueLeaf } from '@chancery/ca';
import { serviceRef, serviceSpiffeId } from '@chancery/identity';
import { expect, test } from 'vitest';
import { peerIdentity } from './peer-identity.ts';

test.each([
  ['URI:spiffe://td/svc/web', 'spiffe://td/svc/web'],
  ['DNS:web, URI:spiffe://td/svc/web, IP Address:127.0.0.1', 'spiffe://td/svc/web'],
  ['URI:"spiffe://td/svc/a,b"', 'spiffe://td/svc/a,b'],
  ['URI:"spiffe://td/svc/a\\"b"', 'spiffe://td/svc/a"b'],
])('%s names %s', (subjectAltName, expected) => {
  expect(peerIdentity(subjectAltName)).toBe(expected);
});

test.each([
  ['no name at all', undefined],
  ['no name at all', ''],
  ['no URI', 'DNS:web'],
  ['two URIs', 'URI:spiffe://td/svc/web, URI:spiffe://td/svc/db'],
  ['a URI inside another name', 'DNS:"x, URI:spiffe://td/svc/web"'],
  ['a quote that does not end', 'URI:"spiffe://td/svc/web'],
  ['something behind a quote', 'URI:"spiffe://td/svc/web"x'],
  ['an escape that is none', 'URI:"spiffe://td/\\q"'],
  ['something that is no name', 'spiffe'],
])('%s is no identity', (_, subjectAltName) => {
  expect(peerIdentity(subjectAltName)).toBeUndefined();
});

test('every name that a certificate can carry is read from it as it was written', async () => {
  const trustDomain = 'td.consul';
  const root = await createRoot({ trustDomain, now: Date.now() });
  for (const name of [
    'web',
    'a,b',
    "a'b",
    'a"b',
    'a\\b',
    'a b',
    'ü',
    'URI:x',
    'a, URI:spiffe://x',
  ]) {
    const spiffeId = serviceSpiffeId(trustDomain, serviceRef(name), 'dc1');
    const order = { spiffeId, ttlMs: 3_600_000, now: Date.now(), serial: 2 };
    const issued = await issueLeaf(root, order);
    if (!issued.ok) throw new Error(issued.refusal.message);
    const { subjectAltName } = new X509Certificate(issued.leaf.certificatePem);
    expect(peerIdentity(subjectAltName)).toBe(spiffeId);
  }
});
