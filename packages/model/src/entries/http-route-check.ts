import type { EntryKind } from './entry-kind.ts';
import { isHttpMethod } from './http-methods.ts';
import { type HttpMatch, type HttpRoute, type HttpRouteRule, httpRoute } from './http-route.ts';
import { checkEntryName, checkName } from './name-checks.ts';
import { each, inside, type Tell } from './problem.ts';
import { checkParents, settledParents } from './route-parents.ts';

/** All that is known of `http-route`. */
export const httpRouteKind: EntryKind<HttpRoute> = {
  codec: httpRoute,
  settled: (entry) => ({
    ...entry,
    parents: settledParents(entry.parents),
    rules: entry.rules.map(settledRule),
  }),
  check: (entry, tell) => {
    checkEntryName(entry.name, tell);
    checkHostnames(entry.hostnames, tell);
    checkParents(entry.parents, tell);
    each(entry.rules, tell, 'rules', (rule, at, index) => {
      each(rule.matches, at, 'matches', (match, told, rank) =>
        checkMatch(match, `Rule[${index}], Match[${rank}], `, told),
      );
      each(rule.services, at, 'services', ({ name }, told) => checkName(name, told, 'name'));
    });
  },
};

function settledRule(rule: HttpRouteRule): HttpRouteRule {
  return {
    ...rule,
    matches: rule.matches.map((match) => ({ ...match, path: settledPath(match.path) })),
    services: rule.services.map((service) => ({ ...service, weight: Math.max(service.weight, 1) })),
  };
}

function settledPath(path: HttpMatch['path']): HttpMatch['path'] {
  if (!path.match && path.value === '') return { match: 'prefix', value: '/' };
  return { ...path, match: path.match || 'prefix' };
}

function checkHostnames(hostnames: readonly string[], tell: Tell): void {
  for (const [index, host] of hostnames.entries()) {
    const at = inside(tell, 'hostnames', index);
    if (host === '') at([], `host "${host}" must be a valid DNS hostname`);
    else if (host.includes('*')) at([], `host "${host}" must not be a wildcard`);
  }
}

function checkMatch(match: HttpMatch, place: string, tell: Tell): void {
  if (match.method !== '' && !isHttpMethod(match.method)) {
    tell(['method'], `${place}Method contains an invalid method "${match.method}"`);
  }
  checkPath(match.path, place, inside(tell, 'path'));
  each(match.headers, tell, 'headers', (header, at, index) => {
    const where = `${place}Headers[${index}], `;
    const kinds = ['present', 'exact', 'prefix', 'suffix', 'regex'];
    if (!kinds.includes(header.match)) at(['match'], `${where}${oneOfWords(kinds)}`);
    if (header.name === '') at(['name'], `${where}missing required Name field`);
  });
  each(match.query, tell, 'query', (parameter, at, index) => {
    const where = `${place}Query[${index}], `;
    const kinds = ['present', 'exact', 'regex'];
    if (!kinds.includes(parameter.match)) at(['match'], `${where}${oneOfWords(kinds)}`);
    if (parameter.name === '') at(['name'], `${where}missing required Name field`);
  });
}

function oneOfWords(kinds: readonly string[]): string {
  return `match type should be one of ${kinds.slice(0, -1).join(', ')}, or ${kinds.at(-1)}`;
}

function checkPath({ match, value }: HttpMatch['path'], place: string, tell: Tell): void {
  const kinds = ['exact', 'prefix', 'regex'];
  if (!kinds.includes(match)) tell(['match'], `${place}Path, ${oneOfWords(kinds)}`);
  else if (match !== 'regex' && !value.startsWith('/')) {
    const rule = `${match} type match doesn't start with '/': ${JSON.stringify(value)}`;
    tell(['value'], `${place}Path, ${rule}`);
  }
}
