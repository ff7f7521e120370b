import { typeNames } from '@chancery/mesh-api/calls';
import type { MeshClient } from '@chancery/mesh-api/client';
import type { ListProxiesResponse, Proxy as MeshProxy } from '@chancery/mesh-api/v1/proxies';
import { askMesh } from '../ask-mesh.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';

/** The exit code where a proxy has refused something, or not acknowledged it. */
const behind = 2;

/** `proxies` */
export const command: Command = {
  usage: '[-config [-type TYPE]] [-format json] [PROXY]',
  about:
    'Shows what each proxy was sent and what it said to it: per type of resource SYNCED, PENDING, REJECTED or, where it never asked for it, "-". ' +
    'With the ID of a proxy, or the name of the service it stands for, all that is known of it; with -config its resources, without their secrets, and how they differ from what it has acknowledged. ' +
    'Exit code 0: all is acknowledged, 2: something is refused, or not acknowledged yet, 1: an error.',
  examples: ['proxies', 'proxies web-sidecar-proxy', 'proxies -config -type cds web-sidecar-proxy'],
  flags: [
    {
      name: 'config',
      kind: 'switch',
      about: 'Print the resources of the proxy. Private keys are left out.',
    },
    {
      name: 'type',
      kind: 'text',
      value: typeNames.join('|'),
      about: 'Only the resources of this type.',
      choices: typeNames,
    },
    formatFlag,
    ...httpFlags,
  ],
  operands: ['proxy-id'],
  async run(call) {
    const mistake = mistakeOf(call);
    if (mistake !== undefined) return fail(call.io, mistake);
    return await askMesh(call, 'Error asking about the proxies', (mesh) => shown(call, mesh));
  },
};

function mistakeOf({ flags, args }: Call): string | undefined {
  if (args.length > 1) return `Too many arguments (expected 1 at most, got ${args.length})`;
  const wantsConfig = flags.on('config');
  if (wantsConfig && args.length === 0) return '-config is about one proxy: give its ID';
  if (!wantsConfig && flags.text('type') !== undefined) return '-type goes with -config';
  return undefined;
}

async function shown(call: Call, mesh: MeshClient): Promise<number> {
  const [proxy = ''] = call.args;
  const found = await mesh.proxies.listProxies({ proxy });
  if (call.flags.on('config')) return await showConfig(call, mesh, found);
  if (wantsJson(call)) {
    const { messageJson } = await import('@chancery/mesh-api/client');
    const { ListProxiesResponseSchema } = await import('@chancery/mesh-api/v1/proxies');
    printJson(call.io, messageJson(ListProxiesResponseSchema, found));
  } else {
    const { printProxies } = await import('./print-proxies.ts');
    printProxies(call.io, found.proxies, proxy !== '');
  }
  return await codeFor(found.proxies);
}

async function showConfig(
  call: Call,
  mesh: MeshClient,
  { proxies }: ListProxiesResponse,
): Promise<number> {
  const [named = ''] = call.args;
  const one = proxies.find(({ id }) => id === named) ?? proxies[0];
  if (one === undefined || (one.id !== named && proxies.length > 1)) {
    const ids = proxies.map(({ id }) => id).join(', ');
    return fail(call.io, `"${named}" has ${proxies.length} proxies, name one of them: ${ids}`);
  }
  const type = call.flags.text('type') ?? '';
  const found = await mesh.proxies.getProxyConfig({ proxy: one.id, type });
  if (wantsJson(call)) {
    const { messageJson } = await import('@chancery/mesh-api/client');
    const { GetProxyConfigResponseSchema } = await import('@chancery/mesh-api/v1/proxies');
    printJson(call.io, messageJson(GetProxyConfigResponseSchema, found));
  } else {
    const { printConfig } = await import('./print-config.ts');
    printConfig(call.io, found);
  }
  return await codeFor(found.proxy === undefined ? [] : [found.proxy]);
}

async function codeFor(proxies: readonly MeshProxy[]): Promise<number> {
  const { SyncState } = await import('@chancery/mesh-api/v1/proxies');
  const isBehind = proxies.some(({ types: all }) =>
    all.some(({ state }) => state === SyncState.PENDING || state === SyncState.REJECTED),
  );
  return isBehind ? behind : 0;
}
