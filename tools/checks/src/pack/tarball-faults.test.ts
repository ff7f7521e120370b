import { describe, expect, test } from 'vitest';
import { oldestNode } from './consumer-project.ts';
import type { Manifest } from './packed-package.ts';
import { mayBePublished, sourcelessOutputs, tarballFaults } from './tarball-faults.ts';

const papers = ['LICENSE', 'README.md', 'package.json'];
const built = ['dist/index.js', 'dist/index.js.map', 'dist/index.d.ts', 'dist/index.d.ts.map'];
const files = [...papers, ...built, 'src/index.ts'];
const manifest: Manifest = {
  name: '@chancery/hcl',
  license: 'Apache-2.0',
  engines: { node: `>=${oldestNode}` },
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  dependencies: { '@chancery/model': '^0.1.0', immutable: '5.2.1' },
};

function faults(change: {
  readonly manifest?: object;
  readonly files?: readonly string[];
}): string[] {
  const changed = { manifest: { ...manifest, ...change.manifest }, files: change.files ?? files };
  return tarballFaults({ ...changed, readme: '' }).map(({ what }) => what);
}

describe('a tarball', () => {
  test('with what is run, its types, its sources and the papers has no fault', () => {
    expect(faults({})).toEqual([]);
  });

  test.for(papers)('without %s is at fault', (paper) => {
    expect(faults({ files: files.filter((file) => file !== paper) })).toEqual([`has no ${paper}`]);
  });

  test.for([
    'dist/index.test.js',
    'dist/testing/stub-agent.js',
    'src/testing/stub-agent.ts',
    'src/index.test.ts',
    'testdata/case/snapshot.yaml',
    'src/testdata/case.json',
    'dist/.tsbuildinfo',
    'tsconfig.json',
    'turbo.json',
    '.env',
    'src/notes.md',
    'src/status.proto',
    'node_modules/x/index.js',
  ])('may not hold %s', (file) => {
    expect(mayBePublished(file)).toBe(false);
    expect(faults({ files: [...files, file] })).toContain(
      `has ${file}, which is not for publishing`,
    );
  });

  test.for([
    'dist/gen/envoy/config/cluster/v3/cluster_pb.js',
    'dist/gen/descriptor-set.json',
    'gen/envoy/config/cluster/v3/cluster_pb.ts',
    'proto/chancery/mesh/v1/status.proto',
    'src/protocol/step.ts',
    'src/latest.ts',
  ])('may hold %s', (file) => {
    expect(mayBePublished(file)).toBe(true);
  });

  test('with an output whose source is gone is at fault', () => {
    expect(faults({ files: [...files, 'dist/renamed.js'] })).toEqual([
      'has dist/renamed.js, but not its source',
    ]);
  });

  test('with a source that was not compiled is at fault', () => {
    expect(faults({ files: [...files, 'src/forgotten.ts'] })).toEqual([
      'has src/forgotten.ts, but not what is compiled from it',
    ]);
  });

  test.for(['workspace:^', 'catalog:', 'file:../model', 'link:../model'])(
    'with a dependency at %s is at fault',
    (range) => {
      expect(faults({ manifest: { dependencies: { '@chancery/model': range } } })).toEqual([
        `depends on @chancery/model at ${range}, which means nothing elsewhere`,
      ]);
    },
  );

  test('must say its licence, its Node and what it exports', () => {
    expect(faults({ manifest: { license: '', engines: {}, exports: {} } })).toEqual([
      'names no license',
      `does not promise Node >=${oldestNode}, which is tried`,
      'exports nothing',
    ]);
  });
});

test('outputs belong to sources in src, or at the same path where several folders are compiled', () => {
  const two = ['dist/src/index.js', 'src/index.ts', 'dist/gen/a_pb.d.ts.map', 'gen/a_pb.ts'];
  expect(sourcelessOutputs(two)).toEqual([]);
  expect(sourcelessOutputs(['dist/gone.test.js', ...built, 'src/index.ts'])).toEqual([
    'dist/gone.test.js',
  ]);
});
