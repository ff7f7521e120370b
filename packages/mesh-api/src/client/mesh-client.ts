import { type Client, createClient, type Transport } from '@connectrpc/connect';
import { ChangeService } from '../../gen/chancery/mesh/v1/changes_pb.ts';
import { IntentionService } from '../../gen/chancery/mesh/v1/intentions_pb.ts';
import { ProxyService } from '../../gen/chancery/mesh/v1/proxies_pb.ts';
import { StatusService } from '../../gen/chancery/mesh/v1/status_pb.ts';
import { leavable } from './leavable.ts';

/** The RPCs of an agent. */
export interface MeshClient {
  readonly proxies: Client<typeof ProxyService>;
  readonly intentions: Client<typeof IntentionService>;
  readonly changes: Client<typeof ChangeService>;
  readonly status: Client<typeof StatusService>;
}

/** A client over any transport: one of HTTP, or one within the process in tests. A stream that is left ends its request. */
export function meshClient(transport: Transport): MeshClient {
  const status = createClient(StatusService, transport);
  return {
    proxies: createClient(ProxyService, transport),
    intentions: createClient(IntentionService, transport),
    changes: createClient(ChangeService, transport),
    status: {
      watch: leavable(status.watch),
      watchMatrix: leavable(status.watchMatrix),
      check: leavable(status.check),
    },
  };
}
