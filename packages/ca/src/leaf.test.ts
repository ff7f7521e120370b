import 'reflect-metadata';
import { createPrivateKey, generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto';
import { Pkcs10CertificateRequestGenerator, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeCertificate } from './certificate.ts';
import { issueLeaf, signCsr } from './leaf.ts';
import { formatPem, parsePem } from './pem.ts';
import { createRoot, type Root } from './root.ts';
import { accepted, HOUR, issued, orderFor, TRUST_DOMAIN } from './testing/issued.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
let root: Root;
beforeAll(async () => {
  root = await createRoot({ trustDomain: TRUST_DOMAIN, now: NOW });
});

test('a leaf is signed by its root, for the service alone, with the key that comes with it', async () => {
  const order = orderFor('web', { now: NOW, serial: 268 });
  const leaf = await issued(root, order);
  const certificate = new X509Certificate(leaf.certificatePem);
  const authority = new X509Certificate(root.certificatePem);
  expect(certificate.checkIssued(authority)).toBe(true);
  expect(certificate.verify(authority.publicKey)).toBe(true);
  expect(certificate.checkPrivateKey(createPrivateKey(leaf.privateKey.reveal()))).toBe(true);
  expect(describeCertificate(leaf.certificatePem)).toMatchObject({
    serialNumber: '01:0c',
    uris: [order.spiffeId],
    isAuthority: false,
    validity: { notBefore: NOW - 60_000, notAfter: NOW - 60_000 + 72 * HOUR },
  });
  expect(leaf).toMatchObject({ serialNumber: '01:0c', spiffeId: order.spiffeId, rootId: root.id });
});

test('a leaf of another root does not verify', async () => {
  const other = await createRoot({ trustDomain: TRUST_DOMAIN, now: NOW });
  const leaf = await issued(other, orderFor('web', { now: NOW }));
  const certificate = new X509Certificate(leaf.certificatePem);
  expect(certificate.verify(new X509Certificate(root.certificatePem).publicKey)).toBe(false);
});

test('the key is spelled as Consul spells it', async () => {
  const leaf = await issued(root, orderFor('web', { now: NOW }));
  expect(leaf.privateKey.reveal()).toMatch(
    /^-----BEGIN EC PRIVATE KEY-----\n[\s\S]+\n-----END EC PRIVATE KEY-----\n$/,
  );
  expect(JSON.stringify(leaf)).toContain('"privateKey":"<secret>"');
});

test.each([1, 127, 128, 255, 256, 32_768, 2 ** 40])('serial number %i is kept', async (serial) => {
  const leaf = await issued(root, orderFor('web', { now: NOW, serial }));
  expect(describeCertificate(leaf.certificatePem)?.serialNumber).toBe(leaf.serialNumber);
  expect(Number.parseInt(leaf.serialNumber.replaceAll(':', ''), 16)).toBe(serial);
});

test.each([
  'spiffe://other.consul/ns/default/dc/dc1/svc/web',
  `spiffe://${TRUST_DOMAIN}/agent/server/dc/dc1`,
  `spiffe://${TRUST_DOMAIN}/ns/default/dc/dc1/svc/%77eb`,
  `spiffe://${TRUST_DOMAIN}`,
  '',
])('%j is refused: it is no service of the trust domain', async (spiffeId) => {
  const result = await issueLeaf(root, orderFor('web', { now: NOW, spiffeId }));
  expect(result).toMatchObject({ ok: false, refusal: { code: 'identity-not-ours' } });
});

test('an expired root signs nothing and says so', async () => {
  const now = root.validity.notAfter + 1;
  const result = await issueLeaf(root, orderFor('web', { now }));
  expect(result).toMatchObject({
    ok: false,
    refusal: { code: 'issuer-expired', message: expect.stringContaining('rotate it') },
  });
});

test('a leaf does not outlive its root', async () => {
  const now = root.validity.notAfter - HOUR;
  const leaf = await issued(root, orderFor('web', { now }));
  const validity = describeCertificate(leaf.certificatePem)?.validity;
  expect(validity).toEqual(leaf.validity);
  expect(validity?.notAfter).toBe(root.validity.notAfter);
});

describe('of a certificate request', () => {
  const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

  async function requestFor(algorithm: webcrypto.AlgorithmIdentifier | object = P256) {
    const keys = (await webcrypto.subtle.generateKey(algorithm as never, true, [
      'sign',
      'verify',
    ])) as webcrypto.CryptoKeyPair;
    const request = await Pkcs10CertificateRequestGenerator.create({
      name: 'CN=admin',
      keys,
      signingAlgorithm: algorithm as never,
      extensions: [
        new SubjectAlternativeNameExtension([{ type: 'url', value: 'spiffe://other/x' }]),
      ],
    });
    return { pem: request.toString('pem'), spki: new Uint8Array(request.publicKey.rawData) };
  }

  test('only the public key is taken', async () => {
    const { pem, spki } = await requestFor();
    const order = orderFor('web', { now: NOW });
    const leaf = accepted(await signCsr(root, pem, order));
    const certificate = new X509Certificate(leaf.certificatePem);
    expect(certificate.publicKey.export({ type: 'spki', format: 'der' })).toEqual(
      Buffer.from(spki),
    );
    expect(certificate.subject).toBeFalsy();
    expect(describeCertificate(leaf.certificatePem)?.uris).toEqual([order.spiffeId]);
    expect(certificate.verify(new X509Certificate(root.certificatePem).publicKey)).toBe(true);
  });

  test('another key than the one that signed it is refused', async () => {
    const { pem } = await requestFor();
    const [block] = parsePem(pem);
    if (block === undefined) throw new Error('no request');
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const foreign = publicKey.export({ type: 'spki', format: 'der' });
    const own = Buffer.from(block.der);
    const at = own.indexOf(foreign.subarray(0, 26));
    own.set(foreign, at);
    const swapped = formatPem({ label: 'CERTIFICATE REQUEST', der: own });
    const result = await signCsr(root, swapped, orderFor('web', { now: NOW }));
    expect(at).toBeGreaterThan(0);
    expect(result).toMatchObject({ ok: false, refusal: { code: 'request-not-accepted' } });
  });

  test.each([
    '',
    'x',
    '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n',
  ])('%j is refused', async (pem) => {
    const result = await signCsr(root, pem, orderFor('web', { now: NOW }));
    expect(result).toMatchObject({ ok: false, refusal: { code: 'request-not-accepted' } });
  });

  test('a weak key is refused', async () => {
    const { pem } = await requestFor({
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 1024,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: 'SHA-256',
    });
    const result = await signCsr(root, pem, orderFor('web', { now: NOW }));
    expect(result).toMatchObject({
      ok: false,
      refusal: { message: expect.stringContaining('2048') },
    });
  });

  test('an identity of another trust domain is refused, and so is an expired root', async () => {
    const { pem } = await requestFor();
    const foreign = 'spiffe://other.consul/ns/default/dc/dc1/svc/web';
    const results = [
      await signCsr(root, pem, orderFor('web', { now: NOW, spiffeId: foreign })),
      await signCsr(root, pem, orderFor('web', { now: root.validity.notAfter })),
    ];
    expect(results).toMatchObject([
      { ok: false, refusal: { code: 'identity-not-ours' } },
      { ok: false, refusal: { code: 'issuer-expired' } },
    ]);
  });
});
