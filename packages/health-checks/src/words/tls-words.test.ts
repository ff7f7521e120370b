import { expect, test } from 'vitest';
import { tlsWords } from './tls-words.ts';

function fault(code: string, parts: object = {}): Error {
  return Object.assign(new Error('said by Node'), { code, ...parts });
}

const start = 'tls: failed to verify certificate: x509:';
const cert = { subjectaltname: 'DNS:web.example, DNS:localhost, IP Address:127.0.0.1' };
const nameless = { subjectaltname: 'DNS:web.example' };

test.for<[object, string | undefined]>([
  [
    { code: 'ERR_TLS_CERT_ALTNAME_INVALID', host: 'a.example', cert },
    `${start} certificate is valid for web.example, localhost, not a.example`,
  ],
  [
    { code: 'ERR_TLS_CERT_ALTNAME_INVALID', host: '10.0.0.1', cert: nameless },
    `${start} cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs`,
  ],
  [{ code: 'CERT_HAS_EXPIRED' }, `${start} certificate has expired or is not yet valid`],
  [{ code: 'EPROTO', message: 'a:SSL routines:f:some reason:b' }, 'tls: some reason'],
  [{ code: 'ECONNREFUSED' }, undefined],
])('%j', ([{ code, ...parts }, words]: [{ code?: string }, string | undefined]) => {
  expect(tlsWords(fault(code ?? '', parts))).toBe(words);
});
