import { bool, type Codec, list, method, word, words } from './codec.ts';
import { filled, given, held, required, shape } from './shape.ts';

/** What an intention does with a connection or a request. */
export type IntentionAction = 'allow' | 'deny';

/** What an intention does with requests that match; the first permission that matches decides. */
export interface IntentionPermission {
  readonly action: IntentionAction;
  readonly http?: HttpPermission;
  readonly jwt?: JwtRequirement;
}

/** The requests that a permission is about. */
export interface HttpPermission {
  readonly pathExact?: string;
  readonly pathPrefix?: string;
  readonly pathRegex?: string;
  readonly header: readonly HeaderPermission[];
  /** In capitals. */
  readonly methods: readonly string[];
}

/** What a header of a request must be like. */
export interface HeaderPermission {
  readonly name: string;
  readonly present?: boolean;
  readonly exact?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly contains?: string;
  readonly regex?: string;
  readonly invert?: boolean;
  readonly ignoreCase?: boolean;
}

/** The tokens of which a request must carry one. */
export interface JwtRequirement {
  readonly providers: readonly JwtRequirementProvider[];
}

/** A `jwt-provider` by its name, and what its token must claim. */
export interface JwtRequirementProvider {
  readonly name: string;
  readonly verifyClaims: readonly JwtClaim[];
}

/** A claim by its path in the token, and the value it must have. */
export interface JwtClaim {
  readonly path: readonly string[];
  readonly value: string;
}

const claim = shape<JwtClaim>({
  path: held(list(words), []),
  value: held(words, ''),
});

const provider = shape<JwtRequirementProvider>({
  name: required(words),
  verifyClaims: held(list(claim), []),
});

/** Reads and prints the requirement of a token. */
export const jwtRequirement: Codec<JwtRequirement> = shape<JwtRequirement>({
  providers: held(list(provider), []),
});

const header = shape<HeaderPermission>({
  name: required(words),
  present: filled(bool),
  exact: filled(words),
  prefix: filled(words),
  suffix: filled(words),
  contains: filled(words),
  regex: filled(words),
  invert: filled(bool),
  ignoreCase: filled(bool),
});

const httpPermission = shape<HttpPermission>({
  pathExact: filled(words),
  pathPrefix: filled(words),
  pathRegex: filled(words),
  header: held(list(header), []),
  methods: held(list(method), []),
});

/** Reads and prints a permission. */
export const intentionPermission: Codec<IntentionPermission> = shape<IntentionPermission>({
  action: required(word<IntentionAction>()),
  http: given(httpPermission),
  jwt: given(jwtRequirement),
});
