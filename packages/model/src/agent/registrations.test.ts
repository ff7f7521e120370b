import { describe, expect, test } from 'vitest';
import { file, mistakes } from '../testing/agent-files.ts';

test('an ID that stands twice is refused, over all sources and for sidecars too', () => {
  const web = { name: 'web', connect: { sidecar_service: {} } };
  const services = [{ name: 'web' }, { name: 'x', id: 'web-sidecar-proxy' }];
  const checks = [{ id: 'c', ttl: '1s' }];
  expect(mistakes([file({ service: web, checks }), file({ services, checks }, 'b.hcl')])).toEqual([
    'b.hcl: services[0]: the ID "web" is already taken by service[0] in a.hcl: give one of them another id',
    'b.hcl: services[1]: the ID "web-sidecar-proxy" is already taken by service[0] in a.hcl: give one of them another id',
    'b.hcl: checks[0]: the check ID "c" is already taken by checks[0] in a.hcl: give one of them another id',
  ]);
});

describe('ports of sidecars', () => {
  const sidecars = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      name: `s${index}`,
      connect: { sidecar_service: {} },
    }));

  test('the default range is enough for 256 sidecars', () => {
    expect(mistakes([file({ services: sidecars(256) })])).toEqual([]);
    expect(mistakes([file({ services: sidecars(257) })])).toEqual([
      'a.hcl: services[256]: no port provided for sidecar_service and none left in the configured range [21000, 21255]',
    ]);
  });

  test('ports that are taken by hand are not given out', () => {
    const ports = { sidecar_min_port: 100, sidecar_max_port: 102 };
    const taken = { name: 'taken', port: 101 };
    expect(mistakes([file({ ports, services: [...sidecars(2), taken] })])).toEqual([]);
    expect(mistakes([file({ ports, services: [...sidecars(3), taken] })])).toEqual([
      'a.hcl: services[2]: no port provided for sidecar_service and none left in the configured range [100, 102]',
    ]);
  });

  test('a range of 0 gives out none', () => {
    const ports = { sidecar_min_port: 0, sidecar_max_port: 0 };
    expect(mistakes([file({ ports, services: sidecars(1) })])).toEqual([
      'a.hcl: services[0]: no port provided for sidecar_service and auto-assignment disabled in config',
    ]);
  });
});
