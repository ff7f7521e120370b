import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafValidity, validityFrom } from './validity.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;
const issuer = { notBefore: NOW - HOUR, notAfter: NOW + 24 * HOUR };

test('a certificate starts a minute in the past and lives as long as it was asked to', () => {
  expect(validityFrom(NOW, HOUR)).toEqual({ notBefore: NOW - 60_000, notAfter: NOW + 59 * 60_000 });
});

test('a short life is not eaten up by the minute', () => {
  expect(validityFrom(NOW, 20_000)).toEqual({ notBefore: NOW - 2_000, notAfter: NOW + 18_000 });
});

test('a leaf never leaves the life of its issuer, and is valid when it is issued', () => {
  const start = fc.integer({ min: 0, max: 4e12 });
  const span = fc.integer({ min: 0, max: 4e11 });
  const ttl = fc.integer({ min: 10_000, max: 4e11 });
  fc.assert(
    fc.property(
      start,
      span,
      fc.integer({ min: -1e11, max: 5e11 }),
      ttl,
      (from, life, offset, ttlMs) => {
        const authority = { notBefore: from, notAfter: from + life };
        const now = from + offset;
        const validity = leafValidity(authority, now, ttlMs);
        const usable = now >= authority.notBefore && now + 60_000 <= authority.notAfter;
        expect('code' in validity).toBe(!usable);
        if ('code' in validity) return;
        expect(validity.notBefore).toBeGreaterThanOrEqual(authority.notBefore);
        expect(validity.notAfter).toBeLessThanOrEqual(authority.notAfter);
        expect(validity.notBefore).toBeLessThanOrEqual(now);
        expect(validity.notAfter).toBeGreaterThan(now);
        expect(validity.notAfter - validity.notBefore).toBeLessThanOrEqual(ttlMs);
      },
    ),
  );
});

test('a life that would outlast the issuer is cut', () => {
  expect(leafValidity(issuer, NOW, 72 * HOUR)).toMatchObject({ notAfter: issuer.notAfter });
});

test.each([
  [issuer.notAfter + 1, 'issuer-expired', 'expired at 2026-11-25T12:00:00.000Z: rotate it'],
  [issuer.notAfter - 1_000, 'issuer-expired', 'within a minute'],
  [issuer.notBefore - 1, 'issuer-not-yet-valid', 'check the clock'],
])('at %i the issuer signs nothing: %s', (now, code, message) => {
  const refusal = leafValidity(issuer, now, HOUR);
  expect(refusal).toMatchObject({ code, message: expect.stringContaining(message) });
});

test.each([0, -1, 9_999, Number.NaN])('a life of %d ms is refused', (ttlMs) => {
  expect(leafValidity(issuer, NOW, ttlMs)).toMatchObject({ code: 'ttl-too-short' });
});
