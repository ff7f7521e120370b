import { type Decoder, describe, filledText } from './primitives.ts';
import { report } from './scope.ts';

const serviceNamePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/** Whether a text can be the name of a service. */
export function isServiceName(text: string): boolean {
  return serviceNamePattern.test(text);
}

/**
 * The name of a service: letters, digits, `-`, `_` and `.`, first a letter or digit, at most 128 characters.
 *
 * Consul takes any text here and warns of most; a name also stands in a SPIFFE ID, an SNI name, a URL and a
 * pattern, so the others are refused before they can mean something there.
 */
export const serviceName: Decoder<string> = matching(
  serviceNamePattern,
  'use letters, digits, "-", "_" and ".", first a letter or digit, at most 128 in all',
);

/** The ID of an instance: as a name, and `: / @ + ~ = ,` as other tools put them in; at most 256 characters. */
export const serviceId: Decoder<string> = matching(
  /^[A-Za-z0-9_][A-Za-z0-9_.:/@+~=,-]{0,255}$/,
  'use letters, digits and - _ . : / @ + ~ = , at most 256 in all',
);

/** The ID of a check: anything that prints on one line, at most 256 characters. */
export const checkId: Decoder<string> = matching(
  /^\P{C}{1,256}$/u,
  'use characters that print, at most 256 in all',
);

/** The name of a node or a datacenter. */
export const nodeName: Decoder<string> = serviceName;

/** A service name, or `*` for every service. */
export const nameOrWildcard: Decoder<string> = (value, scope) => {
  if (value === '*') return value;
  if (typeof value === 'string' && value.includes('*')) {
    return report(scope, `${describe(value)}: "*" stands alone, for every service`);
  }
  return serviceName(value, scope);
};

function matching(pattern: RegExp, advice: string): Decoder<string> {
  return (value, scope) => {
    const found = filledText(value, scope);
    if (found === undefined || pattern.test(found)) return found;
    return report(scope, `${describe(found)} cannot be used here: ${advice}`);
  };
}
