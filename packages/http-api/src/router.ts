import type { HTTPMethod } from 'find-my-way';
import findMyWay from 'find-my-way';
import { failure, type Reply } from './reply.ts';
import { withoutRoute } from './request/path.ts';
import type { Route } from './route.ts';

/** Where a request goes: to a route, or straight back. */
export type Routed =
  | {
      readonly kind: 'route';
      readonly route: Route;
      readonly params: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'reply'; readonly reply: Reply };

/** Finds the route of a method and a path; `search` is the query with its question mark, or empty. */
export type Router = (method: string, path: string, search: string) => Routed;

const methods: readonly HTTPMethod[] = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'];

/** Builds the router from the table of routes. One path may have several methods. */
export function createRouter(table: readonly Route[]): Router {
  const router = findMyWay({ caseSensitive: true, maxParamLength: 4096 });
  for (const [path, routes] of Map.groupBy(table, (route) => route.path)) {
    router.on([...methods], path, () => undefined, routes);
  }
  return (method, path, search) => {
    const reply = withoutRoute(path, search);
    if (reply !== undefined) return { kind: 'reply', reply };
    // A method that nobody has heard of finds the path as well as any other.
    const known = methods.find((each) => each === method) ?? 'PATCH';
    const found = isWhole(path) ? router.find(known, path) : null;
    if (found === null) return { kind: 'reply', reply: unknownPath(path) };
    return byMethod(method, found.store as readonly Route[], found.params);
  };
}

/**
 * Whether a path is one and nothing else. The router takes `http://x/v1/y` and `/v1/y#z` for `/v1/y`, and whoever
 * blocks endpoints before it has seen something else.
 */
function isWhole(path: string): boolean {
  return path.startsWith('/') && !path.includes('#');
}

function byMethod(
  method: string,
  routes: readonly Route[],
  params: Readonly<Record<string, string | undefined>>,
): Routed {
  const route = routes.find((each) => each.method === method);
  if (route !== undefined) {
    const given = Object.entries(params).map(([name, value]) => [name, value ?? '']);
    return { kind: 'route', route, params: Object.fromEntries(given) };
  }
  const headers = { Allow: ['OPTIONS', ...routes.map((each) => each.method)].join(',') };
  if (method === 'OPTIONS') return { kind: 'reply', reply: { kind: 'text', text: '', headers } };
  return { kind: 'reply', reply: { ...failure(405, `method ${method} not allowed`), headers } };
}

function unknownPath(path: string): Reply {
  const way = path.startsWith('/v1/')
    ? 'not a recognized HTTP API endpoint'
    : "if attempting to use the HTTP API, ensure the path starts with '/v1/'";
  return failure(404, `Invalid URL path: ${way}\n`);
}
