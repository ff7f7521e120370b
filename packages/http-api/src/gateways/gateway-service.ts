import type { RowRevisions } from '@chancery/store';

/** One service behind one gateway. */
export interface GatewayService {
  readonly gateway: string;
  readonly service: string;
  readonly gatewayKind: 'ingress-gateway' | 'terminating-gateway';
  /** Whether it is not named: the gateway serves all that fit. */
  readonly fromWildcard: boolean;
  /** Where and how an ingress gateway listens for it. */
  readonly port?: number;
  readonly protocol?: string;
  readonly hosts?: readonly string[];
  /** How a terminating gateway dials it. */
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly sni?: string;
  readonly autoHostRewrite?: boolean;
  /** Of the entry of the gateway. */
  readonly revisions: RowRevisions;
}

/** A service of a gateway as `/v1/catalog/gateway-services` shows it. */
export function gatewayService(served: GatewayService): object {
  return {
    Gateway: { Name: served.gateway },
    Service: { Name: served.service },
    GatewayKind: served.gatewayKind,
    ...(served.port !== undefined && { Port: served.port }),
    ...(served.protocol !== undefined && { Protocol: served.protocol }),
    ...(served.hosts !== undefined && { Hosts: served.hosts }),
    ...(served.caFile !== undefined && { CAFile: served.caFile }),
    ...(served.certFile !== undefined && { CertFile: served.certFile }),
    ...(served.keyFile !== undefined && { KeyFile: served.keyFile }),
    ...(served.sni !== undefined && { SNI: served.sni }),
    ...(served.fromWildcard && { FromWildcard: true }),
    // As in Consul a gateway's services are as old as its entry's last change.
    CreateIndex: served.revisions.modified,
    ModifyIndex: served.revisions.modified,
    ...(served.autoHostRewrite && { AutoHostRewrite: true }),
  };
}
