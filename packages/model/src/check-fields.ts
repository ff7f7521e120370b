import { type Block, blockOf, field, ignored, spell, unsupported } from './block.ts';
import type { CheckStatus } from './check.ts';
import { headersOf, headerValue } from './http-headers.ts';
import { checkId, nodeName, serviceId } from './names.ts';
import { type Decoder, duration, flag, listOf, oneOf, text, wholeNumber } from './primitives.ts';
import { report } from './scope.ts';
import { onlyDefault } from './tenancy.ts';

/** What is read of a check, be it of a service or one that stands by itself. */
export interface CheckValues {
  readonly checkId: string;
  readonly name: string;
  readonly notes: string;
  readonly status: CheckStatus | '';
  readonly serviceId: string;
  readonly ttl: number;
  readonly tcp: string;
  readonly tcpUseTls: boolean;
  readonly udp: string;
  readonly http: string;
  readonly method: string;
  readonly header: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly disableRedirects: boolean;
  readonly grpc: string;
  readonly grpcUseTls: boolean;
  readonly h2ping: string;
  readonly h2pingUseTls: boolean;
  readonly args: readonly string[];
  readonly aliasService: string;
  readonly aliasNode: string;
  readonly tlsServerName: string;
  readonly tlsSkipVerify: boolean;
  readonly interval: number;
  readonly timeout: number;
  readonly successBeforePassing: number;
  readonly failuresBeforeWarning: number;
  readonly failuresBeforeCritical: number;
  readonly deregisterCriticalServiceAfter: number;
  readonly outputMaxSize: number;
  readonly token: string;
  readonly namespace: 'default';
  readonly partition: 'default';
}

/** What was read of a check. */
export type CheckBlock = Block<CheckValues>;

const status: Decoder<CheckStatus> = oneOf('passing', 'warning', 'critical');

/** As long as a timer can wait: 24 days. */
const longestMs = 2 ** 31 - 1;

const timed: Decoder<number> = (value, scope) => {
  const ms = duration(value, scope);
  if (ms === undefined || ms <= longestMs) return ms;
  return report(scope, 'the longest is 596h');
};

const argument: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || !found.includes('\0')) return found;
  return report(scope, 'holds a character that no program can be given');
};

/** Go clients send "" for what was not set. */
function unlessEmpty(decode: Decoder<string>): Decoder<string> {
  return (value, scope) => (value === '' ? '' : decode(value, scope));
}

const howMany = wholeNumber(0, 1_000_000);
const noDocker = 'the agent speaks to no Docker daemon: run docker exec as a check with args';
const noOsService = 'services of the operating system are looked up on Windows only';

/** Consul's checks are written `ServiceID` and `TLSSkipVerify` too, which is as they were once. */
const checkFields = {
  checkId: field(unlessEmpty(checkId), ['id']),
  name: field(text),
  notes: field(text),
  status: field<CheckStatus | ''>((value, scope) => (value === '' ? '' : status(value, scope))),
  serviceId: field(unlessEmpty(serviceId), ['serviceid']),
  ttl: field(timed),
  tcp: field(text),
  tcpUseTls: field(flag),
  udp: field(text),
  http: field(text),
  method: field(text),
  header: field(headersOf(listOf(headerValue))),
  body: field(text),
  disableRedirects: field(flag),
  grpc: field(text),
  grpcUseTls: field(flag),
  h2ping: field(text),
  h2pingUseTls: field(flag),
  args: field(listOf(argument), ['scriptArgs', 'scriptargs']),
  aliasService: field(unlessEmpty(serviceId)),
  aliasNode: field(unlessEmpty(nodeName)),
  tlsServerName: field(text),
  tlsSkipVerify: field(flag, ['tlsskipverify']),
  interval: field(timed),
  timeout: field(timed),
  successBeforePassing: field(howMany),
  failuresBeforeWarning: field(howMany),
  failuresBeforeCritical: field(howMany),
  deregisterCriticalServiceAfter: field(duration, ['deregistercriticalserviceafter']),
  outputMaxSize: field(wholeNumber(0, 1024 * 1024)),
  token: field(text),
  namespace: field(onlyDefault),
  partition: field(onlyDefault),
  ...ignored('only a check in a Docker container has a shell: write it into args', 'shell'),
  ...unsupported('write the program and what it is given into args', 'script'),
  ...unsupported(noDocker, 'dockerContainerId', 'dockercontainerid'),
  ...unsupported(noOsService, 'osService'),
  ...unsupported('paths are not exposed by sidecars yet', 'proxyHttp', 'proxyGrpc'),
};

/** Names whose spelling over HTTP follows no rule. */
const wire = { h2ping: 'H2PING', h2pingUseTls: 'H2PingUseTLS' };

/** Reads the checks of one service; the owner is filled in by `ownedChecks` once its ID is known. */
export const checkBlock: Decoder<CheckBlock> = blockOf<CheckValues>(checkFields, { wire });

/** How a field of a check is spelled in that document. */
export function spelled(block: CheckBlock, name: keyof CheckValues & string): string {
  const { casing } = block.scope;
  return casing === 'http' && name in wire ? wire[name as keyof typeof wire] : spell(name, casing);
}
