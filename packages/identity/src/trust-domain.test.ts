import { expect, test } from 'vitest';
import { isTrustDomain, trustDomainOf } from './trust-domain.ts';

test('the trust domain of a cluster is a trust domain', () => {
  const domain = trustDomainOf('AA6EA51D-c88e-9b7f-ea3d-daaa62b8e96b');
  expect(domain).toBe('aa6ea51d-c88e-9b7f-ea3d-daaa62b8e96b.consul');
  expect(isTrustDomain(domain)).toBe(true);
});

test.each(['', 'Upper', 'a/b', 'a:1', 'a b', 'a\n', 'é', '%61', 'a'.repeat(256)])(
  '%j is no trust domain',
  (text) => {
    expect(isTrustDomain(text)).toBe(false);
  },
);
