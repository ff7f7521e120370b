import type { DefaultAction } from './consul-agent.ts';

/** One intention of a set. */
export interface Pair {
  readonly source: string;
  readonly destination: string;
  readonly action: DefaultAction;
}

/** Intentions that stand together in a Consul, and the names about which it is then asked. */
export interface IntentionSet {
  readonly name: string;
  readonly intentions: readonly Pair[];
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
}

const sources = ['web', 'api', 'batch', '*'];
const destinations = ['db', 'cache', '*'];

/**
 * Sets that between them put every precedence against every other, with either action, and show how
 * names are compared.
 */
export const intentionSets: readonly IntentionSet[] = [
  set('nothing at all', ''),
  set('one exact denial', 'web>db:deny'),
  set('one exact permission', 'web>db:allow'),
  set('several sources of one destination', 'web>db:deny api>db:allow batch>db:deny'),
  set('exact before any source', 'web>db:allow *>db:deny'),
  set('exact denial before any source', 'web>db:deny api>db:deny *>db:allow'),
  set('exact before any destination', 'web>db:deny web>*:allow'),
  set('any source before any destination', '*>db:deny web>*:allow'),
  set('any source allowed before any destination', '*>db:allow web>*:deny'),
  set('any destination before any pair', 'web>*:allow *>*:deny'),
  set('any pair denied', '*>*:deny'),
  set('any pair allowed', '*>*:allow'),
  set('all four ranks, alternating', 'web>db:allow *>db:deny web>*:allow api>*:allow *>*:deny'),
  set('all four ranks, reversed', 'web>db:deny *>db:allow web>*:deny batch>*:deny *>*:allow'),
  set('two destinations', 'web>db:deny api>cache:deny *>cache:allow batch>*:deny'),
  {
    name: 'upper and lower case of a source',
    intentions: pairs('Web>db:deny web>cache:allow Api>*:allow *>*:deny'),
    sources: ['web', 'Web', 'WEB', 'api', 'Api'],
    destinations: ['db', 'cache'],
  },
  {
    name: 'upper and lower case of a destination',
    intentions: pairs('web>DB:deny api>DB:allow *>cache:deny *>*:allow'),
    sources: ['web', 'api'],
    destinations: ['db', 'DB', 'cache', 'Cache'],
  },
  {
    name: 'names with the marks of patterns',
    intentions: pairs('a.b>db:deny a+>db:allow (a|b)>db:deny *>*:allow'),
    sources: ['a.b', 'axb', 'a+', 'aa', '(a|b)', 'a', 'b'],
    destinations: ['db'],
  },
];

function set(name: string, written: string): IntentionSet {
  return { name, intentions: pairs(written), sources, destinations };
}

/** Reads `web>db:deny api>db:allow`. */
function pairs(written: string): readonly Pair[] {
  return [...written.matchAll(/(\S+)>(\S+):(allow|deny)/g)].map(
    ([, source, destination, action]) => ({
      source: source ?? '',
      destination: destination ?? '',
      action: action === 'deny' ? 'deny' : 'allow',
    }),
  );
}
