import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { consulBinary } from './consul-binary.ts';

test('a Consul is what is named, else on the path, else nowhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-consul-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => said.mockRestore());
  const onPath = join(folder, 'consul');
  writeFileSync(onPath, '');
  const base = { XDG_CACHE_HOME: join(folder, 'none') };
  expect(consulBinary({ ...base, PATH: `/nowhere:${folder}` })).toBe(onPath);
  expect(consulBinary({ ...base, PATH: '/nowhere' })).toBeUndefined();
  expect(consulBinary({ ...base, PATH: folder, CHANCERY_CONSUL: '/nope' })).toBeUndefined();
  expect(said).toHaveBeenCalledTimes(2);
});
