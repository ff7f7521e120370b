import { parseSync } from 'oxc-parser';

/** One import, export-from or dynamic import of a source file. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** Every module that a TypeScript source names, type-only imports included: a type is an edge too. */
export function sourceImports(file: string, text: string): Import[] {
  const { module } = parseSync(file, text);
  const at = (start: number) => text.slice(0, start).split('\n').length;
  const fixed = [
    ...module.staticImports.map((entry) => entry.moduleRequest),
    ...module.staticExports.flatMap((entry) =>
      entry.entries.flatMap((each) => (each.moduleRequest ? [each.moduleRequest] : [])),
    ),
  ].map(({ value, start }) => ({ specifier: value, line: at(start) }));
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^(['"`])(.*)\1$/s.exec(text.slice(start, end));
    return literal?.[2] === undefined ? [] : [{ specifier: literal[2], line: at(start) }];
  });
  return [...fixed, ...dynamic];
}

/** The package that a specifier leads into. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
