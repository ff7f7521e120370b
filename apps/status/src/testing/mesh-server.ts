import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { create } from '@bufbuild/protobuf';
import {
  type ApplyRequest,
  ApplyResponseSchema,
  ChangeService,
  type PlanRequest,
  PlanResponseSchema,
  type RollbackRequest,
} from '@chancery/mesh-api/v1/changes';
import { ExplainResponseSchema, IntentionService } from '@chancery/mesh-api/v1/intentions';
import {
  GetProxyConfigResponseSchema,
  ProxyService,
  WaitAppliedResponseSchema,
} from '@chancery/mesh-api/v1/proxies';
import { StatusService, type WatchResponse } from '@chancery/mesh-api/v1/status';
import type { ConnectRouter } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import type { World } from './world.ts';
import { worldMatrix, worldMessages } from './world-messages.ts';

/** An agent that tells of a made-up mesh. */
export interface MeshServer extends AsyncDisposable {
  readonly address: string;
  /** Tells every watcher one thing more. */
  readonly tell: (message: WatchResponse) => void;
  /** What was to be changed, in the order in which it came. */
  readonly applied: readonly (ApplyRequest | RollbackRequest)[];
  readonly planned: readonly PlanRequest[];
  /** Watchers at the moment. */
  readonly watchers: () => number;
}

/** Serves a made-up mesh over HTTP, on a free port unless one is given. */
export async function startMeshServer(world: World, port = 0): Promise<MeshServer> {
  const watchers = new Set<(message: WatchResponse) => void>();
  const applied: (ApplyRequest | RollbackRequest)[] = [];
  const planned: PlanRequest[] = [];
  const routes = (router: ConnectRouter): void => {
    router.service(StatusService, {
      async *watch(_request, { signal }) {
        yield* worldMessages(world);
        yield* told(watchers, signal);
      },
      async *watchMatrix(request, { signal }) {
        yield worldMatrix(world, request);
        await aborted(signal);
      },
    });
    router.service(IntentionService, { explain: (request) => explanation(request) });
    router.service(ProxyService, {
      getProxyConfig: ({ proxy }) => proxyConfig(proxy),
      waitApplied: () =>
        create(WaitAppliedResponseSchema, {
          affected: 3,
          acknowledged: 3,
          took: { seconds: 0n, nanos: 84_000_000 },
        }),
    });
    router.service(ChangeService, {
      plan(request) {
        planned.push(request);
        return plan(request);
      },
      planRollback: () => plan(undefined),
      apply(request) {
        applied.push(request);
        return create(ApplyResponseSchema, {
          revision: 43n,
          changes: [{ kind: 'service-intentions', name: 'db' }],
        });
      },
      rollback(request) {
        applied.push(request);
        return create(ApplyResponseSchema, {
          revision: 43n,
          changes: [{ kind: 'service-intentions', name: 'db' }],
        });
      },
    });
  };
  const server = createServer(connectNodeAdapter({ routes }));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    tell(message) {
      for (const tell of watchers) tell(message);
    },
    applied,
    planned,
    watchers: () => watchers.size,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function* told(
  watchers: Set<(message: WatchResponse) => void>,
  signal: AbortSignal,
): AsyncGenerator<WatchResponse> {
  const queue: WatchResponse[] = [];
  let wake: () => void = () => {};
  const tell = (message: WatchResponse): void => {
    queue.push(message);
    wake();
  };
  watchers.add(tell);
  signal.addEventListener('abort', () => wake());
  try {
    while (!signal.aborted) {
      yield* queue.splice(0);
      if (queue.length > 0 || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    watchers.delete(tell);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
}

function explanation({
  source,
  destination,
}: {
  source: string;
  destination: string;
}): ReturnType<typeof create<typeof ExplainResponseSchema>> {
  return create(ExplainResponseSchema, {
    allowed: false,
    summary: `${source} => ${destination} (deny) decides`,
    revision: 42n,
    source,
    destination,
    defaultAction: 'deny',
    winner: `${source} => ${destination} (deny)`,
    considered: [
      {
        source,
        destination,
        effect: 'deny',
        precedence: 9,
        outcome: 1,
        why: 'It names both services.',
      },
      {
        source: '*',
        destination,
        effect: 'allow',
        precedence: 8,
        outcome: 2,
        why: 'One that names the source comes first.',
      },
    ],
    enforcing: [
      {
        proxy: `${destination}-sidecar-proxy`,
        filter: 'envoy.filters.network.rbac',
        state: 1,
        connected: true,
        effect: 'denies',
        clause: { action: 'DENY' },
      },
    ],
    upstreams: [
      {
        proxy: `${source}-sidecar-proxy`,
        listener: '127.0.0.1:9191',
        cluster: `${destination}.default.dc1`,
        sni: `${destination}.default.dc1.internal`,
        expectedSan: `spiffe://1111.consul/ns/default/dc/dc1/svc/${destination}`,
        endpoints: [
          { instance: destination, address: '127.0.0.1:21001', health: 'passing', used: true },
        ],
      },
    ],
  });
}

function proxyConfig(
  proxy: string,
): ReturnType<typeof create<typeof GetProxyConfigResponseSchema>> {
  return create(GetProxyConfigResponseSchema, {
    proxy: { id: proxy },
    resources: [
      {
        type: 'cds',
        name: 'local_app',
        state: 3,
        desired: { name: 'local_app', connectTimeout: '0s' },
      },
      { type: 'sds', name: 'leaf/web', state: 1, desired: { privateKey: '<redacted>' } },
    ],
  });
}

/** The present entry for a plan to delete it, and a change of one field for any other. */
function plan(
  request: PlanRequest | undefined,
): ReturnType<typeof create<typeof PlanResponseSchema>> {
  const key = request?.change?.deletions[0];
  const sources = [{ Name: 'web', Action: 'allow', Description: 'kept' }];
  const before = { Kind: 'service-intentions', Name: key?.name ?? 'db', Sources: sources };
  if (key !== undefined) {
    return create(PlanResponseSchema, {
      changes: [{ kind: key.kind, name: key.name, action: 3, before }],
    });
  }
  return create(PlanResponseSchema, {
    revision: 42n,
    digest: 'digest-1',
    changes: [
      {
        kind: 'service-intentions',
        name: 'db',
        action: 2,
        fields: [
          {
            path: 'Sources[0].Action',
            before: { kind: { case: 'stringValue', value: 'allow' } },
            after: { kind: { case: 'stringValue', value: 'deny' } },
          },
        ],
      },
    ],
    flips: [
      {
        source: 'web',
        destination: 'db',
        allowedBefore: true,
        allowedAfter: false,
        becauseBefore: 'web => db (allow)',
        becauseAfter: 'web => db (deny)',
      },
    ],
    resources: [{ type: 'ecds', name: 'envoy.filters.network.rbac', action: 2 }],
    proxies: [{ proxy: 'db-sidecar-proxy', service: 'db', connected: true, resources: [0] }],
    proxiesConsidered: 4,
  });
}
