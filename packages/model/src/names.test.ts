import { expect, test } from 'vitest';
import { checkId, isServiceName, nameOrWildcard, serviceId, serviceName } from './names.ts';
import { rootScope } from './scope.ts';

function accepts(decode: typeof serviceName, text: string): boolean {
  const scope = rootScope('file');
  decode(text, scope);
  return scope.issues.length === 0;
}

test.for(['web', 'WEB', '0', 'a-b_c.d', 'x'.repeat(128)])('%j is the name of a service', (name) => {
  expect(accepts(serviceName, name)).toBe(true);
  expect(isServiceName(name)).toBe(true);
  expect(accepts(nameOrWildcard, name)).toBe(true);
});

test.for(['', ' ', '*', 'a b', 'a/b', '-a', '.a', 'é', 'a\n', 'a"', 'web*', 'x'.repeat(129)])(
  '%j is no name of a service',
  (name) => {
    expect(accepts(serviceName, name)).toBe(false);
    expect(isServiceName(name)).toBe(false);
  },
);

test('IDs may hold what other tools put in them', () => {
  expect(accepts(serviceId, '_nomad-task-6e0a-group-web-db-5432')).toBe(true);
  expect(accepts(serviceId, 'host:container:80')).toBe(true);
  expect(accepts(serviceId, 'a b')).toBe(false);
  expect(accepts(checkId, 'Memory utilization')).toBe(true);
  expect(accepts(checkId, 'a\nb')).toBe(false);
});
