import { failure, type Reply } from '../reply.ts';

/** Answers for a path that leads to no route whatever the routes are: the root, one that is not in its plain form, one that cannot be read. */
export function withoutRoute(path: string, search: string): Reply | undefined {
  if (path === '/') return root;
  if (!isReadable(path)) {
    return failure(
      400,
      'Invalid URL path: what follows a % must be two digits of UTF-8, and not 00',
    );
  }
  const plain = plainPath(path);
  if (plain === path) return undefined;
  return { kind: 'text', status: 307, text: '', headers: { Location: plain + search } };
}

const root: Reply = {
  kind: 'text',
  text: 'Chancery Agent: the HTTP API is below /v1/. There is no web UI.',
};

function isReadable(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}

/** Go's servers send clients from `//v1/x` and `/v1/../v1/x` to `/v1/x`. Addresses that end in a slash make such paths. */
function plainPath(path: string): string {
  if (!path.startsWith('/') || !/\/(\/|\.\.?(\/|$))/.test(path)) return path;
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const end = /\/$/.test(path) && kept.length > 0 ? '/' : '';
  return `/${kept.join('/')}${end}`;
}
