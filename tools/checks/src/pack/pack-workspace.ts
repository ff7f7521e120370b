import { globSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tarball } from './consumer-project.ts';
import { filesBelow } from './packed-package.ts';
import { runCommand } from './run-command.ts';
import { sourcelessOutputs } from './tarball-faults.ts';

/** A package that is meant to be published, and where it is developed. */
export interface PublishablePackage {
  readonly name: string;
  readonly folder: string;
}

/** The libraries of a checkout that are not private. */
export function publishablePackages(root: string): PublishablePackage[] {
  return globSync('packages/*/package.json', { cwd: root })
    .sort()
    .map((path) => {
      const manifest = JSON.parse(readFileSync(join(root, path), 'utf8')) as Published;
      return { ...manifest, folder: join(root, dirname(path)) };
    })
    .filter(({ private: kept }) => !kept)
    .map(({ name, folder }) => ({ name, folder }));
}

interface Published {
  readonly name: string;
  readonly private?: boolean;
}

/**
 * Compiles the packages and packs them into a folder. Rejects with the words of the compiler or of pnpm
 * when one cannot be.
 */
export async function packWorkspace(
  root: string,
  packages: readonly PublishablePackage[],
  destination: string,
): Promise<Tarball[]> {
  const folders = packages.map(({ folder }) => folder);
  for (const folder of folders) removeLeftovers(folder);
  await demand(
    root,
    process.execPath,
    join(root, 'node_modules/typescript/bin/tsc'),
    '-b',
    ...folders,
  );
  const chosen = packages.flatMap(({ name }) => ['--filter', name]);
  const packed = await pnpm(
    root,
    '-r',
    ...chosen,
    'pack',
    '--json',
    '--pack-destination',
    destination,
  );
  const listed = [JSON.parse(packed)].flat() as { name: string; filename: string }[];
  return listed.map(({ name, filename }) => ({ name, path: filename }));
}

/** The compiler writes, but never deletes: what a renamed source left behind would be published. */
function removeLeftovers(folder: string): void {
  for (const file of sourcelessOutputs(filesBelow(folder))) rmSync(join(folder, file));
}

/** Runs pnpm and returns what it wrote to its output. Rejects with all it said when it fails. */
export async function pnpm(cwd: string, ...args: string[]): Promise<string> {
  return demand(cwd, 'npx', '-y', 'pnpm@12', ...args);
}

async function demand(cwd: string, command: string, ...args: string[]): Promise<string> {
  const { ok, stdout, output } = await runCommand(cwd, 300_000, command, ...args);
  if (!ok) throw new Error(`${command} failed:\n${output}`);
  return stdout;
}
