import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeCertificate } from './certificate.ts';
import { createRoot } from './root.ts';
import { issued, orderFor, TRUST_DOMAIN } from './testing/issued.ts';

function recorded(name: string): string {
  return readFileSync(new URL(`../testdata/${name}`, import.meta.url), 'utf8');
}

test('the root of a real Consul is described as its API describes it', () => {
  expect(describeCertificate(recorded('consul-root.pem'))).toMatchObject({
    fingerprint: 'cd:85:5e:4b:a0:81:ff:a8:d6:e6:4c:80:cc:24:24:b3:aa:bc:8c:95',
    serialNumber: '07',
    commonName: 'pri-18rnx8n.consul.ca.3d4a29e4.consul',
    isAuthority: true,
  });
});

test('the leaf of a real Consul is described as its API describes it', () => {
  const { serialNumber, keyId, commonName, isAuthority, uris } =
    describeCertificate(recorded('consul-leaf.pem')) ?? {};
  expect(serialNumber).toBe('01:0d');
  expect(keyId).toMatch(/^da:04:61:d1:71:07:.*:35:3b:33$/);
  expect(commonName).toBeUndefined();
  expect(isAuthority).toBe(false);
  expect(uris?.[0]).toMatch(
    /^spiffe:\/\/3d4a29e4-[-0-9a-f]+\.consul\/ns\/default\/dc\/dc1\/svc\/web$/,
  );
});

test('a certificate that was touched by another system is read and written canonically', () => {
  const pem = recorded('consul-root.pem');
  const touched = `\uFEFFsubject=x\r\n${pem.replaceAll('\n', '  \r\n')}\r\n\r\n`;
  expect(describeCertificate(touched)?.certificatePem).toBe(pem);
});

test.each(['', 'nonsense', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
  '%j is no certificate',
  (text) => {
    expect(describeCertificate(text)).toBeUndefined();
  },
);

test.each(['a,b', 'a, URI:b', 'a"b', 'é', 'a b'])(
  'the identity of a service named %j is read back whole',
  async (name) => {
    const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
    const order = orderFor(name);
    const leaf = await issued(root, order);
    expect(describeCertificate(leaf.certificatePem)?.uris).toEqual([order.spiffeId]);
  },
);
