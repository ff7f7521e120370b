import { bool, type Codec, dictionary, goDuration, list, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import { type LoadBalancer, loadBalancer } from './load-balancer.ts';
import {
  type FailoverPolicy,
  failoverPolicy,
  type PrioritizeByLocality,
  prioritizeByLocality,
} from './resolver-policies.ts';
import { filled, given, held, shape } from './shape.ts';

/** Which instances stand for a service, and which others where those fail. */
export interface ServiceResolver extends EntryHead<'service-resolver'> {
  readonly connectTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  readonly defaultSubset?: string;
  readonly subsets: Readonly<Record<string, ServiceSubset>>;
  readonly redirect?: ResolverRedirect;
  /** By subset, `*` for all others. */
  readonly failover: Readonly<Record<string, ResolverFailover>>;
  readonly loadBalancer?: LoadBalancer;
  readonly prioritizeByLocality?: PrioritizeByLocality;
}

/** Some instances of a service, by a filter expression or their health. */
export interface ServiceSubset {
  readonly filter?: string;
  readonly onlyPassing?: boolean;
}

/** What stands for a service in its place. */
export interface ResolverRedirect {
  readonly service?: string;
  readonly serviceSubset?: string;
  readonly namespace?: string;
  readonly partition?: string;
  readonly datacenter?: string;
  readonly peer?: string;
  readonly samenessGroup?: string;
}

/** What stands in where no instance is healthy: one service in several datacenters, or targets in their order. */
export interface ResolverFailover {
  readonly service?: string;
  readonly serviceSubset?: string;
  readonly namespace?: string;
  readonly datacenters: readonly string[];
  readonly targets: readonly ResolverFailoverTarget[];
  readonly policy?: FailoverPolicy;
  readonly samenessGroup?: string;
}

/** One that stands in. */
export interface ResolverFailoverTarget {
  readonly service?: string;
  readonly serviceSubset?: string;
  readonly partition?: string;
  readonly namespace?: string;
  readonly datacenter?: string;
  readonly peer?: string;
}

const subset = shape<ServiceSubset>({ filter: filled(words), onlyPassing: filled(bool) });

const redirect = shape<ResolverRedirect>({
  service: filled(words),
  serviceSubset: filled(words),
  namespace: filled(words),
  partition: filled(words),
  datacenter: filled(words),
  peer: filled(words),
  samenessGroup: filled(words),
});

const target = shape<ResolverFailoverTarget>({
  service: filled(words),
  serviceSubset: filled(words),
  partition: filled(words),
  namespace: filled(words),
  datacenter: filled(words),
  peer: filled(words),
});

const failover = shape<ResolverFailover>({
  service: filled(words),
  serviceSubset: filled(words),
  namespace: filled(words),
  datacenters: held(list(words), []),
  targets: held(list(target), []),
  policy: given(failoverPolicy),
  samenessGroup: filled(words),
});

/** Reads and prints a resolver. */
export const serviceResolver: Codec<ServiceResolver> = shape<ServiceResolver>(
  {
    connectTimeoutMs: filled(goDuration, { key: 'connectTimeout' }),
    requestTimeoutMs: filled(goDuration, { key: 'requestTimeout' }),
    ...head('service-resolver'),
    defaultSubset: filled(words),
    subsets: held(dictionary(subset), {}),
    redirect: given(redirect),
    failover: held(dictionary(failover), {}),
    prioritizeByLocality: given(prioritizeByLocality),
    loadBalancer: given(loadBalancer),
    meta,
  },
  entryFields,
);
