import type { PassiveHealthCheck } from '../proxy-config.ts';
import { bool, type Codec, count, integer, list, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import { tenancyFields } from './entry-tenancy.ts';
import { type HeaderModifiers, headerModifiers } from './header-modifiers.ts';
import { always, filled, given, held, required, shape } from './shape.ts';
import { type TlsVersions, tlsVersionMembers } from './tls-settings.ts';
import { passiveHealthCheck } from './upstream-settings.ts';

/** How traffic from outside the mesh gets in. */
export interface IngressGateway extends EntryHead<'ingress-gateway'> {
  readonly tls: IngressTls;
  readonly listeners: readonly IngressListener[];
  /** What holds for services that do not say otherwise; 0 is no limit. */
  readonly defaults?: IngressLimits;
}

/** Whether and with which certificate listeners speak TLS. */
export interface IngressTls extends TlsVersions {
  readonly enabled: boolean;
  readonly sds?: SdsCertificate;
}

/** A certificate that the gateway fetches from a server of secrets. */
export interface SdsCertificate {
  readonly clusterName?: string;
  readonly certResource?: string;
}

/** A port and the services behind it. */
export interface IngressListener {
  readonly port: number;
  readonly protocol: string;
  readonly tls?: IngressTls;
  readonly services: readonly IngressService[];
}

/** A service behind a listener, `*` for all that speak its protocol. */
export interface IngressService extends IngressLimits {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly tls?: { readonly sds?: SdsCertificate };
  readonly requestHeaders?: HeaderModifiers;
  readonly responseHeaders?: HeaderModifiers;
}

/** How much at once a gateway sends to a service, and when it leaves out an endpoint. */
export interface IngressLimits {
  readonly maxConnections?: number;
  readonly maxPendingRequests?: number;
  readonly maxConcurrentRequests?: number;
  readonly passiveHealthCheck?: PassiveHealthCheck;
}

const sds = shape<SdsCertificate>({ clusterName: filled(words), certResource: filled(words) });

const tls = shape<IngressTls>({
  enabled: always(bool, false),
  sds: given(sds),
  ...tlsVersionMembers,
});

const service = shape<IngressService>(
  {
    name: required(words),
    hosts: held(list(words), [], { blank: null }),
    tls: given(shape<NonNullable<IngressService['tls']>>({ sds: given(sds) })),
    requestHeaders: given(headerModifiers),
    responseHeaders: given(headerModifiers),
    maxConnections: filled(count),
    maxPendingRequests: filled(count),
    maxConcurrentRequests: filled(count),
    passiveHealthCheck: given(passiveHealthCheck),
  },
  tenancyFields,
);

const listener = shape<IngressListener>({
  port: always(integer, 0),
  protocol: always(words, ''),
  tls: given(tls),
  services: held(list(service), [], { blank: null }),
});

const defaults = shape<IngressLimits>({
  maxConnections: filled(count, { blank: 0 }),
  maxPendingRequests: filled(count, { blank: 0 }),
  maxConcurrentRequests: filled(count, { blank: 0 }),
  passiveHealthCheck: given(passiveHealthCheck),
});

/** Reads and prints a gateway, without what Consul fills in. */
export const ingressGateway: Codec<IngressGateway> = shape<IngressGateway>(
  {
    ...head('ingress-gateway'),
    tls: always(tls, { enabled: false, cipherSuites: [] }),
    listeners: held(list(listener), [], { blank: null }),
    defaults: given(defaults),
    meta,
  },
  entryFields,
);
