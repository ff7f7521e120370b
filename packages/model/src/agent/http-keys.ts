import type { Block } from '../block.ts';
import { defined } from '../block.ts';
import { headersOf, headerValue } from '../http-headers.ts';
import { isIpAddress } from '../ip-address.ts';
import { type Decoder, describe, filledText, listOf, text, wholeNumber } from '../primitives.ts';
import { report } from '../scope.ts';
import type { HttpConfig } from './agent-config.ts';
import { fixed, inert, inertSection, type KeyTable, key, refused } from './key.ts';
import { allOf, joined, lastOf } from './layers.ts';

/** What the `http_config` block says. */
export interface HttpValues {
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly blockEndpoints: readonly string[];
  readonly allowWriteHttpFrom: readonly string[];
  readonly maxHeaderBytes: number;
}

const endpoint: Decoder<string> = (value, scope) => {
  const found = filledText(value, scope);
  if (found === undefined || found.startsWith('/')) return found;
  return report(scope, `expected a path such as "/v1/agent", found ${describe(found)}`);
};

const network: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined) return undefined;
  const [address = '', bits = '', ...rest] = found.split('/');
  const widest = address.includes(':') ? 128 : 32;
  const isNetwork = isIpAddress(address) && /^\d{1,3}$/.test(bits) && Number(bits) <= widest;
  if (isNetwork && rest.length === 0) return found;
  return report(scope, `expected a network such as "10.0.0.0/8", found ${describe(found)}`);
};

/** The keys of `http_config`. */
export const httpFields: KeyTable<HttpValues> = {
  responseHeaders: key(
    'Headers that every answer of the HTTP API carries.',
    headersOf(headerValue),
  ),
  blockEndpoints: key(
    'Paths that are answered with 403, with all that is below them.',
    listOf(endpoint),
  ),
  allowWriteHttpFrom: key(
    'Networks from which something may be changed over HTTP; without any, all of them.',
    listOf(network),
  ),
  maxHeaderBytes: key(
    'How large the head of a request may be (16 KiB).',
    wholeNumber(0, 1024 * 1024),
  ),
  ...fixed(
    true,
    'answers come from the state in memory, there is no cache to go around',
    'useCache',
  ),
};

/** What the `limits` block says. */
export interface LimitValues {
  readonly httpMaxConnsPerClient: number;
}

const noRates = 'requests are not limited by rate';
const noServers = 'there are no other servers to be called';
const noKv = 'there is no key-value store yet';

/** The keys of `limits`. */
export const limitFields: KeyTable<LimitValues> = {
  httpMaxConnsPerClient: key(
    'How many connections one client address may hold to the HTTP API (200); 0 for any number.',
    wholeNumber(0, Number.MAX_SAFE_INTEGER),
  ),
  ...inert('there is no HTTPS yet', 'httpsHandshakeTimeout'),
  ...inert(noServers, 'rpcClientTimeout', 'rpcHandshakeTimeout', 'rpcMaxBurst'),
  ...inert(noServers, 'rpcMaxConnsPerClient', 'rpcRate'),
  ...inert(noKv, 'kvMaxValueSize', 'txnMaxReqLen'),
  requestLimits: inertSection(noRates, inert(noRates, 'mode', 'readRate', 'writeRate')),
};

/** What the `unix_sockets` block says. */
export interface SocketValues {
  readonly mode: number;
}

const fileMode: Decoder<number> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || found === '') return undefined;
  if (/^0?[0-7]{3}$/.test(found)) return Number.parseInt(found, 8);
  return report(scope, `expected rights such as "0700", found ${describe(found)}`);
};

/** The keys of `unix_sockets`. */
export const socketFields: KeyTable<SocketValues> = {
  mode: key('The rights of the sockets that `addresses` names, as `chmod` takes them.', fileMode),
  ...refused('a socket belongs to the user that the agent runs as', 'user', 'group'),
};

/** What is said of the HTTP API in several files. */
export interface HttpBlocks {
  readonly http: readonly Block<HttpValues>[];
  readonly limits: readonly Block<LimitValues>[];
  readonly sockets: readonly Block<SocketValues>[];
}

/** How the HTTP API is served. */
export function httpOf({ http, limits, sockets }: HttpBlocks): HttpConfig {
  return {
    responseHeaders: joined(allOf(http, 'responseHeaders')),
    blockEndpoints: allOf(http, 'blockEndpoints').flat(),
    allowWriteFrom: allOf(http, 'allowWriteHttpFrom').flat(),
    maxConnectionsPerClient: lastOf(limits)('httpMaxConnsPerClient') ?? 200,
    ...defined({
      maxHeaderBytes: lastOf(http)('maxHeaderBytes') || undefined,
      socketMode: lastOf(sockets)('mode'),
    }),
  };
}
