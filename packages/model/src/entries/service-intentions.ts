import { formatPath } from '../format-issue.ts';
import { isObject } from '../primitives.ts';
import { report } from '../scope.ts';
import { type Codec, labels, list, shown, word, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import { tenancyFields } from './entry-tenancy.ts';
import {
  type IntentionAction,
  type IntentionPermission,
  intentionPermission,
  type JwtRequirement,
  jwtRequirement,
} from './intention-permission.ts';
import { filled, given, held, required, shape } from './shape.ts';

/** Who may connect to one destination, or with the name `*` to any: the sources in the order of their precedence. */
export interface ServiceIntentions extends EntryHead<'service-intentions'> {
  readonly sources: readonly SourceIntention[];
  /** The tokens that every request must carry, whatever its source. */
  readonly jwt?: JwtRequirement;
}

/** What one source may do: connect or not, or what its requests may be. */
export type SourceIntention = ConnectionRule | RequestRules;

/** A source whose connections are allowed or denied. */
export interface ConnectionRule extends IntentionSource {
  readonly action: IntentionAction;
  readonly permissions?: never;
}

/** A source whose requests are judged one by one. */
export interface RequestRules extends IntentionSource {
  readonly action?: never;
  readonly permissions: readonly IntentionPermission[];
}

/** Whom an intention is about. */
export interface IntentionSource {
  /** A service, or `*` for any. */
  readonly name: string;
  readonly peer?: string;
  readonly samenessGroup?: string;
  readonly type: 'consul';
  readonly description?: string;
  /** What an intention made through the older API carries: a UUID, its own meta and times, in milliseconds since 1970. */
  readonly legacyId?: string;
  readonly legacyMeta?: Readonly<Record<string, string>>;
  readonly legacyCreateTimeMs?: number;
  readonly legacyUpdateTimeMs?: number;
}

/** A source with all that is printed of it. */
interface PrintedSource extends IntentionSource {
  readonly action?: IntentionAction;
  readonly permissions?: readonly IntentionPermission[];
  readonly precedence?: number;
}

const time = shown<number>({ encode: (ms) => new Date(ms).toISOString() });

/** Consul prints it, and takes none. */
const legacyMeta: Codec<Readonly<Record<string, string>>> = {
  decode: (value, scope) => {
    if (!isObject(value) || Object.keys(value).length === 0) return undefined;
    const sentence = `${formatPath(scope.wirePath)} must be omitted`;
    const consul = { words: sentence, listed: false };
    return report(scope, 'only the older intentions API sets it', { code: 'refused', consul });
  },
  encode: labels.encode,
};

const source = shape<PrintedSource>(
  {
    name: required(words),
    action: filled(word<IntentionAction>()),
    permissions: filled(list(intentionPermission)),
    precedence: filled(shown<number>({ encode: (value) => value })),
    legacyId: filled(shown<string>({ encode: (id) => id })),
    type: held(word<'consul'>(), 'consul'),
    description: filled(words),
    legacyMeta: filled(legacyMeta),
    legacyCreateTimeMs: given(time, { key: 'legacyCreateTime' }),
    legacyUpdateTimeMs: given(time, { key: 'legacyUpdateTime' }),
    peer: filled(words),
    samenessGroup: filled(words),
  },
  tenancyFields,
);

interface PrintedEntry extends EntryHead<'service-intentions'> {
  readonly sources: readonly PrintedSource[];
  readonly jwt?: JwtRequirement;
}

const entry = shape<PrintedEntry>(
  {
    ...head('service-intentions'),
    sources: held(list(source), []),
    jwt: given(jwtRequirement),
    meta,
  },
  entryFields,
);

/** The check of the entry sees to it that a source has either an action or permissions. */
export const serviceIntentions: Codec<ServiceIntentions> = {
  decode: (value, scope) => entry.decode(value, scope) as ServiceIntentions | undefined,
  encode: (intentions) =>
    entry.encode({
      ...intentions,
      sources: intentions.sources.map((each) => ({
        ...each,
        precedence: precedence(each.name, intentions.name),
      })),
    }),
};

/** Consul's rank of a pair: a named destination counts for more than a named source. */
function precedence(from: string, to: string): number {
  return 9 - (from === '*' ? 1 : 0) - (to === '*' ? 3 : 0);
}

/** The sources in the order of their precedence, those of one precedence as they came. */
export function ranked(sources: readonly SourceIntention[]): readonly SourceIntention[] {
  return sources.toSorted((a, b) => (a.name === '*' ? 1 : 0) - (b.name === '*' ? 1 : 0));
}
