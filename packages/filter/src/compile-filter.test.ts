import { expect, test } from 'vitest';
import { compileFilter } from './compile-filter.ts';
import type { RecordShape } from './record-shape.ts';

const shape: RecordShape = {
  fields: {
    Node: { fields: { Node: 'text', Meta: { map: 'text' } } },
    Service: {
      fields: {
        Service: 'text',
        Port: 'number',
        Tags: { list: 'text' },
        Meta: { map: 'text' },
        EnableTagOverride: 'flag',
      },
    },
    Checks: { list: { fields: { Status: 'text', ServiceTags: { list: 'text' } } } },
  },
};

const start = 'Failed to create boolean expression evaluator: ';

function complaint(expression: string): string {
  const compiled = compileFilter(expression, shape);
  return compiled.ok ? 'none' : compiled.message.replace(start, '');
}

test.each([
  ['Nope == 1', 'Selector "Nope" is not valid (column 1): did you mean Node?'],
  ['service.port == 1', 'Selector "service" is not valid (column 1): did you mean Service.Port?'],
  [
    'ServicePort == 1',
    'Selector "ServicePort" is not valid (column 1): did you mean Service.Port?',
  ],
  ['Port == 1', 'Selector "Port" is not valid (column 1): did you mean Service.Port?'],
  ['Servce.Port == 1', 'Selector "Servce" is not valid (column 1): did you mean Service.Port?'],
  [
    'service.meta.k == v',
    'Selector "service" is not valid (column 1): did you mean Service.Meta.k?',
  ],
  ['xyz == 1', 'Selector "xyz" is not valid (column 1): expected one of Node, Service, Checks'],
  [
    'constructor == 1',
    'Selector "constructor" is not valid (column 1): expected one of Node, Service, Checks',
  ],
  [
    'Service.Meta.a.b == c',
    'Selector "Service.Meta.a.b" is not valid (column 1): Service.Meta.a is a value, and has no fields',
  ],
])('%s names the selector that was probably meant', (expression, message) => {
  expect(complaint(expression)).toBe(message);
});

test('a complaint points at the place it is about', () => {
  const place = (expression: string) => {
    const compiled = compileFilter(expression, shape);
    return compiled.ok ? 'none' : `${compiled.line}:${compiled.column}`;
  };
  expect(place('Service.Port == 1 and Nope == 1')).toBe('1:23');
  expect(place('Service.Port == abc')).toBe('1:17');
  expect(place('Service.Service == "é" and\n Nope == 1')).toBe('2:2');
  expect(place('Service.Service == "é" and')).toBe('1:27');
  expect(complaint('Service.Service == "é" and')).toMatch(/^1:27 \(27\): /);
  expect(complaint('Service.Port == 1 and\n Nope == 1')).toContain('(line 2, column 2)');
});

test('an operator that makes no sense for what is selected is refused with those that do', () => {
  expect(complaint('Service.Port is empty')).toBe(
    'Invalid match operator "Is Empty" for selector "Service.Port" (column 1): it is a number; use == or !=',
  );
  expect(complaint('Checks == x')).toContain(
    'it is a list of objects; use is empty, or select a field of them',
  );
});
