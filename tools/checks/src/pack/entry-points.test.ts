import { expect, test } from 'vitest';
import { entryPoints } from './entry-points.ts';

function of(exports: Record<string, string | Record<string, string>>, files: string[] = []) {
  return entryPoints({ manifest: { name: '@chancery/store', exports }, files, readme: '' });
}

test('every subpath of the exports is an entry point', () => {
  const target = { types: './dist/x.d.ts', default: './dist/x.js' };
  expect(of({ '.': target, './journal-suite': target, './plain': './dist/plain.js' })).toEqual([
    '@chancery/store',
    '@chancery/store/journal-suite',
    '@chancery/store/plain',
  ]);
});

test('a star stands for each file that is there', () => {
  const target = { types: './dist/gen/*_pb.d.ts', default: './dist/gen/*_pb.js' };
  const files = [
    'dist/gen/envoy/config/cluster/v3/cluster_pb.js',
    'dist/gen/envoy/config/cluster/v3/cluster_pb.js.map',
    'dist/gen/xds/core/v3/authority_pb.js',
    'dist/gen/descriptor-set.json',
    'dist/src/index_pb.js',
  ];
  expect(of({ './*': target }, files)).toEqual([
    '@chancery/store/envoy/config/cluster/v3/cluster',
    '@chancery/store/xds/core/v3/authority',
  ]);
});
