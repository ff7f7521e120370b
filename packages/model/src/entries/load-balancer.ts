import { bool, type Codec, count, list, nanoseconds, word, words } from './codec.ts';
import { each, type Tell } from './problem.ts';
import { filled, given, held, shape } from './shape.ts';

/** How the endpoints of a service take turns. */
export type LoadBalancerPolicy =
  | 'random'
  | 'round_robin'
  | 'least_request'
  | 'ring_hash'
  | 'maglev';

/** How requests are spread over the endpoints of a service. */
export interface LoadBalancer {
  readonly policy?: LoadBalancerPolicy;
  readonly ringHashConfig?: RingHashConfig;
  readonly leastRequestConfig?: LeastRequestConfig;
  readonly hashPolicies: readonly HashPolicy[];
}

/** The bounds of the ring of `ring_hash`. */
export interface RingHashConfig {
  readonly minimumRingSize?: number;
  readonly maximumRingSize?: number;
}

/** Of how many endpoints `least_request` takes the one with the fewest requests. */
export interface LeastRequestConfig {
  readonly choiceCount?: number;
}

/** What of a request is hashed to find its endpoint. */
export interface HashPolicy {
  readonly field?: 'header' | 'cookie' | 'query_parameter';
  readonly fieldValue?: string;
  readonly cookieConfig?: HashCookie;
  readonly sourceIp?: boolean;
  /** Whether later policies are left out when this one found something to hash. */
  readonly terminal?: boolean;
}

/** A cookie that is made where there is none. */
export interface HashCookie {
  readonly session?: boolean;
  readonly ttlMs?: number;
  readonly path?: string;
}

const cookie = shape<HashCookie>({
  session: filled(bool),
  ttlMs: filled(nanoseconds, { key: 'ttl' }),
  path: filled(words),
});

const hashPolicy = shape<HashPolicy>({
  field: filled(word<NonNullable<HashPolicy['field']>>()),
  fieldValue: filled(words),
  cookieConfig: given(cookie),
  sourceIp: filled(bool),
  terminal: filled(bool),
});

/** Reads and prints a load balancer. */
export const loadBalancer: Codec<LoadBalancer> = shape<LoadBalancer>({
  policy: filled(word<LoadBalancerPolicy>()),
  ringHashConfig: given(
    shape<RingHashConfig>({ minimumRingSize: filled(count), maximumRingSize: filled(count) }),
  ),
  leastRequestConfig: given(shape<LeastRequestConfig>({ choiceCount: filled(count) })),
  hashPolicies: held(list(hashPolicy), []),
});

const policies = ['random', 'round_robin', 'least_request', 'ring_hash', 'maglev'];

/** Refuses settings that do not go with the policy. */
export function checkLoadBalancer(balancer: LoadBalancer, tell: Tell): void {
  const { policy, ringHashConfig, leastRequestConfig, hashPolicies } = balancer;
  const shown = `"${policy ?? ''}"`;
  if (policy !== undefined && !policies.includes(policy)) {
    tell(['policy'], `Bad LoadBalancer policy: ${shown} is not supported`);
    return;
  }
  const incompatible = (key: string, name: string) =>
    tell(
      [key],
      `Bad LoadBalancer configuration. ${name} specified for incompatible load balancing policy ${shown}`,
    );
  if (ringHashConfig && policy !== 'ring_hash') incompatible('ringHashConfig', 'RingHashConfig');
  if (leastRequestConfig && policy !== 'least_request') {
    incompatible('leastRequestConfig', 'LeastRequestConfig');
  }
  if (hashPolicies.length > 0 && policy !== 'ring_hash' && policy !== 'maglev') {
    const words = `Bad LoadBalancer configuration: HashPolicies specified for non-hash-based Policy: ${shown}`;
    tell(['hashPolicies'], words);
  }
  each(hashPolicies, tell, 'hashPolicies', (policy, at, index) =>
    checkHashPolicy(policy, (path, words) =>
      at(path, `Bad LoadBalancer HashPolicy[${index}]: ${words}`),
    ),
  );
}

function checkHashPolicy(policy: HashPolicy, tell: Tell): void {
  const { field, cookieConfig } = policy;
  if (field !== undefined && !['header', 'cookie', 'query_parameter'].includes(field)) {
    tell(['field'], `"${field}" is not a supported field`);
    return;
  }
  checkHashed(policy, tell);
  if (cookieConfig === undefined) return;
  if (field !== 'cookie') tell(['cookieConfig'], `cookie_config provided for "${field ?? ''}"`);
  if (cookieConfig.session && cookieConfig.ttlMs) {
    tell(['cookieConfig'], 'a session cookie cannot have an associated TTL');
  }
}

/** One thing is hashed: the address, or a named part of the request. */
function checkHashed({ field, fieldValue, sourceIp }: HashPolicy, tell: Tell): void {
  if (sourceIp && field) {
    tell([], `A single hash policy cannot hash both a source address and a "${field}"`);
  } else if (sourceIp && fieldValue) {
    tell(['fieldValue'], 'A FieldValue cannot be specified when hashing SourceIP');
  } else if (field && !fieldValue) {
    tell([], `Field "${field}" was specified without a FieldValue`);
  } else if (fieldValue && !field) tell([], 'FieldValue requires a Field to apply to');
}
