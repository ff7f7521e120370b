import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { X509Certificate } from '@peculiar/x509';
import { expect, test } from 'vitest';
import { createRoot } from './root.ts';
import { issued, orderFor, TRUST_DOMAIN } from './testing/issued.ts';

/** Extensions whose bytes say who it is, not what it is. */
const INDIVIDUAL = ['2.5.29.14', '2.5.29.35', '2.5.29.17'];

/** What a certificate is made of, without what differs from one certificate to the next. */
function shape(pem: string) {
  const certificate = new X509Certificate(pem);
  return {
    signature: certificate.signatureAlgorithm,
    key: certificate.publicKey.algorithm,
    subject: certificate.subjectName.toJSON().map((part) => Object.keys(part)),
    extensions: certificate.extensions.map(({ type, critical, value }) => ({
      type,
      critical,
      length: value.byteLength,
      value: INDIVIDUAL.includes(type) ? undefined : Buffer.from(value).toString('hex'),
    })),
    life: certificate.notAfter.getTime() - certificate.notBefore.getTime(),
  };
}

/** Certificates that a Consul 1.20.1 issued for itself. */
function recorded(name: string): string {
  return readFileSync(new URL(`../testdata/${name}`, import.meta.url), 'utf8');
}

test('a root is made as Consul makes one', async () => {
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
  expect(shape(root.certificatePem)).toEqual(shape(recorded('consul-root.pem')));
});

test('a leaf is made as Consul makes one', async () => {
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
  const leaf = await issued(root, orderFor('web'));
  expect(shape(leaf.certificatePem)).toEqual(shape(recorded('consul-leaf.pem')));
});
