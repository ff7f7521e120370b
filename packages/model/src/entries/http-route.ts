import {
  bool,
  type Codec,
  count,
  integer,
  labels,
  list,
  method,
  nanoseconds,
  word,
  words,
} from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import { type EntryReference, type EntryStatus, entryStatus } from './entry-status.ts';
import { tenancyFields } from './entry-tenancy.ts';
import { type GatewayJwt, gatewayJwt } from './gateway-policy.ts';
import type { HeaderModifiers } from './header-modifiers.ts';
import { parents } from './route-parents.ts';
import { always, given, held, shape } from './shape.ts';

/** Which services are behind the HTTP listeners of gateways, by what requests look like. */
export interface HttpRoute extends EntryHead<'http-route'> {
  readonly parents: readonly EntryReference[];
  readonly rules: readonly HttpRouteRule[];
  readonly hostnames: readonly string[];
  readonly status?: EntryStatus;
}

/** Requests of some looks, what is done to them, and the services that share them. */
export interface HttpRouteRule {
  readonly filters: HttpFilters;
  readonly responseFilters: HttpResponseFilters;
  readonly matches: readonly HttpMatch[];
  readonly services: readonly HttpService[];
}

/** What is done to a request. */
export interface HttpFilters extends HttpResponseFilters {
  readonly urlRewrite?: { readonly path: string };
  readonly retryFilter?: RetryFilter;
  readonly timeoutFilter?: { readonly requestTimeoutMs: number; readonly idleTimeoutMs: number };
  readonly jwt?: GatewayJwt;
}

/** What is done to an answer. */
export interface HttpResponseFilters {
  readonly headers: readonly HeaderModifiers[];
}

/** When and how often a request is tried again. */
export interface RetryFilter {
  readonly numRetries: number;
  readonly retryOn: readonly string[];
  readonly retryOnStatusCodes: readonly number[];
  readonly retryOnConnectFailure: boolean;
}

/** What a request must look like: all that is said. */
export interface HttpMatch {
  readonly headers: readonly HttpValueMatch<'present' | 'exact' | 'prefix' | 'suffix' | 'regex'>[];
  /** In capitals; empty for all. */
  readonly method: string;
  readonly path: { readonly match: 'exact' | 'prefix' | 'regex'; readonly value: string };
  readonly query: readonly HttpValueMatch<'present' | 'exact' | 'regex'>[];
}

/** What a header or a parameter must be like. */
export interface HttpValueMatch<K extends string> {
  readonly match: K;
  readonly name: string;
  readonly value: string;
}

/** A service and its share of the requests, in relation to the others. */
export interface HttpService {
  readonly name: string;
  readonly weight: number;
  readonly filters: HttpFilters;
  readonly responseFilters: HttpResponseFilters;
}

/** Other than elsewhere, what is empty is printed. */
const modifiers = shape<HeaderModifiers>({
  add: held(labels, {}, { blank: null }),
  remove: held(list(words), [], { blank: null }),
  set: held(labels, {}, { blank: null }),
});

const headers = held(list(modifiers), [], { blank: null });

const retryFilter = shape<RetryFilter>({
  numRetries: always(count, 0),
  retryOn: held(list(words), [], { blank: null }),
  retryOnStatusCodes: held(list(count), [], { blank: null }),
  retryOnConnectFailure: always(bool, false),
});

const filters = shape<HttpFilters>({
  headers,
  urlRewrite: given(shape<{ readonly path: string }>({ path: always(words, '') }), { blank: null }),
  retryFilter: given(retryFilter, { blank: null }),
  timeoutFilter: given(
    shape<NonNullable<HttpFilters['timeoutFilter']>>({
      requestTimeoutMs: always(nanoseconds, 0, { key: 'requestTimeout' }),
      idleTimeoutMs: always(nanoseconds, 0, { key: 'idleTimeout' }),
    }),
    { blank: null },
  ),
  jwt: given(gatewayJwt, { blank: null }),
});

const responseFilters = shape<HttpResponseFilters>({ headers });

function valueMatch<K extends string>(): Codec<HttpValueMatch<K>> {
  return shape<HttpValueMatch<K>>({
    match: always(word<K>(), '' as K),
    name: always(words, ''),
    value: always(words, ''),
  });
}

const match = shape<HttpMatch>({
  headers: held(list(valueMatch<HttpMatch['headers'][number]['match']>()), [], { blank: null }),
  method: always(method, ''),
  path: always(
    shape<HttpMatch['path']>({
      match: always(word<HttpMatch['path']['match']>(), '' as 'prefix'),
      value: always(words, ''),
    }),
    { match: 'prefix', value: '/' },
  ),
  query: held(list(valueMatch<HttpMatch['query'][number]['match']>()), [], { blank: null }),
});

const service = shape<HttpService>(
  {
    name: always(words, ''),
    weight: always(integer, 0),
    filters: always(filters, { headers: [] }),
    responseFilters: always(responseFilters, { headers: [] }),
  },
  tenancyFields,
);

const rule = shape<HttpRouteRule>({
  filters: always(filters, { headers: [] }),
  responseFilters: always(responseFilters, { headers: [] }),
  matches: held(list(match), [], { blank: null }),
  services: held(list(service), [], { blank: null }),
});

/** Reads and prints a route, without what Consul fills in. */
export const httpRoute: Codec<HttpRoute> = shape<HttpRoute>(
  {
    ...head('http-route'),
    parents,
    rules: held(list(rule), [], { blank: null }),
    hostnames: held(list(words), [], { blank: null }),
    meta,
    status: given(entryStatus),
  },
  entryFields,
);
