import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A package of the workspace as the checks see it: plain data, so that a test can make one up. */
export interface WorkspacePackage {
  readonly name: string;
  /** `packages`, `apps`, `examples` or `tools`. */
  readonly area: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** Paths of the project references in its tsconfig.json. */
  readonly references: readonly string[];
  readonly sources: readonly SourceFile[];
}

/** A TypeScript file, with its path relative to the package. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Reads every package below a checkout's root. */
export function readWorkspace(root: string): WorkspacePackage[] {
  return globSync('{packages,apps,examples,tools}/*/package.json', { cwd: root })
    .sort()
    .map((manifest) => readPackage(root, dirname(manifest)));
}

function readPackage(root: string, folder: string): WorkspacePackage {
  const manifest = readJson(join(root, folder, 'package.json'));
  const tsconfig = join(root, folder, 'tsconfig.json');
  const references = existsSync(tsconfig) ? (readJson(tsconfig).references ?? []) : [];
  const sources = globSync('{src,bin}/**/*.{ts,tsx}', { cwd: join(root, folder) }).sort();
  return {
    name: basename(folder),
    area: dirname(folder),
    dependencies: Object.keys(manifest.dependencies ?? {}),
    devDependencies: Object.keys(manifest.devDependencies ?? {}),
    references: references.map((reference) => reference.path),
    sources: sources.map((path) => ({
      path,
      text: readFileSync(join(root, folder, path), 'utf8'),
    })),
  };
}

interface PackageFiles {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly references?: readonly { readonly path: string }[];
}

function readJson(path: string): PackageFiles {
  return JSON.parse(readFileSync(path, 'utf8')) as PackageFiles;
}
