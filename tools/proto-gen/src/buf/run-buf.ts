import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { installed } from './installed.ts';

const run = promisify(execFile);

/** Runs buf in a folder; rejects with its own words. */
export async function runBuf(cwd: string, ...args: string[]): Promise<void> {
  await run(process.execPath, [installed('@bufbuild/buf', 'bin/buf'), ...args], { cwd });
}

/** What buf is told to make TypeScript of, into the folder `gen`. */
export function typescriptTemplate(input: object): string {
  const plugin = {
    local: [process.execPath, installed('@bufbuild/protoc-gen-es', 'bin/protoc-gen-es')],
    out: 'gen',
    opt: ['target=ts', 'import_extension=ts', 'erasable_syntax=true'],
  };
  return JSON.stringify({ version: 'v2', inputs: [input], plugins: [plugin] });
}
