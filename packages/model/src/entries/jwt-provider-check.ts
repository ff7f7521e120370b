import type { EntryKind } from './entry-kind.ts';
import { checkKeySet } from './json-web-key-set-check.ts';
import { type JwtLocation, type JwtProvider, jwtProvider } from './jwt-provider.ts';
import { checkEntryName } from './name-checks.ts';
import { each, inside, listing, type Tell } from './problem.ts';

/** All that is known of `jwt-provider`. */
export const jwtProviderKind: EntryKind<JwtProvider> = {
  codec: jwtProvider,
  check: (entry, tell) => {
    checkEntryName(entry.name, tell);
    const { jsonWebKeySet: keys, forwarding } = entry;
    if (keys === undefined) tell(['jsonWebKeySet'], 'JSONWebKeySet is required');
    else checkKeySet(keys, inside(tell, 'jsonWebKeySet'));
    each(entry.locations, tell, 'locations', (location, at) =>
      checkLocation(location, listing(at)),
    );
    if (forwarding?.headerName === '') {
      tell(['forwarding', 'headerName'], 'Header name required for forwarding config');
    }
  },
};

function checkLocation({ header, queryParam, cookie }: JwtLocation, tell: Tell): void {
  if ([header, queryParam, cookie].filter(Boolean).length !== 1) {
    tell([], 'must set exactly one of: JWT location header, query param or cookie');
    return;
  }
  if (header && !header.name) tell(['header'], 'JWT location header name must be specified');
  if (queryParam && !queryParam.name) {
    tell(['queryParam'], 'JWT location query param name must be specified');
  }
  if (cookie && !cookie.name) tell(['cookie'], 'JWT location cookie name must be specified');
}
