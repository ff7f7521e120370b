import { type Block, blockOf, defined, field, spell, unsupported } from './block.ts';
import type { CheckDefinition, CheckProbe, CheckStatus } from './check.ts';
import type { Decoded } from './decoded.ts';
import { checkId, serviceId } from './names.ts';
import { type Decoder, describe, duration, listOf, mapOf, oneOf, text } from './primitives.ts';
import { type Casing, decoded, report, rootScope, type Scope, within } from './scope.ts';

const status: Decoder<CheckStatus> = oneOf('passing', 'warning', 'critical');
const notRun = 'checks here are ttl, tcp, http and alias';
const noTls = 'checks do not speak TLS with settings of their own yet';
const noThresholds = 'a check changes with each result, and stays until it is deregistered';

/** As long as a timer can wait: 24 days. */
const longestMs = 2 ** 31 - 1;

const timed: Decoder<number> = (value, scope) => {
  const ms = duration(value, scope);
  if (ms === undefined || ms <= longestMs) return ms;
  return report(scope, 'the longest is 596h');
};

const headerValue: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || /^[\t\x20-\x7e\x80-\xff]*$/.test(found)) return found;
  return report(scope, `${describe(found)} holds what a header may not`);
};

const headerValues = mapOf(listOf(headerValue));

