import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceRef } from './service-ref.ts';
import { serviceSni } from './service-sni.ts';

test('a service is dialled under the name that Consul gives it', () => {
  const target = { service: serviceRef('db'), datacenter: 'dc1' };
  expect(serviceSni(target, 'td.consul')).toBe('db.default.dc1.internal.td.consul');
});

test('a subset stands in front', () => {
  const target = { service: serviceRef('db'), subset: 'v2', datacenter: 'dc1' };
  expect(serviceSni(target, 'td.consul')).toBe('v2.db.default.dc1.internal.td.consul');
});

test('targets that differ in one field have different names', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const field = fc.constantFrom('name', 'namespace', 'partition', 'datacenter', 'subset');
  fc.assert(
    fc.property(field, label, label, (changed, before, after) => {
      fc.pre(before !== after);
      expect(serviceSni(targetWith(changed, before), 'td')).not.toBe(
        serviceSni(targetWith(changed, after), 'td'),
      );
    }),
  );
});

function targetWith(field: string, value: string): Parameters<typeof serviceSni>[0] {
  if (field === 'datacenter') return { service: serviceRef('db'), datacenter: value };
  if (field === 'subset') return { service: serviceRef('db'), subset: value, datacenter: 'dc1' };
  return { service: { ...serviceRef('db'), [field]: value }, datacenter: 'dc1' };
}
