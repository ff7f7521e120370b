import {
  intentionsFrom,
  intentionsTo,
  rulesTo,
  type StoredIntention,
} from '@chancery/config-entries';
import { decide } from '@chancery/intentions';
import { defineQuery, type Query } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import { intentionEntry } from '../json/intention-json.ts';
import { failure, json, type Reply } from '../reply.ts';
import { type ApiRequest, consistentRead, type Reading, type Route, reading } from '../route.ts';
import { bareName, pairOf } from './parameters.ts';

/** Which intentions bear on a service, and what they come to. */
export const decisionRoutes: readonly Route[] = [
  consistentRead('/v1/connect/intentions/match', 'intention:read', match, {
    cached: 'when asked',
  }),
  {
    method: 'GET',
    path: '/v1/connect/intentions/check',
    right: 'intention:read',
    blocking: 'none',
    answer: check,
  },
];

function check({ store, defaultPolicy }: HttpApiDependencies, { query }: ApiRequest): Reply {
  const pair = pairOf(query);
  if ('kind' in pair) return pair;
  const type = query.get('source-type') ?? '';
  if (type !== '' && type !== 'consul') {
    return failure(500, `unsupported SourceType: ${JSON.stringify(type)}`);
  }
  const { value: rules } = store.read(rulesTo(defaultPolicy), pair.destination);
  return json({ Allowed: decide(rules, pair.source).allowed });
}

type Side = 'source' | 'destination';

function match({ query }: ApiRequest): Reading | Reply {
  const by = query.get('by') ?? '';
  if (by === '') return failure(500, "required query parameter 'by' not set");
  if (by !== 'source' && by !== 'destination') {
    return failure(500, "'by' parameter must be one of 'source' or 'destination'");
  }
  const asked = query.getAll('name');
  if (asked.length === 0) return failure(500, "required query parameter 'name' not set");
  const names: string[] = [];
  for (const name of asked.map(bareName)) {
    if (typeof name !== 'string') return name;
    names.push(name);
  }
  return reading(matches, JSON.stringify({ by, names }), (lists) => {
    const shown = lists.map((list, at): [string, readonly object[] | null] => [
      asked[at] ?? '',
      list.length === 0 ? null : list.map(intentionEntry),
    ]);
    return json(Object.fromEntries(shown.sort(([a], [b]) => (a < b ? -1 : 1))));
  });
}

/** The matches of several names at once, so that one wait covers them all. */
const matches: Query<string, readonly (readonly StoredIntention[])[]> = defineQuery<
  string,
  readonly (readonly StoredIntention[])[]
>({
  name: 'httpApi.matches',
  evaluate: (view, arg) => {
    const { by, names } = JSON.parse(arg) as { by: Side; names: readonly string[] };
    return names.map((name) => view.query(by === 'source' ? intentionsFrom : intentionsTo, name));
  },
});
