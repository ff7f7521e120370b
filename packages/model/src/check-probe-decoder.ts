import { defined } from './block.ts';
import type { CheckProbe, CheckTls } from './check.ts';
import { type CheckBlock, spelled } from './check-fields.ts';
import { timing } from './check-timing.ts';
import { report, warn } from './scope.ts';

/** What says of which kind a check is, in the order in which it is asked about. */
const kinds = ['ttl', 'http', 'tcp', 'udp', 'grpc', 'h2ping', 'args'] as const;

type Kind = (typeof kinds)[number];

/** What a check is to find out, and how. */
export function probeOf(block: CheckBlock): CheckProbe {
  const given = kinds.filter((kind) => block.has(kind) && !isZero(block.values[kind]));
  const alias = aliasOf(block);
  const names = [...given, ...(alias ? (['aliasService'] as const) : [])];
  if (names.length > 1) reportSeveral(block, names);
  if (alias !== undefined) return alias;
  const [kind] = given;
  return kind === undefined ? nothingToCheck(block) : probes[kind](block);
}

/** Go clients send "" and 0 for what was not set; a value that was refused is undefined and counts as given. */
function isZero(value: string | number | readonly string[] | undefined): boolean {
  return value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
}

const probes: Readonly<Record<Kind, (block: CheckBlock) => CheckProbe>> = {
  ttl: ttlProbe,
  http: httpProbe,
  tcp: (block) => ({
    kind: 'tcp',
    address: dialled(block, 'tcp'),
    ...timing(block),
    ...(block.values.tcpUseTls && { tls: tls(block) }),
  }),
  udp: (block) => ({ kind: 'udp', address: dialled(block, 'udp'), ...timing(block) }),
  grpc: grpcProbe,
  h2ping: (block) => ({
    kind: 'h2ping',
    address: dialled(block, 'h2ping'),
    ...timing(block),
    ...(block.values.h2pingUseTls !== false && { tls: tls(block) }),
  }),
  args: scriptProbe,
};

function aliasOf(block: CheckBlock): CheckProbe | undefined {
  const { aliasService: serviceId = '', aliasNode: node = '' } = block.values;
  const isGiven = [serviceId, node].some((name) => name !== '');
  if (!isGiven && !isRefused(block, 'aliasService') && !isRefused(block, 'aliasNode')) {
    return undefined;
  }
  withoutEffect(block, ['interval', ...ofRuns], 'an alias is as what it stands for');
  return { kind: 'alias', serviceId, ...defined({ node: node || undefined }) };
}

function isRefused(block: CheckBlock, key: 'aliasService' | 'aliasNode'): boolean {
  return block.has(key) && block.values[key] === undefined;
}

/** What only a check has that is run. */
const ofRuns = [
  'timeout',
  'successBeforePassing',
  'failuresBeforeWarning',
  'failuresBeforeCritical',
] as const;

function withoutEffect(
  block: CheckBlock,
  names: readonly ('interval' | (typeof ofRuns)[number])[],
  reason: string,
): void {
  for (const name of names) {
    if (!block.values[name]) continue;
    const key = spelled(block, name);
    warn(block.at(name), `${key} has no effect: ${reason}`, key);
  }
}

function reportSeveral(block: CheckBlock, given: readonly (Kind | 'aliasService')[]): void {
  const names = given.map((kind) => spelled(block, kind)).join(' and ');
  report(block.scope, `${names} given: a check is of one kind`);
}

function nothingToCheck(block: CheckBlock): CheckProbe {
  const { issues, path } = block.scope;
  const refused = issues.some(
    (issue) => issue.path.length > path.length && path.every((step, at) => issue.path[at] === step),
  );
  if (!refused) {
    const names = [...kinds, 'aliasService' as const].map((kind) => spelled(block, kind));
    report(block.scope, `the check says nothing to check: give it one of ${names.join(', ')}`, {
      code: 'missing',
    });
  }
  return { kind: 'reported' };
}

function ttlProbe(block: CheckBlock): CheckProbe {
  const ttlMs = block.values.ttl ?? 0;
  if (block.values.ttl !== undefined && ttlMs <= 0) report(block.at('ttl'), 'must be more than 0');
  if (block.values.interval) {
    report(block.at('interval'), 'a ttl check has no interval: somebody else reports its status');
  }
  withoutEffect(block, ofRuns, 'a ttl check is not run, somebody else reports its status');
  return { kind: 'ttl', ttlMs };
}

function httpProbe(block: CheckBlock): CheckProbe {
  const { http: url = '', header: headers = {}, body = '', disableRedirects } = block.values;
  if (block.values.http !== undefined && !(/^https?:\/\//.test(url) && URL.canParse(url))) {
    report(block.at('http'), 'expected a URL such as "http://127.0.0.1:8080/health"');
  }
  const method = (block.values.method || 'GET').toUpperCase();
  if (!/^[A-Z]+$/.test(method)) report(block.at('method'), 'expected a method such as "GET"');
  return {
    kind: 'http',
    url,
    method,
    headers,
    body,
    ...timing(block),
    ...(disableRedirects && { disableRedirects }),
    ...(judgesOtherwise(block) && { tls: tls(block) }),
  };
}

function judgesOtherwise({ values }: CheckBlock): boolean {
  return Boolean(values.tlsServerName) || values.tlsSkipVerify === true;
}

function tls({ values: { tlsServerName, tlsSkipVerify = false } }: CheckBlock): CheckTls {
  return {
    skipVerify: tlsSkipVerify,
    ...defined({ serverName: tlsServerName || undefined }),
  };
}

function grpcProbe(block: CheckBlock): CheckProbe {
  const [address = '', ...service] = (block.values.grpc ?? '').split('/');
  if (block.values.grpc !== undefined && !isHostAndPort(address)) {
    report(
      block.at('grpc'),
      'expected an address, a port and perhaps a service, such as "127.0.0.1:8080/my.Service"',
    );
  }
  return {
    kind: 'grpc',
    address,
    service: service.join('/'),
    ...timing(block),
    ...(block.values.grpcUseTls && { tls: tls(block) }),
  };
}

function scriptProbe(block: CheckBlock): CheckProbe {
  const [program = '', ...args] = block.values.args ?? [];
  if (program === '' && block.values.args !== undefined) {
    report(block.at('args'), 'names no program to run');
  }
  return { kind: 'script', program, args, ...timing(block) };
}

function dialled(block: CheckBlock, name: 'tcp' | 'udp' | 'h2ping'): string {
  const address = block.values[name];
  if (address !== undefined && !isHostAndPort(address)) {
    report(block.at(name), 'expected an address and a port such as "127.0.0.1:8080"');
  }
  return address ?? '';
}

/** An IPv6 address stands in brackets: without, its last group would pass for a port. */
function isHostAndPort(address: string): boolean {
  const [, port = ''] = /^(?:[^\s\0:[\]]+|\[[\da-fA-F:.%\w]+\]):(\d{1,5})$/.exec(address) ?? [];
  return port !== '' && Number(port) >= 1 && Number(port) <= 65535;
}
