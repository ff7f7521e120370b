import { spawn } from 'node:child_process';

/** What became of one example. */
export interface ExampleRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/** The TypeScript blocks of a Markdown text, in order. */
export function typescriptBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
}

/** Runs a TypeScript block as a module of the package in `folder`, as a reader who pastes it would. */
export function runExample(folder: string, block: string): Promise<ExampleRun> {
  const { promise, resolve, reject } = Promise.withResolvers<ExampleRun>();
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', block], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000,
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  child.on('error', reject);
  child.on('close', (exitCode) => resolve({ exitCode, output }));
  return promise;
}
