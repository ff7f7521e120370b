import type { DefaultAction } from './consul-agent.ts';

/** What is allowed or denied to the requests whose path begins so. */
export interface PathPermission {
  readonly action: DefaultAction;
  readonly pathPrefix: string;
}

/** One intention of a set: it decides about connections, or by permissions about requests. */
export type Pair = { readonly source: string; readonly destination: string } & (
  | { readonly action: DefaultAction; readonly permissions?: never }
  | { readonly permissions: readonly PathPermission[]; readonly action?: never }
);

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
  set('permissions that allow', 'web>db:allow/'),
  set('permissions that deny', 'web>db:deny/ api>db:deny/a,allow/b'),
  set('permissions before any source', 'web>db:allow/ *>db:allow'),
  set('permissions of any source', 'web>db:allow *>db:allow/,deny/x *>*:allow'),
  set('permissions before any destination', 'web>db:deny/ web>*:allow api>*:deny'),
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

/** Reads `web>db:deny api>db:allow/a,deny/b`, where the last has permissions about two paths. */
function pairs(written: string): readonly Pair[] {
  return [...written.matchAll(/(\S+)>(\S+):(\S+)/g)].map(
    ([, source = '', destination = '', effect = '']) => ({
      source,
      destination,
      ...(effect.includes('/')
        ? { permissions: effect.split(',').map(permission) }
        : { action: actionOf(effect) }),
    }),
  );
}

function permission(written: string): PathPermission {
  const slash = written.indexOf('/');
  return { action: actionOf(written.slice(0, slash)), pathPrefix: written.slice(slash) };
}

function actionOf(written: string): DefaultAction {
  return written === 'deny' ? 'deny' : 'allow';
}
