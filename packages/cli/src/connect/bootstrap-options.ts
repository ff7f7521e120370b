import type { AgentService, Client } from '@chancery/client';
import { type BootstrapOptions, resolveAddress, type SocketAddress } from '@chancery/envoy-runner';
import {
  type AccessLogs,
  decodeConfigEntry,
  decodeProxyConfig,
  formatIssue,
  type Issue,
  type JsonObject,
} from '@chancery/model';
import { fail } from '../attempt.ts';
import type { Call } from '../command.ts';
import { metricsTls } from './metrics-tls.ts';
import { registeredProxy } from './proxy-id.ts';
import { readyAddress } from './ready-address.ts';

/** What the bootstrap of a proxy is made of. */
export interface ProxySource {
  readonly client: Client;
  readonly proxyId: string;
  readonly xdsAddress: string;
  readonly token: string;
}

/** Everything the bootstrap of a registered proxy is made of; says what is wrong and gives `undefined` when that fails. */
export async function bootstrapOptions(
  source: ProxySource,
  call: Call,
): Promise<BootstrapOptions | undefined> {
  const registered = await registeredProxy(source.client, source.proxyId, call);
  if (registered === undefined) return undefined;
  const ownConfig = call.flags.on('no-central-config') ? {} : registered.Proxy?.Config;
  const config = decodeProxyConfig((ownConfig ?? {}) as JsonObject);
  if (!config.ok) reportIssues(config.issues, call, 'proxy.config');
  const admin = await address('-admin-bind', call.flags.text('admin-bind') ?? defaultAdmin, call);
  const agent = await address('-grpc-addr', source.xdsAddress, call);
  const stats = await statsOptions(call);
  const ready = await readyAddress(call);
  if (!config.ok || !admin || !agent || !stats || ready.kind === 'wrong') return undefined;
  const accessLogPath = call.flags.text('admin-access-log-path');
  const accessLogs = await meshAccessLogs(source.client, call);
  return {
    node: proxyNode(registered, call),
    admin: {
      address: admin,
      ...(accessLogPath !== undefined && { accessLogPath }),
      ...(accessLogs && { accessLogs }),
    },
    agent: {
      address: agent,
      token: source.token,
      protocol: call.flags.on('sotw') ? 'state-of-the-world' : 'delta',
      takesLoadReports: await takesLoadReports(source.client),
    },
    config: config.value.bootstrap,
    environment: { ...call.io.environment },
    stats,
    ...(ready.kind === 'at' && { ready: ready.address }),
  };
}

/** Ours does; a Consul does not. One that does not say what it is is taken for a Consul. */
async function takesLoadReports({ agent }: Client): Promise<boolean> {
  try {
    const { Config } = await agent.self();
    return Config.Version.includes('+chancery.');
  } catch {
    return false;
  }
}

const defaultAdmin = 'localhost:19000';

/** How all proxies log, if they are asked to. */
async function meshAccessLogs(client: Client, { flags }: Call): Promise<AccessLogs | undefined> {
  if (flags.on('no-central-config')) return undefined;
  const entry = await client.config.entry('proxy-defaults', 'global');
  const decoded = entry && decodeConfigEntry(entry, { casing: 'http' });
  if (!decoded?.ok || decoded.value.kind !== 'proxy-defaults') return undefined;
  return decoded.value.accessLogs;
}

function proxyNode(registered: AgentService, { flags }: Call): BootstrapOptions['node'] {
  const nodeName = flags.text('node-name');
  return {
    proxyId: registered.ID,
    service: registered.Proxy?.DestinationServiceName ?? '',
    datacenter: registered.Datacenter ?? '',
    ...(nodeName !== undefined && { nodeName }),
  };
}

async function statsOptions(call: Call): Promise<BootstrapOptions['stats']> {
  const { flags, io } = call;
  const text = flags.text('prometheus-backend-port');
  const port = Number(text ?? 1);
  if (!(Number.isInteger(port) && port > 0 && port < 65536)) {
    fail(io, `invalid value "${text}" for flag -prometheus-backend-port: it must be a port`);
    return undefined;
  }
  const metrics = await metricsTls(call);
  if (metrics.kind === 'wrong') return undefined;
  const scrapePath = flags.text('prometheus-scrape-path');
  return {
    omitDeprecatedTags: flags.on('omit-deprecated-tags'),
    ...(scrapePath !== undefined && { prometheusScrapePath: scrapePath }),
    ...(text !== undefined && { prometheusBackendPort: port }),
    ...(metrics.kind === 'tls' && { prometheusTls: metrics.tls }),
  };
}

/** Says each mistake on a line of its own. */
export function reportIssues(issues: readonly Issue[], { io }: Call, name?: string): void {
  const place = name === undefined ? undefined : { name };
  for (const issue of issues) fail(io, formatIssue(issue, place));
}

async function address(flag: string, text: string, call: Call): Promise<SocketAddress | undefined> {
  const resolved = await resolveAddress(text);
  if (resolved.ok) return resolved.value;
  reportIssues(resolved.issues, call, flag);
  return undefined;
}
