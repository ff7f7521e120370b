import type { Violation } from '../layering.ts';
import { oldestNode } from './consumer-project.ts';
import type { Manifest, PackedPackage } from './packed-package.ts';

const promise = `>=${oldestNode}`;
const required = ['LICENSE', 'README.md', 'package.json'];
const allowed =
  /^(?:LICENSE|README\.md|package\.json)$|^dist\/.*\.(?:js|d\.ts)(?:\.map)?$|^dist\/.*\.json$|^(?:src|gen)\/.*\.ts$|^proto\/.*\.proto$/;
const forTests = /\.test\.|(?:^|\/)(?:testing|testdata|__snapshots__)\//;

/** Whether a file may be published: what is run, its types, the sources that its maps lead to and are made of, and the papers. */
export function mayBePublished(path: string): boolean {
  return allowed.test(path) && !forTests.test(path);
}

/** What is wrong with the contents of one tarball, seen without running it. */
export function tarballFaults({ manifest, files }: PackedPackage): Violation[] {
  const unwanted = files.filter((file) => !mayBePublished(file));
  return [
    ...required.filter((file) => !files.includes(file)).map((file) => `has no ${file}`),
    ...unwanted.map((file) => `has ${file}, which is not for publishing`),
    ...sourcelessOutputs(files).map((file) => `has ${file}, but not its source`),
    ...unbuiltSources(files).map((file) => `has ${file}, but not what is compiled from it`),
    ...manifestFaults(manifest),
  ].map((what) => ({ where: manifest.name, what }));
}

function manifestFaults(manifest: Manifest): string[] {
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  const ranges = Object.entries({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  return [
    ...(manifest.license ? [] : ['names no license']),
    ...(manifest.engines?.node === promise
      ? []
      : [`does not promise Node ${promise}, which is tried`]),
    ...(Object.keys(manifest.exports ?? {}).length > 0 ? [] : ['exports nothing']),
    ...ranges
      .filter(([, range]) => /^(?:workspace|catalog|file|link):/.test(range))
      .map(([name, range]) => `depends on ${name} at ${range}, which means nothing elsewhere`),
  ];
}

/** Outputs of the compiler whose source is not there: left over from before, or with a map that leads nowhere. */
export function sourcelessOutputs(files: readonly string[]): string[] {
  const present = new Set(files);
  return files.filter((file) => {
    const stem = /^dist\/(.*)\.(?:js|d\.ts)(?:\.map)?$/.exec(file)?.[1];
    return stem !== undefined && !present.has(`src/${stem}.ts`) && !present.has(`${stem}.ts`);
  });
}

function unbuiltSources(files: readonly string[]): string[] {
  const present = new Set(files);
  return files.filter((file) => {
    const [, stem, inFolder] = /^((?:src|gen)\/(.*))\.ts$/.exec(file) ?? [];
    return stem && !present.has(`dist/${stem}.js`) && !present.has(`dist/${inFolder}.js`);
  });
}
