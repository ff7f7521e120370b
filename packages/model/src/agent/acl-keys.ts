import type { Block } from '../block.ts';
import { type Decoder, flag, oneOf } from '../primitives.ts';
import { report } from '../scope.ts';
import type { DefaultPolicy } from './agent-config.ts';
import { inert, inertSection, type KeyTable, key, type NotedField } from './key.ts';
import { allOf, lastOf } from './layers.ts';

/** What the `acl` block says. */
export interface AclValues {
  readonly enabled: boolean;
  readonly defaultPolicy: DefaultPolicy;
}

/** What decides about connections that no intention speaks of. */
export interface PolicyValues {
  readonly defaultIntentionPolicy: DefaultPolicy;
  readonly acl: Block<AclValues>;
  readonly aclDefaultPolicy: DefaultPolicy;
}

/** `allow` or `deny`. */
export const policy: Decoder<DefaultPolicy> = oneOf('allow', 'deny');

const off: Decoder<boolean> = (value, scope) => {
  const found = flag(value, scope);
  if (!found) return found;
  const message = 'enabled is not supported: there are no tokens yet: remove it or set it to false';
  return report(scope, message, { code: 'unsupported', key: 'enabled' });
};

const noTokens = 'there are no tokens yet';

/** The keys of `acl`. */
export const aclFields: KeyTable<AclValues> = {
  enabled: {
    kind: 'value',
    decode: off,
    aliases: [],
    note: { effect: 'refused', text: `${noTokens}; \`false\` is understood` },
  },
  defaultPolicy: key('What `default_intention_policy` is where it is not given.', policy),
  tokens: inertSection(noTokens, {
    ...inert(noTokens, 'agent', 'agentMaster', 'agentRecovery', 'configFileServiceRegistration'),
    ...inert(noTokens, 'default', 'dns', 'initialManagement', 'master', 'replication'),
    managedServiceProvider: inertSection(noTokens, inert(noTokens, 'accessorId', 'secretId')),
  }),
  ...inert(noTokens, 'downPolicy', 'tokenTtl', 'policyTtl', 'roleTtl', 'enableKeyListPolicy'),
  ...inert(noTokens, 'enableTokenPersistence', 'enableTokenReplication', 'mspDisableBootstrap'),
};

/** Keys that Consul has replaced by those of `acl`. */
export const oldAclKeys: Readonly<Record<string, NotedField<never>>> = {
  ...inert(noTokens, 'aclAgentMasterToken', 'aclAgentToken', 'aclDatacenter', 'aclDownPolicy'),
  ...inert(noTokens, 'aclMasterToken', 'aclReplicationToken', 'aclToken', 'aclTtl'),
  ...inert(noTokens, 'enableAclReplication', 'aclEnableKeyListPolicy'),
};

/** Consul denies what no intention speaks of where its ACLs deny by default. */
export function defaultPolicyOf(layers: readonly Block<PolicyValues>[]): DefaultPolicy {
  const last = lastOf(layers);
  const ofAcl = lastOf(allOf(layers, 'acl'))('defaultPolicy');
  return last('defaultIntentionPolicy') ?? ofAcl ?? last('aclDefaultPolicy') ?? 'allow';
}
