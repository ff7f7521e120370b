import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the pack check reads of a published package.json. */
export interface Manifest {
  readonly name: string;
  readonly license?: string;
  readonly engines?: { readonly node?: string };
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package as one who installs it finds it: plain data, so that a test can make one up. */
export interface PackedPackage {
  readonly manifest: Manifest;
  /** Paths relative to the package. */
  readonly files: readonly string[];
  readonly readme: string;
}

/** Reads what was installed from a tarball. */
export function readPackedPackage(folder: string): PackedPackage {
  const files = filesBelow(folder);
  return {
    manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest,
    files,
    readme: files.includes('README.md') ? readFileSync(join(folder, 'README.md'), 'utf8') : '',
  };
}

/** Every file of a package's folder, without what is installed in it. */
export function filesBelow(folder: string): string[] {
  return globSync('**/*', {
    cwd: folder,
    withFileTypes: true,
    exclude: ({ name }) => name === 'node_modules',
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
    .sort();
}
