import type { PackedPackage } from './packed-package.ts';

/** Every specifier by which a published package can be imported, `*` written out for the files that are there. */
export function entryPoints({ manifest, files }: PackedPackage): string[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([subpath, conditions]) => {
    const target = typeof conditions === 'string' ? conditions : (conditions['default'] ?? '');
    return stars(target, files).map((star) => manifest.name + subpath.slice(1).replace('*', star));
  });
}

/** What `*` stands for in a target: once nothing where it has none. */
function stars(target: string, files: readonly string[]): string[] {
  const [before = '', after] = target.replace(/^\.\//, '').split('*');
  if (after === undefined) return [''];
  return files
    .filter((file) => file.startsWith(before) && file.endsWith(after))
    .map((file) => file.slice(before.length, file.length - after.length));
}
