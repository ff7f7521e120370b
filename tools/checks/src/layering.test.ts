import { describe, expect, test } from 'vitest';
import { layeringViolations } from './layering.ts';
import { type PackageRule, rules } from './layering-rules.ts';
import { isTestFile } from './test-files.ts';
import { readWorkspace, type WorkspacePackage } from './workspace.ts';

const root = new URL('../../..', import.meta.url).pathname;
const workspace = readWorkspace(root);

/** The real workspace with one package changed. */
function planted(name: string, change: (each: WorkspacePackage) => Partial<WorkspacePackage>) {
  return workspace.map((each) => (each.name === name ? { ...each, ...change(each) } : each));
}

/** The violations of the real workspace with one line of source added to a package. */
function withLine(name: string, line: string, path = 'src/planted.ts') {
  return layeringViolations(
    planted(name, ({ sources }) => ({ sources: [...sources, { path, text: line }] })),
    rules,
  ).filter(({ where }) => where.includes('planted'));
}

describe('the layering check', () => {
  test('finds nothing wrong with the workspace as it is', () => {
    expect(layeringViolations(workspace, rules)).toEqual([]);
  });

  test.for([
    ['a package that imports an app', 'catalog', `import '@chancery/agent';`],
    ['a foundation that imports an engine', 'model', `import { put } from '@chancery/store';`],
    ['an engine that imports an edge', 'catalog', `import '@chancery/http-api';`],
    [
      'intentions that import the store',
      'intentions',
      `import type { View } from '@chancery/store';`,
    ],
    ['a translator that imports the store', 'xds-translator', `import '@chancery/store';`],
    ['a translator that knows the server', 'xds-translator', `import '@chancery/xds-server';`],
    ['a server that knows the translator', 'xds-server', `import '@chancery/xds-translator';`],
    ['a snapshot that knows the authority', 'snapshot', `import '@chancery/ca';`],
    ['a type-only edge', 'model', `export type { View } from '@chancery/store';`],
    ['a dynamic edge', 'cli', `await import('@chancery/store');`],
    ['a library behind the wrong package', 'catalog', `import { open } from 'lmdb';`],
    ['a relative path into another package', 'catalog', `import '../../store/src/index.ts';`],
    ['what tests share outside of tests', 'cli', `import './testing/stub-agent.ts';`],
    ['a path past the exports', 'catalog', `import '@chancery/store/src/table.ts';`],
    ['node in a pure package', 'snapshot', `import { readFileSync } from 'node:fs';`],
    ['the clock in a pure package', 'snapshot', 'export const now = Date.now();'],
    ['the date in a pure package', 'snapshot', 'export const now = new Date();'],
    ['randomness in a pure package', 'intentions', 'export const dice = Math.random();'],
    ['the environment in a pure package', 'model', `export const home = process.env['HOME'];`],
    ['the console in a pure package', 'hcl', `console.log('parsed');`],
    [
      'an edge in a test without a devDependency',
      'hcl',
      `import '@chancery/store';`,
      'src/planted.test.ts',
    ],
  ] as const)('finds %s', ([, name, line, path]) => {
    expect(withLine(name, line, path)).toHaveLength(1);
  });

  test('finds an allowed import that package.json does not declare', () => {
    const bare = planted('catalog', ({ sources }) => ({
      dependencies: [],
      references: [],
      devDependencies: [],
      sources: [...sources, { path: 'src/planted.ts', text: `import '@chancery/store';` }],
    }));
    const found = layeringViolations(bare, rules).filter(({ where }) => where.includes('planted'));
    expect(found.map(({ what }) => what)).toEqual([
      'imports @chancery/store, which package.json does not declare',
    ]);
  });

  test('finds a dependency that only tests import', () => {
    const found = layeringViolations(
      planted('catalog', ({ sources }) => ({
        sources: sources.filter(({ path }) => isTestFile(path)),
      })),
      rules,
    );
    expect(found).toContainEqual({
      where: 'packages/catalog/package.json',
      what: 'depends on @chancery/store, which no source imports but for tests',
    });
  });

  test('finds an allowance that is not taken', () => {
    const generous = { ...rules, hcl: { packages: ['identity'], libraries: ['zod'], pure: true } };
    expect(layeringViolations(workspace, generous).map(({ what }) => what)).toEqual([
      'lets hcl import @chancery/identity, which its package.json does not depend on',
      'lets hcl import zod, which its package.json does not depend on',
    ]);
  });

  test('finds a dependency that the rules do not list', () => {
    const found = layeringViolations(
      planted('hcl', () => ({ dependencies: ['@chancery/store'], references: ['../store'] })),
      rules,
    );
    expect(found.some(({ where }) => where === 'packages/hcl/package.json')).toBe(true);
  });

  test('finds project references that differ from the dependencies', () => {
    const found = layeringViolations(
      planted('catalog', () => ({ references: [] })),
      rules,
    );
    expect(found.map(({ where }) => where)).toContain('packages/catalog/tsconfig.json');
  });

  test('finds a package without a rule', () => {
    const none: Record<string, PackageRule> = {};
    expect(layeringViolations(workspace, none)).toHaveLength(workspace.length);
  });

  test('leaves names alone that only look like the world', () => {
    expect(
      withLine('model', 'export const row = { process: 1, console: 2 }; row.process;'),
    ).toEqual([]);
    expect(withLine('snapshot', 'export const at = (ms: number) => new Date(ms);')).toEqual([]);
  });
});
