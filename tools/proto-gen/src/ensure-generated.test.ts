import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureGenerated } from './ensure-generated.ts';
import { envoyTypes } from './envoy/envoy-types.ts';
import type { GeneratedSet } from './generated-set.ts';
import { meshTypes } from './mesh/mesh-types.ts';
import { presentStamp, stampOf, stampPath } from './stamp.ts';

let folder = '';
let lines: string[] = [];
const log = (line: string) => lines.push(line);
const patience = 300_000;

/** The same modules in another place. */
function elsewhere(set: GeneratedSet): GeneratedSet {
  return { ...set, output: join(folder, 'gen'), scratch: join(folder, 'scratch') };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proto-gen-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.for([
  {
    generated: envoyTypes,
    files: ['envoy/config/listener/v3/listener_pb.ts', 'descriptor-set.json'],
  },
  { generated: meshTypes, files: ['chancery/mesh/v1/proxies_pb.ts'] },
])('$generated.name', ({ generated, files }) => {
  test(
    'two runs at once leave one whole set of modules and nothing else',
    async () => {
      const set = elsewhere(generated);
      await Promise.all([ensureGenerated(set, log), ensureGenerated(set, log)]);
      expect(presentStamp(set.output)).toBe(set.wanted());
      for (const file of files)
        expect([file, existsSync(join(set.output, file))]).toEqual([file, true]);
      expect(existsSync(join(set.output, 'google/protobuf'))).toBe(false);
      expect(readdirSync(set.scratch)).toEqual([]);

      const before = lines.length;
      await ensureGenerated(set, log);
      expect(lines).toHaveLength(before);
    },
    patience,
  );
});

test(
  'modules that were made from something else are made anew, and told in one line',
  async () => {
    const set = elsewhere(meshTypes);
    mkdirSync(set.output);
    writeFileSync(stampPath(set.output), 'an older generator');
    writeFileSync(join(set.output, 'left-over.ts'), '');
    await ensureGenerated(set, log);
    expect(lines).toEqual(['Generating the types of the mesh API (once, a few seconds) ...']);
    expect(presentStamp(set.output)).toBe(set.wanted());
    expect(existsSync(join(set.output, 'left-over.ts'))).toBe(false);
    expect(readdirSync(set.scratch)).toEqual([]);
  },
  patience,
);

test('a proto that was changed, or is new, asks for other modules; a test does not', () => {
  const protos = join(folder, 'proto');
  cpSync(join(meshTypes.output, '../proto'), protos, { recursive: true });
  const wanted = () => stampOf({ packages: ['@bufbuild/buf'], folders: [protos] });
  const before = wanted();
  writeFileSync(join(protos, 'a.test.ts'), '');
  expect(wanted()).toBe(before);
  appendFileSync(join(protos, 'chancery/mesh/v1/proxies.proto'), '// more\n');
  const changed = wanted();
  expect(changed).not.toBe(before);
  writeFileSync(join(protos, 'new.proto'), '');
  expect(wanted()).not.toBe(changed);
});

test('where they cannot be made, it says so in one sentence', async () => {
  writeFileSync(join(folder, 'scratch'), 'a file where a folder has to be');
  await expect(ensureGenerated(elsewhere(envoyTypes), log)).rejects.toThrow(
    /^Envoy's types cannot be generated: [^\n]+$/,
  );
});

test('run by itself where everything is there, it ends silently', () => {
  const entry = join(import.meta.dirname, 'ensure.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry], { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
