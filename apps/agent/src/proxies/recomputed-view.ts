import type { Query, View } from '@chancery/store';

type AnyQuery = Query<string, unknown>;

/**
 * The same state, with every query evaluated anew: nothing that was remembered from before is
 * relied on. Within one such view each query is evaluated once.
 */
export function recomputedView(view: View): View {
  const results = new Map<AnyQuery, Map<string, unknown>>();
  const recomputed: View = {
    revision: view.revision,
    get: (table, key) => view.get(table, key),
    by: (table, index, key) => view.by(table, index, key),
    all: (table) => view.all(table),
    revisions: (table, key) => view.revisions(table, key),
    query: <Arg extends string, T>(query: Query<Arg, T>, arg: Arg): T => {
      const known = query as unknown as AnyQuery;
      const byArg = results.get(known) ?? new Map<string, unknown>();
      results.set(known, byArg);
      if (!byArg.has(arg)) byArg.set(arg, query.evaluate(recomputed, arg));
      return byArg.get(arg) as T;
    },
  };
  return recomputed;
}
