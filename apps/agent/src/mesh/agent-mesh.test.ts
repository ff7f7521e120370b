import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** Every module that is loaded with one of this package. */
async function loadedWith(module: string): Promise<readonly string[]> {
  const source = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ load: (url, context, next) => { seen.push(url); return next(url, context); } });
    await import(${JSON.stringify(new URL(module, import.meta.url).href)});
    console.log(JSON.stringify(seen));`;
  const args = ['--input-type=module', '--eval', source];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 16 * 1024 * 1024 });
  return JSON.parse(stdout);
}

const ofCalls = /@connectrpc|mesh-api\/gen\/|packages\/(?:explain|plan|verify)\//;

test('an agent starts without what answers calls, which the first call loads', async () => {
  const atStart = await loadedWith('../start-agent.ts');
  expect(atStart.some((url) => url.endsWith('mesh/agent-mesh.ts'))).toBe(true);
  expect(atStart.filter((url) => ofCalls.test(url))).toEqual([]);
  const atCall = await loadedWith('./load-mesh.ts');
  expect(atCall.filter((url) => ofCalls.test(url))).not.toEqual([]);
}, 60_000);
