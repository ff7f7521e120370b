import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureEnvoyApi } from './ensure-envoy-api.ts';
import { presentStamp, stampPath, wantedStamp } from './stamp.ts';

let folder = '';
let lines: string[] = [];
const place = () => ({
  output: join(folder, 'gen'),
  scratch: join(folder, 'scratch'),
  log: (line: string) => lines.push(line),
});
const patience = 300_000;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'envoy-api-gen-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test(
  'two runs at once leave one whole set of modules and nothing else',
  async () => {
    await Promise.all([ensureEnvoyApi(place()), ensureEnvoyApi(place())]);
    const { output, scratch } = place();
    expect(presentStamp(output)).toBe(wantedStamp());
    expect(existsSync(join(output, 'envoy/config/listener/v3/listener_pb.ts'))).toBe(true);
    expect(existsSync(join(output, 'descriptor-set.json'))).toBe(true);
    expect(existsSync(join(output, 'google/protobuf'))).toBe(false);
    expect(readdirSync(scratch)).toEqual([]);

    const before = lines.length;
    await ensureEnvoyApi(place());
    expect(lines).toHaveLength(before);
  },
  patience,
);

test(
  'modules that were made from something else are made anew, and told in one line',
  async () => {
    const { output, scratch } = place();
    mkdirSync(output);
    writeFileSync(stampPath(output), 'an older generator');
    writeFileSync(join(output, 'left-over.ts'), '');
    await ensureEnvoyApi(place());
    expect(lines).toHaveLength(1);
    expect(presentStamp(output)).toBe(wantedStamp());
    expect(existsSync(join(output, 'left-over.ts'))).toBe(false);
    expect(readdirSync(scratch)).toEqual([]);
  },
  patience,
);

test('where they cannot be made, it says so in one sentence', async () => {
  writeFileSync(join(folder, 'scratch'), 'a file where a folder has to be');
  await expect(ensureEnvoyApi(place())).rejects.toThrow(
    /^Envoy's types cannot be generated: [^\n]+$/,
  );
});

test('run by itself where everything is there, it ends silently', () => {
  const entry = join(import.meta.dirname, 'ensure.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry], { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
