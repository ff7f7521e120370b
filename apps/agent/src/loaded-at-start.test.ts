import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** Which of Node's own modules are loaded once a module of this folder is. */
async function loadedWith(module: string): Promise<readonly string[]> {
  const source = `
    await import(${JSON.stringify(new URL(module, import.meta.url).href)});
    console.log(JSON.stringify(process.moduleLoadList));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', source]);
  return JSON.parse(stdout) as readonly string[];
}

test('an agent does not load the HTTP client that it never uses: an import of node:http by name would', async () => {
  const loaded = await loadedWith('./start-agent.ts');
  expect(loaded).toContain('NativeModule http');
  expect(loaded.filter((name) => name.includes('undici'))).toEqual([]);
});