const headers: Decoder<Readonly<Record<string, readonly string[]>>> = (value, scope) => {
  const found = headerValues(value, scope);
  for (const name of Object.keys(found ?? {})) {
    if (/^[\w!#$%&'*+.^`|~-]+$/.test(name)) continue;
    report(within(scope, name), `${describe(name)} is no name of a header`);
  }
  return found;
};

interface CheckValues {
  readonly checkId: string;
  readonly name: string;
  readonly notes: string;
  readonly status: CheckStatus | '';
  readonly serviceId: string;
  readonly ttl: number;
  readonly tcp: string;
  readonly http: string;
  readonly method: string;
  readonly header: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly aliasService: string;
  readonly interval: number;
  readonly timeout: number;
  readonly token: string;
}

const checkFields = {
  checkId: field(checkId, ['id']),
  name: field(text),
  notes: field(text),
  status: field<CheckStatus | ''>((value, scope) => (value === '' ? '' : status(value, scope))),
  serviceId: field(serviceId),
  ttl: field(timed),
  tcp: field(text),
  http: field(text),
  method: field(text),
  header: field(headers),
  body: field(text),
  aliasService: field(serviceId),
  interval: field(timed),
  timeout: field(timed),
  token: field(text),
  ...unsupported(notRun, 'args', 'scriptArgs', 'script', 'shell', 'dockerContainerId', 'osService'),
  ...unsupported(notRun, 'grpc', 'grpcUseTls', 'h2ping', 'h2pingUseTls', 'udp'),
  ...unsupported('a check follows services of its own agent only', 'aliasNode'),
  ...unsupported(noTls, 'tcpUseTls', 'tlsServerName', 'tlsSkipVerify'),
  ...unsupported(noThresholds, 'successBeforePassing', 'failuresBeforeWarning'),
  ...unsupported(noThresholds, 'failuresBeforeCritical', 'deregisterCriticalServiceAfter'),
  ...unsupported('redirects are not followed', 'disableRedirects'),
  ...unsupported('the output is bounded at 4 KiB', 'outputMaxSize'),
  ...unsupported('paths are not exposed by sidecars yet', 'proxyHttp', 'proxyGrpc'),
};

/** What was read of a check. */
export type CheckBlock = Block<CheckValues>;

/** A check that stands by itself: of a service when it names one, else of the node. */
export type CheckDeclaration = CheckDefinition & {
  readonly serviceId?: string;
  readonly token?: string;
};

/** The service whose checks are read. */
export interface CheckOwner {
  readonly id: string;
  readonly name: string;
}

/** Reads a check block or body that stands by itself; it needs a name or an ID. */
export function decodeCheck(
  value: unknown,
  options: { readonly casing: Casing },
): Decoded<CheckDeclaration> {
  const scope = rootScope(options.casing);
  return decoded(scope, standaloneCheck(value, scope));
}

/** Reads one check that stands by itself. */
export const standaloneCheck: Decoder<CheckDeclaration> = (value, scope) => {
  const block = checkBlock(value, scope);
  if (block === undefined) return undefined;
  const { checkId: id, name, serviceId, token } = block.values;
  if (!block.has('name') && !block.has('checkId')) {
    report(scope, `a check needs a ${spell('name', scope.casing)}`, { code: 'missing' });
  }
  const check = definition(block, id ?? (name || 'check'), name || id || 'check');
  return { ...check, ...defined({ serviceId, token: token || undefined }) };
};

/** Reads the checks of one service; the owner is filled in by `ownedChecks` once its ID is known. */
export const checkBlock: Decoder<CheckBlock> = blockOf<CheckValues>(checkFields);

/** The checks of a service with the IDs that Consul gives them: `service:web`, or `service:web:2` where there are several. */
export function ownedChecks(
  owner: CheckOwner,
  blocks: readonly CheckBlock[],
): readonly CheckDefinition[] {
  const seen = new Set<string>();
  return blocks.map((block, index) => {
    const number = blocks.length > 1 ? `:${index + 1}` : '';
    const id = block.values.checkId ?? `service:${owner.id}${number}`;
    if (seen.has(id)) {
      report(block.at('checkId'), `two checks have the ID "${id}"`, { code: 'duplicate' });
    }
    seen.add(id);
    refuseOtherService(block, owner);
    return definition(block, id, block.values.name || `Service '${owner.name}' check`);
  });
}

function refuseOtherService(block: CheckBlock, owner: CheckOwner): void {
  const named = block.values.serviceId;
  if (named === undefined || named === owner.id) return;
  report(block.at('serviceId'), `a check inside a service is of that service, "${owner.id}"`);
}

function definition(block: CheckBlock, id: string, name: string): CheckDefinition {
  return {
    checkId: id,
    name,
    notes: block.values.notes ?? '',
    initialStatus: block.values.status || 'critical',
    probe: probe(block),
  };
}

const kinds = ['ttl', 'tcp', 'http', 'aliasService'] as const;

function probe(block: CheckBlock): CheckProbe {
  const given = kinds.filter((kind) => block.has(kind) && !isUnset(block.values[kind]));
  if (given.length > 1) reportSeveral(block, given);
  const { aliasService, tcp, http } = block.values;
  if (given.includes('aliasService')) return { kind: 'alias', serviceId: aliasService ?? '' };
  if (given.includes('ttl')) return ttlProbe(block);
  if (given.includes('http')) return httpProbe(block, http ?? '');
  if (given.includes('tcp')) return tcpProbe(block, tcp ?? '');
  reportNone(block);
  return { kind: 'reported' };
}

/** Go clients send "" and 0 for what was not set; a value that was refused is undefined and counts as given. */
function isUnset(value: string | number | undefined): boolean {
  return value === '' || value === 0;
}

function reportSeveral(block: CheckBlock, given: readonly string[]): void {
  const names = given.map((kind) => spell(kind, block.scope.casing)).join(' and ');
  report(block.scope, `${names} given: a check is of one kind`);
}

function reportNone(block: CheckBlock): void {
  const refused = block.scope.issues.some(
    (issue) =>
      issue.path.length === block.scope.path.length + 1 &&
      block.scope.path.every((step, index) => issue.path[index] === step),
  );
  if (refused) return;
  const names = kinds.map((kind) => spell(kind, block.scope.casing)).join(', ');
  report(block.scope, `the check says nothing to check: give it one of ${names}`, {
    code: 'missing',
  });
}

function ttlProbe(block: CheckBlock): CheckProbe {
  const ttlMs = block.values.ttl ?? 0;
  if (block.values.ttl !== undefined && ttlMs <= 0) report(block.at('ttl'), 'must be more than 0');
  if (block.values.interval) {
    report(block.at('interval'), 'a ttl check has no interval: somebody else reports its status');
  }
  return { kind: 'ttl', ttlMs };
}

function tcpProbe(block: CheckBlock, address: string): CheckProbe {
  if (block.values.tcp !== undefined && !isHostAndPort(address)) {
    report(block.at('tcp'), `expected an address and a port such as "127.0.0.1:8080"`);
  }
  return { kind: 'tcp', address, ...timing(block) };
}

function isHostAndPort(address: string): boolean {
  const [, port = ''] = /^[^\s\0]+:(\d{1,5})$/.exec(address) ?? [];
  return port !== '' && Number(port) >= 1 && Number(port) <= 65535;
}

function httpProbe(block: CheckBlock, url: string): CheckProbe {
  if (block.values.http !== undefined && !(/^https?:\/\//.test(url) && URL.canParse(url))) {
    report(block.at('http'), 'expected a URL such as "http://127.0.0.1:8080/health"');
  }
  const method = (block.values.method || 'GET').toUpperCase();
  if (!/^[A-Z]+$/.test(method)) report(block.at('method'), 'expected a method such as "GET"');
  const headers = block.values.header ?? {};
  return { kind: 'http', url, method, headers, body: block.values.body ?? '', ...timing(block) };
}

const shortestIntervalMs = 1000;
const defaultTimeoutMs = 10_000;

function timing(block: CheckBlock): { intervalMs: number; timeoutMs: number } {
  const { interval, timeout } = block.values;
  if (interval === undefined && !block.has('interval')) {
    const key = spell('interval', block.scope.casing);
    report(block.scope, `${key} is missing: say how often to check, such as "10s"`, {
      code: 'missing',
    });
  }
  if (interval !== undefined) refuseShortInterval(block.at('interval'), interval);
  if (timeout !== undefined && timeout < 0) report(block.at('timeout'), 'must be more than 0');
  return { intervalMs: interval ?? shortestIntervalMs, timeoutMs: timeout || defaultTimeoutMs };
}

function refuseShortInterval(at: Scope, intervalMs: number): void {
  if (intervalMs <= 0) report(at, 'must be more than 0');
  else if (intervalMs < shortestIntervalMs) report(at, 'the shortest interval is 1s');
}
