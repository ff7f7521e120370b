import { impurities } from './impurities.ts';
import type { PackageRule } from './layering-rules.ts';
import { packageOf, sourceImports } from './source-imports.ts';
import { isTestFile } from './test-files.ts';
import { unusedDependencies } from './unused-dependencies.ts';
import type { SourceFile, WorkspacePackage } from './workspace.ts';

/** An edge, or a look at the world, that the rules do not allow. */
export interface Violation {
  readonly where: string;
  readonly what: string;
}

const scope = '@chancery/';

/** Every way in which a workspace departs from its rules. */
export function layeringViolations(
  workspace: readonly WorkspacePackage[],
  rules: Readonly<Record<string, PackageRule>>,
): Violation[] {
  return workspace.flatMap((each) => {
    const rule = rules[each.name];
    if (!rule) return [{ where: folder(each), what: 'has no entry in layering-rules.ts' }];
    return [
      ...manifestViolations(each, rule),
      ...unusedViolations(each, rule),
      ...referenceViolations(each),
      ...each.sources.flatMap((source) => sourceViolations(each, rule, source)),
    ];
  });
}

function manifestViolations(each: WorkspacePackage, rule: PackageRule): Violation[] {
  const allowed = new Set([
    ...rule.packages.map((name) => scope + name),
    ...(rule.libraries ?? []),
  ]);
  return each.dependencies
    .filter((name) => !allowed.has(name))
    .map((name) => ({
      where: `${folder(each)}/package.json`,
      what: `depends on ${name}, which its layering rule does not list`,
    }));
}

function unusedViolations(each: WorkspacePackage, rule: PackageRule): Violation[] {
  const { allowed, declared } = unusedDependencies(each, rule);
  return [
    ...allowed.map((name) => ({
      where: 'tools/checks/src/layering-rules.ts',
      what: `lets ${each.name} import ${name}, which its package.json does not depend on`,
    })),
    ...declared.map((name) => ({
      where: `${folder(each)}/package.json`,
      what: `depends on ${name}, which no source imports but for tests`,
    })),
  ];
}

function referenceViolations(each: WorkspacePackage): Violation[] {
  const wanted = [...each.dependencies, ...each.devDependencies]
    .filter((name) => name.startsWith(scope))
    .map((name) => name.slice(scope.length))
    .sort();
  const found = each.references.map((path) => path.split('/').at(-1) ?? '').sort();
  if (wanted.join() === found.join()) return [];
  return [
    {
      where: `${folder(each)}/tsconfig.json`,
      what: `references [${found.join(', ')}], but package.json depends on [${wanted.join(', ')}]`,
    },
  ];
}

function sourceViolations(
  each: WorkspacePackage,
  rule: PackageRule,
  source: SourceFile,
): Violation[] {
  const isTest = isTestFile(source.path);
  const where = (line: number) => `${folder(each)}/${source.path}:${line}`;
  const edges = sourceImports(source.path, source.text).flatMap(({ specifier, line }) => {
    const what = edgeViolation(each, rule, source, specifier, isTest);
    return what ? [{ where: where(line), what }] : [];
  });
  if (!rule.pure || isTest) return edges;
  const looks = impurities(source.path, source.text).map(({ what, line }) => ({
    where: where(line),
    what: `uses ${what}: ${each.name} is pure and must be handed its effects`,
  }));
  return [...edges, ...looks];
}

/** What is wrong with one import, if anything is. */
function edgeViolation(
  each: WorkspacePackage,
  rule: PackageRule,
  source: SourceFile,
  specifier: string,
  isTest: boolean,
): string | undefined {
  if (specifier.startsWith('.')) {
    if (!isTest && isTestFile(specifier)) return `imports ${specifier}, which is for tests`;
    return leavesPackage(source.path, specifier)
      ? `imports ${specifier}, which lies outside its package`
      : undefined;
  }
  if (specifier.startsWith('node:')) {
    return rule.pure && !isTest ? `imports ${specifier}: ${each.name} is pure` : undefined;
  }
  return packageEdgeViolation(each, rule, specifier, isTest);
}

function packageEdgeViolation(
  each: WorkspacePackage,
  rule: PackageRule,
  specifier: string,
  isTest: boolean,
): string | undefined {
  const name = packageOf(specifier);
  if (name === scope + each.name) return undefined;
  if (/\/(src|dist)\//.test(specifier)) return `imports ${specifier} past the package's exports`;
  const allowed = name.startsWith(scope)
    ? rule.packages.includes(name.slice(scope.length))
    : (rule.libraries ?? []).includes(name);
  const declared = each.dependencies.includes(name);
  const declaredForTests = isTest && each.devDependencies.includes(name);
  if (declaredForTests || (allowed && declared)) return undefined;
  return allowed
    ? `imports ${name}, which package.json does not declare`
    : `imports ${name}, which its layering rule does not list`;
}

function leavesPackage(path: string, specifier: string): boolean {
  const depth = path.split('/').length - 1;
  const ups = specifier.split('/').filter((part) => part === '..').length;
  return ups > depth;
}

function folder(each: WorkspacePackage): string {
  return `${each.area}/${each.name}`;
}
