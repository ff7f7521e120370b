import { bool, type Codec, count, goDuration, list, method, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import { type HeaderModifiers, headerModifiers } from './header-modifiers.ts';
import { filled, given, held, required, shape } from './shape.ts';

/** Where requests to a service go, by what they look like: the first route that matches decides. */
export interface ServiceRouter extends EntryHead<'service-router'> {
  readonly routes: readonly ServiceRoute[];
}

/** Requests of one look, and where they go; without a match: all, without a destination: to the service itself. */
export interface ServiceRoute {
  readonly match?: { readonly http?: RouteMatch };
  readonly destination?: RouteDestination;
}

/** What a request must look like. */
export interface RouteMatch {
  readonly pathExact?: string;
  readonly pathPrefix?: string;
  readonly pathRegex?: string;
  readonly caseInsensitive?: boolean;
  readonly header: readonly RouteHeaderMatch[];
  readonly queryParam: readonly RouteQueryMatch[];
  /** In capitals. */
  readonly methods: readonly string[];
}

/** What a header of a request must be like. */
export interface RouteHeaderMatch {
  readonly name: string;
  readonly present?: boolean;
  readonly exact?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly regex?: string;
  readonly invert?: boolean;
}

/** What a parameter of the query must be like. */
export interface RouteQueryMatch {
  readonly name: string;
  readonly present?: boolean;
  readonly exact?: string;
  readonly regex?: string;
}

/** Where requests go, and how often they are tried. */
export interface RouteDestination {
  readonly requestTimeoutMs?: number;
  readonly idleTimeoutMs?: number;
  readonly service?: string;
  readonly serviceSubset?: string;
  readonly namespace?: string;
  readonly partition?: string;
  readonly prefixRewrite?: string;
  readonly numRetries?: number;
  readonly retryOnConnectFailure?: boolean;
  readonly retryOn: readonly string[];
  readonly retryOnStatusCodes: readonly number[];
  readonly requestHeaders?: HeaderModifiers;
  readonly responseHeaders?: HeaderModifiers;
}

const header = shape<RouteHeaderMatch>({
  name: required(words),
  present: filled(bool),
  exact: filled(words),
  prefix: filled(words),
  suffix: filled(words),
  regex: filled(words),
  invert: filled(bool),
});

const queryParam = shape<RouteQueryMatch>({
  name: required(words),
  present: filled(bool),
  exact: filled(words),
  regex: filled(words),
});

const http = shape<RouteMatch>({
  pathExact: filled(words),
  pathPrefix: filled(words),
  pathRegex: filled(words),
  caseInsensitive: filled(bool),
  header: held(list(header), []),
  queryParam: held(list(queryParam), []),
  methods: held(list(method), []),
});

const destination = shape<RouteDestination>({
  requestTimeoutMs: filled(goDuration, { key: 'requestTimeout' }),
  idleTimeoutMs: filled(goDuration, { key: 'idleTimeout' }),
  service: filled(words),
  serviceSubset: filled(words),
  namespace: filled(words),
  partition: filled(words),
  prefixRewrite: filled(words),
  numRetries: filled(count),
  retryOnConnectFailure: filled(bool),
  retryOn: held(list(words), []),
  retryOnStatusCodes: held(list(count), []),
  requestHeaders: given(headerModifiers),
  responseHeaders: given(headerModifiers),
});

const route = shape<ServiceRoute>({
  match: given(shape<NonNullable<ServiceRoute['match']>>({ http: given(http) })),
  destination: given(destination),
});

/** Reads and prints a router. */
export const serviceRouter: Codec<ServiceRouter> = shape<ServiceRouter>(
  {
    ...head('service-router'),
    routes: held(list(route), [], { blank: null }),
    meta,
  },
  entryFields,
);
