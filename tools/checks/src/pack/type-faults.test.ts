import { expect, test } from 'vitest';
import { typeFaults } from './type-faults.ts';

const modules = [
  { package: '@chancery/ca', what: 'example 1 of its README', stem: 'ca-example-1', source: '' },
];

function faults(...lines: string[]) {
  return typeFaults(`${lines.join('\n')}\n`, modules);
}

test('an error in one of our declarations is a fault of its package', () => {
  const file = '../store/@chancery+ca@file+ca.tgz/node_modules/@chancery/ca/dist/index.d.ts';
  expect(faults(`${file}(1,8): error TS2307: Cannot find module '@chancery/identity'.`)).toEqual([
    {
      where: '@chancery/ca/dist/index.d.ts',
      what: "error TS2307: Cannot find module '@chancery/identity'.",
    },
  ]);
});

test('an error in an example is a fault of its README', () => {
  expect(
    faults('src/ca-example-1.ts(3,1): error TS2322: Not assignable.', '  Type A is not type B.'),
  ).toEqual([
    { where: '@chancery/ca, example 1 of its README', what: 'error TS2322: Not assignable.' },
  ]);
});

test('an error in the declarations of others is not ours', () => {
  const file = '../store/x509/node_modules/@peculiar/x509/build/index.d.ts';
  expect(faults(`${file}(38,62): error TS2552: Cannot find name 'BufferSource'.`)).toEqual([]);
});

test('whatever else the compiler complains of is a fault', () => {
  expect(faults('error TS5083: Cannot read file tsconfig.json.')).toEqual([
    { where: 'tsc', what: 'error TS5083: Cannot read file tsconfig.json.' },
  ]);
});

test('silence is no fault', () => {
  expect(typeFaults('', modules)).toEqual([]);
});
