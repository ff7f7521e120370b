import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = import.meta.dirname;
const modules = join(sources, '../node_modules');
const stampFile = '.stamp';

/** The packages that the generated files depend on, as they are installed. */
const inputs = ['@bufbuild/buf', '@bufbuild/protoc-gen-es', '@grpc/grpc-js-xds'] as const;

/** Where an installed input of the generator lies. */
export function installed(input: (typeof inputs)[number], ...path: string[]): string {
  return join(modules, input, ...path);
}

/**
 * Names what the generated files have to be made from: the installed inputs and the generator itself.
 * Installed, not locked: a stamp must never claim a version that was not there.
 */
export function wantedStamp(): string {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(readFileSync(installed(input, 'package.json')));
  const generator = readdirSync(sources).filter((name) => !name.endsWith('.test.ts'));
  for (const name of generator.sort()) hash.update(readFileSync(join(sources, name)));
  return hash.digest('hex');
}

/** What the files in a generated folder were made from, or undefined where there are none. */
export function presentStamp(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, stampFile), 'utf8');
  } catch {
    return undefined;
  }
}

/** The file of a generated folder that says what it was made from. */
export function stampPath(folder: string): string {
  return join(folder, stampFile);
}
