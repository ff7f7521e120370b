import type { Issue, JsonValue } from '@chancery/model';
import {
  formatDuration,
  type JsonObject,
  parseDuration,
  type ReportedProbe,
} from '@chancery/model';

type Sort = 'text' | 'truth' | 'texts' | 'headers' | 'duration' | 'nanoseconds';

/** What a check that somebody else runs may say of how it is run; all else is dropped, as Consul does. */
const described: Readonly<Record<string, Sort>> = {
  Interval: 'duration',
  Timeout: 'duration',
  DeregisterCriticalServiceAfter: 'duration',
  HTTP: 'text',
  Header: 'headers',
  Method: 'text',
  Body: 'text',
  DisableRedirects: 'truth',
  TLSServerName: 'text',
  TLSSkipVerify: 'truth',
  TCP: 'text',
  TCPUseTLS: 'truth',
  UDP: 'text',
  GRPC: 'text',
  GRPCUseTLS: 'truth',
  H2PING: 'text',
  H2PingUseTLS: 'truth',
  OSService: 'text',
  ScriptArgs: 'texts',
  DockerContainerID: 'text',
  Shell: 'text',
  AliasNode: 'text',
  AliasService: 'text',
  TTL: 'nanoseconds',
};

const names = new Map(Object.keys(described).map((name) => [name.toLowerCase(), name]));

/** Reads how a reported check is run, by the fields of its body. */
export function reportedProbe(
  fields: Readonly<Record<string, unknown>>,
  path: Issue['path'],
  issues: Issue[],
): ReportedProbe {
  const definition = reportedDefinition(fields['Definition'], [...path, 'Definition'], issues);
  const port = fields['ExposedPort'];
  return {
    kind: 'reported',
    ...filled('type', text(fields['Type']) || typeOf(definition)),
    ...filled('interval', text(fields['Interval'])),
    ...filled('timeout', text(fields['Timeout'])),
    ...(typeof port === 'number' && port !== 0 && { exposedPort: port }),
    ...(Object.keys(definition).length > 0 && { definition }),
  };
}

function filled<K extends string>(key: K, value: string): { readonly [P in K]?: string } {
  return value === '' ? {} : ({ [key]: value } as { readonly [P in K]: string });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function reportedDefinition(value: unknown, path: Issue['path'], issues: Issue[]): JsonObject {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    issues.push({ path, message: 'must be an object', code: 'wrong-type' });
    return {};
  }
  const entries = Object.entries(value).map(([key, given]) => {
    const name = names.get(key.toLowerCase()) ?? '';
    const read = readEntry(described[name], given, [...path, key], issues);
    return [name, read] as const;
  });
  return Object.fromEntries(entries.filter(([, read]) => !isNothing(read)));
}

/** One entry as it is kept; nothing for what is dropped and for what was refused. */
function readEntry(
  sort: Sort | undefined,
  given: unknown,
  path: Issue['path'],
  issues: Issue[],
): JsonValue {
  if (sort === undefined || isNothing(given)) return null;
  const read = readers[sort](given);
  if (read !== undefined) return read;
  issues.push({ path, message: `must be ${sortNames[sort]}`, code: 'wrong-type' });
  return null;
}

/** What Go leaves out when it prints. */
function isNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return !value || value === '0s';
}

const readers: Readonly<Record<Sort, (value: unknown) => JsonValue | undefined>> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  truth: (value) => (typeof value === 'boolean' ? value : undefined),
  texts: (value) => (isTexts(value) ? value : undefined),
  headers: (value) =>
    typeof value === 'object' && Object.values(value ?? []).every(isTexts)
      ? (value as JsonObject)
      : undefined,
  duration: (value) => {
    const ms = milliseconds(value);
    return ms === undefined ? undefined : formatDuration(ms);
  },
  nanoseconds: (value) => {
    const ms = milliseconds(value);
    return ms === undefined ? undefined : Math.round(ms * 1e6);
  },
};

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function milliseconds(value: unknown): number | undefined {
  if (typeof value === 'number') return value / 1e6;
  return typeof value === 'string' ? parseDuration(value) : undefined;
}

const sortNames: Readonly<Record<Sort, string>> = {
  text: 'a text',
  truth: 'true or false',
  texts: 'a list of texts',
  headers: 'an object of lists of texts',
  duration: 'a duration such as "10s"',
  nanoseconds: 'a duration such as "10s"',
};

/** The keys that make a check of a kind, in the order in which Consul looks; most only together with an interval. */
const kinds: readonly (readonly [key: string, type: string, needsInterval: boolean])[] = [
  ['GRPC', 'grpc', true],
  ['HTTP', 'http', true],
  ['TCP', 'tcp', true],
  ['UDP', 'udp', true],
  ['TTL', 'ttl', false],
  ['AliasNode', 'alias', false],
  ['AliasService', 'alias', false],
  ['ScriptArgs', 'script', false],
  ['H2PING', 'h2ping', true],
  ['OSService', 'os_service', true],
];

function typeOf(definition: JsonObject): string {
  const hasInterval = 'Interval' in definition;
  const kind = kinds.find(([key, , needs]) => key in definition && (hasInterval || !needs));
  return kind?.[1] ?? '';
}
