/** What a proxy began to one of its clusters since it reported last. */
export interface LoadReport {
  /** The `node.id` of the Envoy. */
  readonly proxyId: string;
  readonly cluster: string;
  /** Requests; of a TCP cluster, connections. Also those that the other side refused later. */
  readonly issued: number;
}
