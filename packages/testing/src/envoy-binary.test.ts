import { expect, test } from 'vitest';
import { runToEnd } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';

const module = JSON.stringify(new URL('envoy-binary.ts', import.meta.url).href);
const script = `console.log(String(await (await import(${module})).envoyBinary()))`;

/** What comes of looking for an Envoy on a machine that has neither one nor a way to install it. */
async function withoutEnvoy(CI: string): Promise<Awaited<ReturnType<typeof runToEnd>>> {
  await using folder = await temporaryFolder();
  return await runToEnd({
    program: process.execPath,
    args: ['--input-type=module', '-e', script],
    env: { PATH: '', HOME: folder.path, XDG_DATA_HOME: folder.path, CI },
  });
}

test('without an Envoy, what is skipped is said aloud', async () => {
  const { code, output } = await withoutEnvoy('');
  expect(output).toMatch(/^SKIPPED: .*could not be installed/m);
  expect(output).toMatch(/^undefined$/m);
  expect(code).toBe(0);
});

test('without an Envoy in CI, nothing is skipped: it is an error', async () => {
  const { code, output } = await withoutEnvoy('true');
  expect(output).toContain('Error: Envoy could not be installed');
  expect(output).not.toContain('SKIPPED');
  expect(code).toBe(1);
});
