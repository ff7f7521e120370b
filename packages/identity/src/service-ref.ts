/** Names a service in every dimension that tells two services apart. Only `default` is accepted for namespace and partition today. */
export interface ServiceRef {
  readonly name: string;
  readonly namespace: string;
  readonly partition: string;
}

/** A service as one proxy reaches it: which subset of its instances, in which datacenter. */
export interface Target {
  readonly service: ServiceRef;
  readonly subset?: string;
  readonly datacenter: string;
}

/** A service of the default namespace and partition. */
export function serviceRef(name: string): ServiceRef {
  return { name, namespace: 'default', partition: 'default' };
}

/** The key under which tables, memo entries and resource names know a service: `partition/namespace/name`. */
export function serviceKey(service: ServiceRef): string {
  return `${service.partition}/${service.namespace}/${service.name}`;
}
