import { typescriptBlocks } from '../readme-examples.ts';
import { packageOf, sourceImports } from '../source-imports.ts';
import { entryPoints } from './entry-points.ts';
import type { PackedPackage } from './packed-package.ts';

/** The oldest Node that the packages promise to run on, as it stands in their `engines`. */
export const oldestNode = '22.13.0';

/** A tarball, by the name of its package. */
export interface Tarball {
  readonly name: string;
  readonly path: string;
}

/** A module that a consumer might write, and the package that it is about. */
export interface ConsumerModule {
  readonly package: string;
  readonly what: string;
  /** Without its ending. */
  readonly stem: string;
  readonly source: string;
}

/** The npm package that holds nothing but the binary of Node for a machine. */
export function nodeBinaryPackage(platform: string, arch: string): string {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** The manifest of a project that uses every package, and beside them `libraries` at their versions. */
export function consumerManifest(
  tarballs: readonly Tarball[],
  libraries: Readonly<Record<string, string>>,
): string {
  const dependencies = { ...fileReferences(tarballs), ...libraries };
  return json({ name: 'consumer', private: true, type: 'module', dependencies });
}

/**
 * The settings of its installation. Packages are kept away from the project and apart from each other:
 * one that imports what it does not declare must not find it by chance.
 */
export function consumerSettings(tarballs: readonly Tarball[], store: string): string {
  return json({
    overrides: fileReferences(tarballs),
    hoist: false,
    virtualStoreDir: store,
    ignoreScripts: true,
    preferOffline: true,
  });
}

/** One module for each package with all its entry points, and one for each example of its README. */
export function consumerModules(packages: readonly PackedPackage[]): ConsumerModule[] {
  return packages.flatMap((each) => {
    const { name } = each.manifest;
    const stem = name.split('/').at(-1) ?? name;
    const imports = entryPoints(each).map(
      (specifier, at) => `export * as e${at} from '${specifier}';\n`,
    );
    const entries = { package: name, what: 'its entry points', stem, source: imports.join('') };
    const examples = typescriptBlocks(each.readme).map((source, at) => ({
      package: name,
      what: `example ${at + 1} of its README`,
      stem: `${stem}-example-${at + 1}`,
      source,
    }));
    return [entries, ...examples];
  });
}

export const consumerTsconfig: string = json({
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    rootDir: 'src',
    outDir: 'out',
  },
  include: ['src'],
});

/** The libraries of others that the examples of a README import: what a reader would install as well. */
export function exampleLibraries(readme: string): string[] {
  const specifiers = typescriptBlocks(readme)
    .flatMap((block) => sourceImports('example.ts', block))
    .map(({ specifier }) => specifier)
    .filter((specifier) => !/^(?:node:|@chancery\/)/.test(specifier))
    .map((specifier) => packageOf(specifier));
  return [...new Set(specifiers)];
}

function fileReferences(tarballs: readonly Tarball[]): Record<string, string> {
  return Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]));
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
