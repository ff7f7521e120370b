import type { HeaderPattern, Permission, RequestPattern } from './intention.ts';

/** What a permission is about, as people write it: `GET, POST /v1*, header X-Team is blue`; `any request`. */
export function requestInWords({ http, jwt }: Permission): string {
  const parts = [http && lineInWords(http), ...(http?.header ?? []).map(headerInWords)];
  const said = [...parts, jwt && 'with a token'].filter((part) => part);
  return said.length === 0 ? 'any request' : said.join(', ');
}

function lineInWords({ methods, pathExact, pathPrefix, pathRegex }: RequestPattern): string {
  const path = pathExact ?? (pathPrefix && `${pathPrefix}*`) ?? (pathRegex && `~ ${pathRegex}`);
  return [methods.join(', '), path].filter((part) => part).join(' ');
}

function headerInWords(pattern: HeaderPattern): string {
  const { name, present, exact, prefix, suffix, contains, regex, invert } = pattern;
  const negated = invert ? 'not ' : '';
  if (present) return `header ${name} is ${invert ? 'missing' : 'there'}`;
  if (exact !== undefined) return `header ${name} is ${negated}${exact}`;
  if (prefix !== undefined) return `header ${name} is ${negated}${prefix}*`;
  if (suffix !== undefined) return `header ${name} is ${negated}*${suffix}`;
  if (contains !== undefined) return `header ${name} is ${negated}*${contains}*`;
  return `header ${name} is ${negated}~ ${regex}`;
}
