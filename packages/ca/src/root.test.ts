import { createPrivateKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeCertificate } from './certificate.ts';
import { readKeyPair } from './key-pair.ts';
import { createRoot, parseRoot, ROOT_TTL_MS } from './root.ts';
import { issued, orderFor, TRUST_DOMAIN } from './testing/issued.ts';

const NOW = Date.UTC(2026, 10, 24, 12);

test('a root says of itself what its certificate says', async () => {
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: NOW, serial: 258 });
  const described = describeCertificate(root.certificatePem);
  expect(described).toMatchObject({
    fingerprint: root.id,
    keyId: root.signingKeyId,
    serialNumber: '01:02',
    uris: [`spiffe://${TRUST_DOMAIN}`],
    isAuthority: true,
    validity: root.validity,
  });
  expect(described?.commonName).toMatch(/^pri-[0-9a-f]{7}\.chancery\.ca\.aa6ea51d\.consul$/);
  expect(root.serialNumber).toBe(258);
  expect(root.validity.notAfter - root.validity.notBefore).toBe(ROOT_TTL_MS);
});

test('a root that lives beyond 2049, where dates are written differently, is read back', async () => {
  const now = Date.UTC(2045, 0, 1);
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now });
  expect(root.validity).toEqual({ notBefore: now - 60_000, notAfter: now - 60_000 + ROOT_TTL_MS });
});

test('no two roots share a name or an ID', async () => {
  const roots = await Promise.all(
    Array.from({ length: 8 }, () => createRoot({ trustDomain: TRUST_DOMAIN, now: NOW })),
  );
  const names = roots.map((root) => describeCertificate(root.certificatePem)?.commonName);
  expect(new Set(names).size).toBe(8);
  expect(new Set(roots.map(({ id }) => id)).size).toBe(8);
});

test('a text that is no trust domain gets no root', async () => {
  await expect(createRoot({ trustDomain: 'Not A Domain', now: NOW })).rejects.toThrow(
    'Not A Domain',
  );
});

test('a root is read back from its two texts and signs as before', async () => {
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
  const read = parseRoot(root.certificatePem, root.privateKey.reveal());
  if (!read.ok) throw new Error(read.problem);
  const { privateKey, ...rest } = read.root;
  expect(root).toMatchObject(rest);
  expect(privateKey.reveal()).toBe(root.privateKey.reveal());
  const leaf = await issued(read.root, orderFor('web'));
  expect(leaf.rootId).toBe(root.id);
});

test('a root that was pasted from another system is read: CRLF, trailing blanks, a PKCS #8 key', async () => {
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: NOW });
  const pkcs8 = createPrivateKey(root.privateKey.reveal()).export({ type: 'pkcs8', format: 'pem' });
  for (const key of [pkcs8.toString(), root.privateKey.reveal()]) {
    const read = parseRoot(touched(root.certificatePem), touched(key));
    expect(read).toMatchObject({ ok: true, root: { id: root.id } });
  }
});

function touched(pem: string): string {
  return `\r\n${pem.replaceAll('\n', ' \t\r\n')}  \r\n\r\n`;
}

test('a root can be made of a key that exists already', async () => {
  const { privateKey, signingKeyId } = await createRoot({ trustDomain: TRUST_DOMAIN, now: NOW });
  const key = readKeyPair(privateKey.reveal());
  const again = await createRoot({
    trustDomain: TRUST_DOMAIN,
    now: NOW,
    serial: 7,
    ...(key && { key }),
  });
  expect(again.signingKeyId).toBe(signingKeyId);
  expect(again.privateKey.reveal()).toBe(privateKey.reveal());
  expect(readKeyPair('no key')).toBeUndefined();
});

test('what is no root is refused with its reason', async () => {
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
  const other = await createRoot({ trustDomain: TRUST_DOMAIN, now: Date.now() });
  const key = root.privateKey.reveal();
  const leaf = await issued(root, orderFor('web'));
  const reasons = [
    parseRoot('', key),
    parseRoot(leaf.certificatePem, leaf.privateKey.reveal()),
    parseRoot(root.certificatePem, 'nonsense'),
    parseRoot(root.certificatePem, other.privateKey.reveal()),
  ].map((read) => (read.ok ? 'a root' : read.problem));
  expect(reasons).toEqual([
    'there is no certificate that can be read',
    'the certificate is none of an authority',
    'there is no EC P-256 private key that can be read',
    'the private key is not the one of the certificate',
  ]);
});

test('a printed root shows no key', async () => {
  const root = await createRoot({ trustDomain: TRUST_DOMAIN, now: NOW });
  const body = root.privateKey.reveal().split('\n')[1];
  expect(JSON.stringify(root)).not.toContain(body);
  expect(JSON.stringify(root)).toContain('"privateKey":"<secret>"');
  expect(body).toHaveLength(64);
});
