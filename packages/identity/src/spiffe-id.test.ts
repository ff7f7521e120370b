import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceRef } from './service-ref.ts';
import { parseSpiffeId, servicePath, serviceSpiffeId, spiffePattern } from './spiffe-id.ts';

const TRUST_DOMAIN = 'aa6ea51d-c88e-9b7f-ea3d-daaa62b8e96b.consul';

const name = fc.string({
  unit: fc.oneof(fc.constantFrom(...'.*+([|/%-_ '), fc.string({ unit: 'grapheme' })),
  minLength: 1,
});
const named = name.filter((text) => text !== '' && text.isWellFormed());
const trustDomain = fc.stringMatching(/^[a-z0-9._-]{1,40}$/);
const service = fc.record({
  name: named,
  namespace: fc.oneof(fc.constant('default'), named),
  partition: fc.oneof(fc.constant('default'), named),
});

test('an ordinary service has the identity that Consul gives it', () => {
  expect(serviceSpiffeId(TRUST_DOMAIN, serviceRef('db'), 'dc1')).toBe(
    `spiffe://${TRUST_DOMAIN}/ns/default/dc/dc1/svc/db`,
  );
});

test.each([
  ['a b', 'a%20b'],
  ['Web', 'Web'],
  ['a.b', 'a.b'],
  ['é', '%C3%A9'],
  ['a!b(c)*', 'a%21b%28c%29%2A'],
  ['a$&+,:;=@~b', 'a$&+,:;=@~b'],
])('the name %j is spelled as Go spells it in a path', (plain, spelled) => {
  expect(servicePath(serviceRef(plain), 'dc1')).toBe(`/ns/default/dc/dc1/svc/${spelled}`);
});

test('a slash in a name does not reach into its neighbours', () => {
  const id = serviceSpiffeId('td', serviceRef('a/svc/b'), 'dc1');
  expect(id).toBe('spiffe://td/ns/default/dc/dc1/svc/a%2Fsvc%2Fb');
  expect(parseSpiffeId(id)?.service.name).toBe('a/svc/b');
});

test('a name that is not well-formed Unicode does not throw', () => {
  expect(servicePath(serviceRef('a\uD800'), 'dc1')).toBe('/ns/default/dc/dc1/svc/a%EF%BF%BD');
});

test('parsing gives back what was formatted', () => {
  fc.assert(
    fc.property(trustDomain, service, named, (domain, ref, datacenter) => {
      expect(parseSpiffeId(serviceSpiffeId(domain, ref, datacenter))).toEqual({
        kind: 'service',
        trustDomain: domain,
        service: ref,
        datacenter,
      });
    }),
  );
});

test('whatever parses is spelled exactly as it would be formatted', () => {
  const segment = fc.constantFrom('db', 'a%2fb', 'a%2Fb', '%64b', 'd%', 'a b', '', '%21', '!');
  fc.assert(
    fc.property(segment, segment, segment, (ns, dc, svc) => {
      const uri = `spiffe://td/ns/${ns}/dc/${dc}/svc/${svc}`;
      const parsed = parseSpiffeId(uri);
      if (parsed) expect(serviceSpiffeId('td', parsed.service, parsed.datacenter)).toBe(uri);
    }),
  );
});

test.each([
  '',
  'spiffe://',
  'spiffe://td',
  'spiffe://td/',
  'spiffe://td/ns/default/dc/dc1/svc/',
  'spiffe://td/ns/default/dc/dc1/svc/db/',
  'spiffe://td/ns/default/dc/dc1/svc/db/x',
  'spiffe://td/ns/default/dc//svc/db',
  'spiffe://td/ns/default/dc/dc1/svc/db?x=1',
  'spiffe://td/ns/default/dc/dc1/svc/db#x',
  'spiffe://td/ns/default/dc/dc1/svc/db\n',
  'spiffe://td/ap/default/ns/default/dc/dc1/svc/db',
  'spiffe://td/ns/default/dc/dc1/svc/%64b',
  'spiffe://td/ns/default/dc/dc1/svc/a%2fb',
  'spiffe://td/ns/default/dc/dc1/svc/%ff',
  'spiffe://TD/ns/default/dc/dc1/svc/db',
  'spiffe://td:443/ns/default/dc/dc1/svc/db',
  'spiffe://user@td/ns/default/dc/dc1/svc/db',
  'SPIFFE://td/ns/default/dc/dc1/svc/db',
  'https://td/ns/default/dc/dc1/svc/db',
  'spiffe://td/agent/client/dc/dc1/id/node',
])('%j is no identity of a service', (uri) => {
  expect(parseSpiffeId(uri)).toBeUndefined();
});

test('a pattern matches its service in any datacenter', () => {
  fc.assert(
    fc.property(trustDomain, named, named, (domain, source, datacenter) => {
      const pattern = new RegExp(spiffePattern(domain, source));
      expect(pattern.test(serviceSpiffeId(domain, serviceRef(source), datacenter))).toBe(true);
    }),
  );
});

test('a pattern matches no other service, whatever the names are made of', () => {
  fc.assert(
    fc.property(trustDomain, named, named, (domain, source, other) => {
      fc.pre(source !== other && source !== '*');
      const pattern = new RegExp(spiffePattern(domain, source));
      expect(pattern.test(serviceSpiffeId(domain, serviceRef(other), 'dc1'))).toBe(false);
    }),
  );
});

test('the dot of a name and of the trust domain stands for itself', () => {
  const pattern = new RegExp(spiffePattern('a.consul', 'a.b'));
  expect(pattern.test('spiffe://a.consul/ns/default/dc/dc1/svc/a.b')).toBe(true);
  expect(pattern.test('spiffe://a.consul/ns/default/dc/dc1/svc/axb')).toBe(false);
  expect(pattern.test('spiffe://axconsul/ns/default/dc/dc1/svc/a.b')).toBe(false);
});

test('a pattern does not cross over to another trust domain, namespace or partition', () => {
  const pattern = new RegExp(spiffePattern('td', '*'));
  const web = serviceRef('web');
  expect(pattern.test(serviceSpiffeId('td', web, 'dc2'))).toBe(true);
  expect(pattern.test(serviceSpiffeId('td2', web, 'dc1'))).toBe(false);
  expect(pattern.test(serviceSpiffeId('td', { ...web, namespace: 'other' }, 'dc1'))).toBe(false);
  expect(pattern.test(serviceSpiffeId('td', { ...web, partition: 'other' }, 'dc1'))).toBe(false);
});

test('the wildcard matches every name', () => {
  fc.assert(
    fc.property(trustDomain, named, (domain, source) => {
      const pattern = new RegExp(spiffePattern(domain, '*'));
      expect(pattern.test(serviceSpiffeId(domain, serviceRef(source), 'dc1'))).toBe(true);
    }),
  );
});
