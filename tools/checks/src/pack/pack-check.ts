import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Violation } from '../layering.ts';
import {
  type ConsumerModule,
  consumerManifest,
  consumerModules,
  consumerSettings,
  consumerTsconfig,
  exampleLibraries,
  nodeBinaryPackage,
  oldestNode,
  type Tarball,
} from './consumer-project.ts';
import { moduleFaults } from './module-faults.ts';
import {
  type PublishablePackage,
  packWorkspace,
  pnpm,
  publishablePackages,
} from './pack-workspace.ts';
import { readPackedPackage } from './packed-package.ts';
import { publintFaults } from './publint-faults.ts';
import { runCommand } from './run-command.ts';
import { tarballFaults } from './tarball-faults.ts';
import { typeFaults } from './type-faults.ts';

/** What was looked at, and what is wrong with it. */
export interface PackReport {
  readonly packages: number;
  /** Modules that were compiled against the packages and run with them. */
  readonly modules: number;
  readonly faults: readonly Violation[];
}

/**
 * Publishes every library into an empty project of its own and uses it there: development runs the
 * sources, so nothing else would notice that what is published does not work. `scratch` is an empty
 * folder outside the checkout. Rejects when a package cannot be compiled, packed or installed.
 */
export async function packCheck(root: string, scratch: string): Promise<PackReport> {
  const tarballs = await packWorkspace(root, publishablePackages(root), join(scratch, 'tarballs'));
  const project = join(scratch, 'project');
  await install(root, scratch, tarballs);
  const packages = tarballs.map(({ name }) =>
    readPackedPackage(join(project, 'node_modules', name)),
  );
  const modules = consumerModules(packages);
  const nodes = [process.execPath, join(project, 'node_modules', oldNode, 'bin/node')];
  const faults = [
    ...packages.flatMap(tarballFaults),
    ...(await Promise.all(tarballs.map(publintFaults))).flat(),
    ...(await compile(root, project, modules)),
    ...(await moduleFaults(project, modules, nodes)),
  ];
  return { packages: packages.length, modules: modules.length, faults };
}

const oldNode = nodeBinaryPackage(process.platform, process.arch);

async function install(root: string, scratch: string, tarballs: readonly Tarball[]): Promise<void> {
  const project = join(scratch, 'project');
  const libraries = {
    ...Object.assign({}, ...publishablePackages(root).map(librariesOf)),
    '@types/node': versionOf(root, '@types/node'),
    [oldNode]: oldestNode,
  };
  write(project, 'package.json', consumerManifest(tarballs, libraries));
  write(project, 'pnpm-workspace.yaml', consumerSettings(tarballs, join(scratch, 'store')));
  await pnpm(project, 'install');
}

/** What the README's examples import, at the versions that they are developed with. */
function librariesOf({ folder }: PublishablePackage): Record<string, string> {
  const readme = join(folder, 'README.md');
  const names = existsSync(readme) ? exampleLibraries(readFileSync(readme, 'utf8')) : [];
  return Object.fromEntries(names.map((name) => [name, versionOf(folder, name)]));
}

function versionOf(folder: string, name: string): string {
  const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

async function compile(
  root: string,
  project: string,
  modules: readonly ConsumerModule[],
): Promise<Violation[]> {
  write(project, 'tsconfig.json', consumerTsconfig);
  for (const { stem, source } of modules) write(project, `src/${stem}.ts`, source);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { output } = await runCommand(project, 120_000, process.execPath, tsc, '--pretty', 'false');
  return typeFaults(output, modules);
}

function write(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
