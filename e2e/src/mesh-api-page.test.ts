import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { meshCalls } from '@chancery/mesh-api/calls';
import { type AgentUnderTest, agentUnderTest, until } from '@chancery/testing';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const page = await readFile(new URL('../../docs/mesh-api.md', import.meta.url), 'utf8');

/** What the page says is to be run, and what it says comes of it. */
interface Example {
  readonly command: string;
  readonly language: string;
  readonly shown: string;
}

const examples: readonly Example[] = [
  ...page.matchAll(/^```sh\n(.*?)^```\n\n^```(json|text)\n(.*?)^```/gms),
].map(([, command = '', language = '', shown = '']) => ({ command, language, shown }));

const config = /^```hcl\n(.*?)^```/ms.exec(page)?.[1] ?? '';

const curl = await run('curl', ['--version']).then(
  ({ stdout }) => stdout,
  () => '',
);

async function output({ command }: Example, { ports }: AgentUnderTest): Promise<string> {
  const own = command
    .replaceAll('127.0.0.1:8500', `127.0.0.1:${ports.http}`)
    .replaceAll('127.0.0.1:8502', `127.0.0.1:${ports.grpc}`);
  // A stream that a reader leaves after a while ends with an error of curl's.
  const { stdout } = await run('sh', ['-c', own]);
  return stdout;
}

/** Whether a value is as it is shown: what is left out there may be there, and `…` is anything that is not nothing. */
function isAsShown(value: unknown, shown: unknown): boolean {
  if (shown === '…') return value !== undefined && value !== '' && value !== null;
  if (typeof shown !== 'object' || shown === null) return value === shown;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(shown) && shown.length === 0) return Array.isArray(value) && value.length === 0;
  return Object.entries(shown).every(([key, each]) =>
    isAsShown((value as Record<string, unknown>)[key], each),
  );
}

function isTextAsShown(text: string, shown: string): boolean {
  const parts = shown.split('…').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('[^\\n]+')}$`).test(text.replaceAll('\r', ''));
}

describe.runIf(curl !== '')('docs/mesh-api.md', () => {
  test('has every call once at least', () => {
    for (const path of Object.keys(meshCalls)) expect(page).toContain(path);
    const blocks = page.match(/^```sh$/gm) ?? [];
    expect(examples).toHaveLength(blocks.length);
  });

  test('says what comes of each of its lines, one after the other', async () => {
    await using agent = await agentUnderTest({ config });
    await until(async () => (await agent.client.catalog.services()).value['web'] !== undefined, {
      withinMs: 10_000,
      what: 'the services are there',
    });
    for (const example of examples) {
      if (example.command.includes('http2') && !curl.includes('HTTP2')) continue;
      const text = await output(example, agent);
      const where = `${example.command}${text}`;
      if (example.language === 'text') {
        expect([where, isTextAsShown(text, example.shown)]).toEqual([where, true]);
      } else {
        const values = text
          .trim()
          .split('\n')
          .map((line): unknown => JSON.parse(line));
        const shown: unknown = JSON.parse(example.shown);
        expect([where, values.some((each) => isAsShown(each, shown))]).toEqual([where, true]);
      }
    }
  });
});
