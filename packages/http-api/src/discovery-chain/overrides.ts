import { createHash } from 'node:crypto';
import type { ServiceSettings } from '@chancery/config-entries';
import { parseDuration } from '@chancery/model';
import { failure, type Reply } from '../reply.ts';
import { isReply } from '../route.ts';

/** What a caller wants otherwise in a chain than the entries say. */
export interface Overrides {
  readonly protocol?: string;
  readonly connectTimeoutMs?: number;
  readonly meshGatewayMode?: NonNullable<ServiceSettings['meshGatewayMode']>;
}

const modes = ['none', 'local', 'remote'] as const;

/** Reads the body of a request for a chain. An unknown key is refused: its override would be missed. */
export function overridesOf(body: unknown): Overrides | Reply {
  if (!isObject(body)) return undecodable('expected a block of overrides');
  let overrides: Overrides = {};
  for (const [key, value] of Object.entries(body)) {
    const override = readOverride(key, value);
    if (isReply(override)) return override;
    overrides = { ...overrides, ...override };
  }
  return overrides;
}

function readOverride(key: string, value: unknown): Overrides | Reply {
  switch (fold(key)) {
    case 'overrideprotocol':
      return protocolOf(key, value);
    case 'overrideconnecttimeout':
      return connectTimeoutOf(key, value);
    case 'overridemeshgateway':
      return meshGatewayOf(key, value);
    default:
      return undecodable(`json: unknown field ${JSON.stringify(key)}`);
  }
}

function protocolOf(key: string, value: unknown): Overrides | Reply {
  if (typeof value !== 'string') return undecodable(`${key}: expected a text`);
  return value === '' ? {} : { protocol: value };
}

/** A text such as `5s`, or nanoseconds; nothing and less than nothing override nothing. */
function connectTimeoutOf(key: string, value: unknown): Overrides | Reply {
  const ms = durationOf(value);
  if (ms === undefined) return undecodable(`${key}: expected a duration such as "5s"`);
  return ms > 0 ? { connectTimeoutMs: ms } : {};
}

/** Go's durations end at 2^63 nanoseconds. */
const mostNanoseconds = 2 ** 63;

function durationOf(value: unknown): number | undefined {
  if (value === '') return 0;
  if (typeof value === 'number') return value < mostNanoseconds ? value / 1e6 : undefined;
  return typeof value === 'string' ? parseDuration(value) : undefined;
}

function meshGatewayOf(key: string, value: unknown): Overrides | Reply {
  if (!isObject(value)) return undecodable(`${key}: expected a block with a mode`);
  const [, mode = ''] = Object.entries(value).find(([name]) => fold(name) === 'mode') ?? [];
  const known = modes.find((each) => each === mode);
  if (known !== undefined) return { meshGatewayMode: known };
  return mode === '' ? {} : failure(400, 'Invalid OverrideMeshGateway.Mode parameter');
}

/** Tells chains apart that differ by what their callers wanted; undefined when that is what the entries say anyway. */
export function customizationHash(
  { protocol, connectTimeoutMs, meshGatewayMode }: Overrides,
  settings: ServiceSettings,
  defaultConnectTimeoutMs: number,
): string | undefined {
  const differs =
    (protocol ?? settings.protocol) !== settings.protocol ||
    (connectTimeoutMs ?? defaultConnectTimeoutMs) !== defaultConnectTimeoutMs ||
    (meshGatewayMode ?? settings.meshGatewayMode) !== settings.meshGatewayMode;
  if (!differs) return undefined;
  const text = JSON.stringify([protocol, connectTimeoutMs, meshGatewayMode]);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys are the same whatever their case, with and without underscores. */
function fold(key: string): string {
  return key.toLowerCase().replaceAll('_', '');
}

function undecodable(reason: string): Reply {
  return failure(400, `Request decoding failed: ${reason}`);
}
