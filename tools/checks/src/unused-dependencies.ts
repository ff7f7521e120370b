import type { PackageRule } from './layering-rules.ts';
import { packageOf, sourceImports } from './source-imports.ts';
import { isTestFile } from './test-files.ts';
import type { WorkspacePackage } from './workspace.ts';

/** What is allowed and not declared, or declared and not imported: a door that nobody goes through. */
export function unusedDependencies(
  each: WorkspacePackage,
  rule: PackageRule,
): { readonly allowed: string[]; readonly declared: string[] } {
  const shipped = each.sources.filter(({ path }) => !isTestFile(path));
  const imported = new Set(
    shipped.flatMap(({ path, text }) =>
      sourceImports(path, text).map(({ specifier }) => packageOf(specifier)),
    ),
  );
  const allowed = [...rule.packages.map((name) => `@chancery/${name}`), ...(rule.libraries ?? [])];
  return {
    allowed: allowed.filter((name) => !each.dependencies.includes(name)),
    declared: each.dependencies.filter((name) => !imported.has(name)),
  };
}
