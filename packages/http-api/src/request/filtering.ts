import type { compileFilter, RecordShape } from '@chancery/filter';
import { failure, type Reply } from '../reply.ts';
import type { Matches } from '../route.ts';

/** What to leave of a list; all of it without an expression. `shown` has a list shown with what is left. */
export type Filtering =
  | { readonly ok: true; readonly shown: (show: (matches?: Matches) => Reply) => Reply }
  | { readonly ok: false; readonly reply: Reply };

const everything: Filtering = { ok: true, shown: (show) => show() };

/** Queries are shared by requests with the same first line, and each goes to one route. */
const compiled = new WeakMap<URLSearchParams, Filtering>();

type Compiler = typeof compileFilter;

/** Loaded by the first who filters: it brings regular expressions of its own, which most agents never need. */
let compiler: Compiler | undefined;

/** Reads `?filter=` for a list of such records. */
export function filteringOf(
  query: URLSearchParams,
  shape: RecordShape | undefined,
): Filtering | Promise<Filtering> {
  if (shape === undefined) return everything;
  const expression = query.get('filter') ?? '';
  if (expression === '') return everything;
  const before = compiled.get(query);
  if (before !== undefined) return before;
  const compileAs = (compileFilter: Compiler): Filtering => {
    const filtering = compile(compileFilter, expression, shape);
    compiled.set(query, filtering);
    return filtering;
  };
  return compiler === undefined ? loadCompiler().then(compileAs) : compileAs(compiler);
}

async function loadCompiler(): Promise<Compiler> {
  const { compileFilter } = await import('@chancery/filter');
  compiler = compileFilter;
  return compileFilter;
}

/** How long the regular expressions of a filter may look at one list: nobody else is answered meanwhile. */
const longestMs = 500;

/** Refused as Consul refuses it, and in its words: scripts look for them. */
function compile(compileFilter: Compiler, expression: string, shape: RecordShape): Filtering {
  let end = 0;
  let isOver = false;
  const filter = compileFilter(expression, shape, () => {
    isOver ||= performance.now() > end;
    return !isOver;
  });
  if (!filter.ok) return { ok: false, reply: failure(500, filter.message) };
  const shown = (show: (matches: Matches) => Reply): Reply => {
    end = performance.now() + longestMs;
    isOver = false;
    const reply = show(filter.matches);
    return isOver ? tooSlow : reply;
  };
  return { ok: true, shown };
}

const tooSlow = failure(
  400,
  `The filter was given up after ${longestMs} ms: use simpler regular expressions, on shorter texts`,
);
