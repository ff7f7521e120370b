import type { EntryKind } from './entry-kind.ts';
import { checkMethods } from './http-methods.ts';
import { checkEntryName, checkName, checkTenancy } from './name-checks.ts';
import { checkPath } from './path-match.ts';
import { each, inside, type Tell } from './problem.ts';
import {
  type RouteDestination,
  type RouteHeaderMatch,
  type RouteMatch,
  type RouteQueryMatch,
  type ServiceRoute,
  type ServiceRouter,
  serviceRouter,
} from './service-router.ts';

/** All that is known of `service-router`. */
export const serviceRouterKind: EntryKind<ServiceRouter> = {
  codec: serviceRouter,
  check: (entry, tell) => {
    checkEntryName(entry.name, tell);
    each(entry.routes, tell, 'routes', (route, at, index) =>
      checkRoute(route, `Route[${index}]`, at),
    );
  },
};

function checkRoute({ match, destination }: ServiceRoute, place: string, tell: Tell): void {
  const http = match?.http;
  if (http !== undefined) checkMatch(http, place, inside(tell, 'match', 'http'));
  if (destination === undefined) return;
  const at = inside(tell, 'destination');
  if (destination.prefixRewrite !== undefined && !http?.pathExact && !http?.pathPrefix) {
    const words = `${place} cannot make use of PrefixRewrite without configuring either PathExact or PathPrefix`;
    at(['prefixRewrite'], words);
  }
  checkDestination(destination, place, at);
}

function checkMatch(match: RouteMatch, place: string, tell: Tell): void {
  checkPath(match, { block: place, member: `${place} ` }, tell);
  each(match.header, tell, 'header', (header, at, index) =>
    checkHeader(header, `${place} Header[${index}]`, at),
  );
  each(match.queryParam, tell, 'queryParam', (param, at, index) =>
    checkQueryParam(param, `${place} QueryParam[${index}]`, at),
  );
  checkMethods(match.methods, `${place} `, tell);
}

function checkHeader(header: RouteHeaderMatch, place: string, tell: Tell): void {
  if (!header.name) tell([], `${place} missing required Name field`);
  const { present, exact, prefix, suffix, regex } = header;
  if ([present, exact, prefix, suffix, regex].filter(Boolean).length !== 1) {
    tell([], `${place} should only contain one of Present, Exact, Prefix, Suffix, or Regex`);
  }
}

function checkQueryParam(param: RouteQueryMatch, place: string, tell: Tell): void {
  if (!param.name) tell([], `${place} missing required Name field`);
  if ([param.present, param.exact, param.regex].filter(Boolean).length !== 1) {
    tell([], `${place} should only contain one of Present, Exact, or Regex`);
  }
}

/** What may be tried again: Envoy's conditions as far as Consul knows them. */
const retryConditions = new Set([
  ...['5xx', 'gateway-error', 'reset', 'connect-failure', 'envoy-ratelimited', 'retriable-4xx'],
  ...['refused-stream', 'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted'],
  'unavailable',
]);

function checkDestination(destination: RouteDestination, place: string, tell: Tell): void {
  checkName(destination.service, tell, 'service');
  checkTenancy(destination, tell);
  for (const [index, condition] of destination.retryOn.entries()) {
    if (retryConditions.has(condition)) continue;
    tell(['retryOn', index], `${place} contains an invalid retry condition: "${condition}"`);
  }
}
