import {
  Principal_AuthenticatedSchema,
  Principal_SetSchema,
  type Principal as PrincipalMessage,
  PrincipalSchema,
} from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import {
  type RegexMatcher,
  RegexMatcherSchema,
} from '@chancery/envoy-api/envoy/type/matcher/v3/regex';
import {
  type StringMatcher,
  StringMatcherSchema,
} from '@chancery/envoy-api/envoy/type/matcher/v3/string';
import type { Principal } from '../rules/access-rules.ts';
import { readPattern } from '../rules/identity-pattern.ts';
import { below, type Reading, refuse, understood } from './reading.ts';

type Identifier = PrincipalMessage['identifier'];
type Authenticated = Extract<Identifier, { case: 'authenticated' }>['value'];
type PrincipalSet = Extract<Identifier, { case: 'andIds' }>['value'];

/** Reads a list of principals, of which there has to be at least one. */
export function readPrincipals(
  at: Reading,
  messages: readonly PrincipalMessage[],
): readonly Principal[] {
  if (messages.length === 0) refuse(at, 'is empty');
  return messages.flatMap((message, index) => readPrincipal(below(at, index), message) ?? []);
}

function readPrincipal(at: Reading, message: PrincipalMessage): Principal | undefined {
  understood(at, PrincipalSchema, message, ['any', 'andIds', 'orIds', 'notId', 'authenticated']);
  const { case: kind, value } = message.identifier;
  switch (kind) {
    case 'any':
      return value ? { kind: 'any' } : refuse(below(at, 'any'), 'must be true');
    case 'andIds':
      return { kind: 'all-of', principals: readSet(below(at, 'and_ids'), value) };
    case 'orIds':
      return { kind: 'one-of', principals: readSet(below(at, 'or_ids'), value) };
    case 'notId': {
      const principal = readPrincipal(below(at, 'not_id'), value);
      return principal && { kind: 'not', principal };
    }
    case 'authenticated':
      return readAuthenticated(below(at, 'authenticated'), value);
    case undefined:
      return refuse(at, 'is empty');
    default:
      // The field was refused above.
      return undefined;
  }
}

function readSet(at: Reading, set: PrincipalSet): readonly Principal[] {
  understood(at, Principal_SetSchema, set, ['ids']);
  return readPrincipals(below(at, 'ids'), set.ids);
}

function readAuthenticated(at: Reading, message: Authenticated): Principal | undefined {
  understood(at, Principal_AuthenticatedSchema, message, ['principalName']);
  const inside = below(at, 'principal_name');
  if (message.principalName === undefined) return refuse(inside, 'is missing');
  return readName(inside, message.principalName);
}

function readName(at: Reading, matcher: StringMatcher): Principal | undefined {
  understood(at, StringMatcherSchema, matcher, ['exact', 'safeRegex']);
  const { case: kind, value } = matcher.matchPattern;
  if (kind === 'exact') return { kind: 'identity', pattern: value.split('/') };
  if (kind === 'safeRegex') return readRegex(below(at, 'safe_regex'), value);
  return kind === undefined ? refuse(at, 'is empty') : undefined;
}

function readRegex(at: Reading, message: RegexMatcher): Principal | undefined {
  understood(at, RegexMatcherSchema, message, ['regex', 'googleRe2']);
  const pattern = readPattern(message.regex);
  if (pattern !== undefined) return { kind: 'identity', pattern };
  const only = 'only literal text and whole segments of [^/]+ are supported';
  return refuse(below(at, 'regex'), `${JSON.stringify(message.regex)}: ${only}`);
}
