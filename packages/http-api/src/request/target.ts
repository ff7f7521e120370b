import QuickLru from 'quick-lru';
import type { HttpApiDependencies } from '../dependencies.ts';
import type { Reply } from '../reply.ts';
import type { Route } from '../route.ts';
import type { Routed, Router } from '../router.ts';
import type { Layout } from './answer.ts';
import { type ReadOptions, readOptions, standardRead } from './read-options.ts';
import { outOfScope, takesReadOptions } from './scope.ts';
import { type WriteOptions, writeOptions } from './write-options.ts';

/** A route that was found, and what is wanted of it. */
export interface RouteTarget {
  readonly kind: 'route';
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Method and path: why a change was made. */
  readonly why: string;
  readonly options: ReadOptions;
  readonly write: WriteOptions;
  readonly layout: Layout;
  /** Method, path and query without what only says how to wait: equal for requests that are shown the same. */
  readonly content: string;
}

/** Where a request goes, as far as its first line tells. */
export type Target =
  | RouteTarget
  | { readonly kind: 'reply'; readonly reply: Reply; readonly layout: Layout };

/** Reads the first line of a request. */
export type Targets = (method: string, url: string) => Target;

const remembered = 1000;
const longestRemembered = 512;

type TargetSettings = Pick<HttpApiDependencies, 'datacenter' | 'dev' | 'queryWaits'>;

/** Reads first lines, and remembers those that come again and again. */
export function createTargets(router: Router, settings: TargetSettings): Targets {
  const known = new QuickLru<string, Target>({ maxSize: remembered });
  return (method, url) => {
    const line = `${method} ${url}`;
    const before = known.get(line);
    if (before !== undefined) return before;
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
    const routed = router(method, path, mark < 0 ? '' : url.slice(mark));
    const target = readTarget(routed, `${method} ${path}`, query, settings);
    // A token is nobody's to keep.
    if (line.length <= longestRemembered && !query.has('token')) known.set(line, target);
    return target;
  };
}

function readTarget(
  routed: Routed,
  why: string,
  query: URLSearchParams,
  { datacenter, dev, queryWaits }: TargetSettings,
): Target {
  const lineEnd = query.has('pretty');
  const layout = { indented: dev || lineEnd, lineEnd };
  if (routed.kind === 'reply') return { ...routed, layout };
  const reply = outOfScope(routed.route, query, datacenter);
  if (reply !== undefined) return { kind: 'reply', reply, layout };
  const options = takesReadOptions(routed.route) ? readOptions(query, queryWaits) : standardRead;
  if ('kind' in options) return { kind: 'reply', reply: options, layout };
  const write = routed.route.method === 'GET' ? {} : writeOptions(query);
  if ('kind' in write) return { kind: 'reply', reply: write, layout };
  return { ...routed, query, why, options, write, layout, content: `${why}?${contentOf(query)}` };
}

const aboutWaiting = new Set(
  'index wait hash stale consistent leader max_stale cached token'.split(' '),
);

function contentOf(query: URLSearchParams): string {
  return String(new URLSearchParams([...query].filter(([name]) => !aboutWaiting.has(name))));
}
