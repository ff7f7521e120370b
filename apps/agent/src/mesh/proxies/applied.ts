import { setImmediate as turn } from 'node:timers/promises';
import type { Applied } from '@chancery/mesh-api';
import { defineQuery, type Query } from '@chancery/store';
import { sidecars } from '../../proxies/sidecars.ts';
import { AppliedWait } from './applied-wait.ts';
import type { ProxyParts } from './proxy-parts.ts';

/** Which proxies have taken a revision, as soon as all have that it changes something for, or the time is over. */
export async function applied(
  parts: ProxyParts,
  revision: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Applied> {
  using deadline = deadlineAfter(timeoutMs, signal);
  const startedAt = parts.now();
  await delivered(parts.store, signal);
  using wait = new AppliedWait(parts, revision);
  const [committedAt = startedAt, notConnected] = await Promise.all([
    commitTime(parts.store, revision),
    unconnected(parts, revision),
  ]);
  await Promise.race([wait.over, deadline.over]);
  const { lastAt, ...progress } = wait.progress();
  const until = progress.lagging.length > 0 ? parts.now() : lastAt;
  const tookMs = progress.affected === 0 ? 0 : Math.max(0, until - committedAt);
  return { ...progress, tookMs, notConnected };
}

const nothing: Query<'', undefined> = defineQuery<'', undefined>({
  name: 'agent.nothing',
  evaluate: () => undefined,
});

/** Resolves when every watch was told of all that is committed now: they are called in their order, and this one is last. */
function delivered(store: ProxyParts['store'], signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watch = store.watch(nothing, '', () => resolve());
  const end = (): void => resolve();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  return promise.finally(() => {
    watch[Symbol.dispose]();
    signal.removeEventListener('abort', end);
  });
}

/** When a revision was committed; undefined where the history does not tell. */
async function commitTime(
  store: ProxyParts['store'],
  revision: number,
): Promise<number | undefined> {
  try {
    for await (const changeSet of store.history(revision - 1)) {
      return changeSet.revision === revision ? changeSet.at : undefined;
    }
  } catch {
    // It goes back only so far.
  }
  return undefined;
}

const perTurn = 64;

/** Sidecars without a stream that the revision changed something for, as long as nothing did after it. */
async function unconnected(
  { store, node, xds }: ProxyParts,
  revision: number,
): Promise<readonly string[]> {
  if (revision <= xds.publications.loaded) return [];
  const found: string[] = [];
  let looked = 0;
  for (const id of store.read(sidecars, node).value.keys()) {
    if (xds.publisher.isFollowed(id)) continue;
    const { value, index } = store.read(xds.queries.proxySnapshot, id);
    if (value !== undefined && index === revision) found.push(id);
    looked += 1;
    if (looked % perTurn === 0) await turn();
  }
  return found.sort();
}

interface Deadline extends Disposable {
  readonly over: Promise<void>;
}

function deadlineAfter(ms: number, signal: AbortSignal): Deadline {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = (): void => resolve();
  const timer = setTimeout(end, ms);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  return {
    over: promise,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    },
  };
}
