import { expect, test } from 'vitest';
import { leafSecret, rootsSecret } from './secrets.ts';
import { readable } from './testing/readable.ts';

const pem = { certificatePem: 'a certificate', privateKeyPem: 'a key' };

test('a leaf goes out under its name, with its key', () => {
  const secret = leafSecret('leaf/ns/default/dc/dc1/svc/web', pem);
  expect(secret.name).toBe('leaf/ns/default/dc/dc1/svc/web');
  expect(readable(secret)).toMatchObject({
    name: 'leaf/ns/default/dc/dc1/svc/web',
    tls_certificate: {
      certificate_chain: { inline_string: 'a certificate' },
      private_key: { inline_string: 'a key' },
    },
  });
});

test('roots go out as what peers are checked against', () => {
  expect(readable(rootsSecret('roots/test.consul', 'two certificates'))).toMatchObject({
    name: 'roots/test.consul',
    validation_context: { trusted_ca: { inline_string: 'two certificates' } },
  });
});

test('a renewed leaf has another hash', () => {
  const [before, after] = ['one', 'two'].map((certificatePem) =>
    leafSecret('leaf', { ...pem, certificatePem }),
  );
  expect(before?.hash).not.toBe(after?.hash);
});
