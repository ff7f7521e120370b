import { expect, test } from 'vitest';
import { tellVerdict } from './tell-verdict.ts';

function told(verdict: Partial<Parameters<typeof tellVerdict>[1]>): unknown[] {
  const lines: unknown[] = [];
  const at =
    (level: string) =>
    (about: object, message: string): void =>
      void lines.push([level, message, about]);
  const log = { warn: at('warn'), info: at('info'), debug: at('debug') };
  const rest = { checkId: 'c', serviceId: '', status: 'passing', output: '' } as const;
  tellVerdict(log as unknown as Parameters<typeof tellVerdict>[0], { ...rest, ...verdict });
  return lines;
}

test('a check that is well no longer is a warning, with its service and what it said', () => {
  expect(
    told({ status: 'critical', serviceId: 'db', output: 'refused', before: 'passing' }),
  ).toEqual([
    [
      'warn',
      'check is now critical',
      { part: 'checks', check: 'c', service: 'db', output: 'refused' },
    ],
  ]);
  expect(told({ status: 'warning' })).toEqual([
    ['warn', 'check is now warning', { part: 'checks', check: 'c' }],
  ]);
});

test('a check that is well again is told; that one passes from the start is not, at the usual level', () => {
  const about = { part: 'checks', check: 'c' };
  expect(told({ before: 'critical' })).toEqual([['info', 'check is now passing', about]]);
  expect(told({})).toEqual([['debug', 'check is now passing', about]]);
});

test('of what a check said the first line is told, and not all of a long one', () => {
  const output = (text: string) => {
    const [[, , about] = []] = told({ status: 'critical', output: text }) as [
      [string, string, object],
    ];
    return about;
  };
  expect(output('\nHTTP 500\n<html>')).toMatchObject({ output: 'HTTP 500' });
  expect(output('x'.repeat(500))).toMatchObject({ output: `${'x'.repeat(200)}…` });
});
