import { bool, type Codec, integer, list, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import { type JsonWebKeySet, jsonWebKeySet } from './json-web-key-set.ts';
import { always, filled, given, held, required, shape } from './shape.ts';

/** Who issues tokens that requests carry, and how those are checked. */
export interface JwtProvider extends EntryHead<'jwt-provider'> {
  readonly jsonWebKeySet: JsonWebKeySet;
  readonly issuer?: string;
  readonly audiences: readonly string[];
  /** Where in a request the token is looked for; none: where Envoy looks by itself. */
  readonly locations: readonly JwtLocation[];
  readonly forwarding?: JwtForwarding;
  /** By how much clocks may differ. */
  readonly clockSkewSeconds: number;
  readonly cacheConfig?: { readonly size?: number };
}

/** One place of a request that may hold the token. */
export interface JwtLocation {
  readonly header?: {
    readonly name: string;
    readonly valuePrefix?: string;
    readonly forward?: boolean;
  };
  readonly queryParam?: { readonly name: string };
  readonly cookie?: { readonly name: string };
}

/** The header in which the token's content is handed to the service. */
export interface JwtForwarding {
  readonly headerName: string;
  readonly padForwardPayloadHeader: boolean;
}

const named = shape<{ readonly name: string }>({ name: required(words) });

const location = shape<JwtLocation>({
  header: given(
    shape<NonNullable<JwtLocation['header']>>({
      name: required(words),
      valuePrefix: filled(words),
      forward: filled(bool),
    }),
  ),
  queryParam: given(named),
  cookie: given(named),
});

const forwarding = shape<JwtForwarding>({
  headerName: always(words, ''),
  padForwardPayloadHeader: always(bool, false),
});

/** Reads and prints a provider. */
export const jwtProvider: Codec<JwtProvider> = shape<JwtProvider>(
  {
    ...head('jwt-provider'),
    jsonWebKeySet: required(jsonWebKeySet),
    issuer: filled(words),
    audiences: held(list(words), []),
    locations: held(list(location), []),
    forwarding: given(forwarding),
    clockSkewSeconds: held(integer, 30),
    cacheConfig: given(shape<NonNullable<JwtProvider['cacheConfig']>>({ size: filled(integer) })),
    meta,
  },
  entryFields,
);
