import { inert, inertSection, type NotedField, refused, refusedSection, section } from './key.ts';

const noTls =
  'there is no HTTPS and no TLS for proxies yet; serve on loopback, or behind a proxy that speaks TLS';
const alone = 'this agent joins no others yet: remove it to run one agent';
const enterprise = 'it is a feature of Consul Enterprise';
const oneDatacenter = 'there is one datacenter yet';

const tlsOptions = {
  ...refused(noTls, 'caFile', 'caPath', 'certFile', 'keyFile', 'tlsCipherSuites'),
  ...refused(noTls, 'tlsMinVersion', 'verifyIncoming', 'verifyOutgoing', 'verifyServerHostname'),
  ...refused(noTls, 'useAutoCert'),
};

const noRpc = 'agents do not talk to each other';

const tls = section('TLS.', {
  defaults: refusedSection(noTls, tlsOptions),
  https: refusedSection(noTls, tlsOptions),
  grpc: refusedSection(noTls, tlsOptions),
  internalRpc: inertSection(
    noRpc,
    inert(
      noRpc,
      ...['caFile', 'caPath', 'certFile', 'keyFile', 'tlsCipherSuites', 'tlsMinVersion'],
      ...['verifyIncoming', 'verifyOutgoing', 'verifyServerHostname', 'useAutoCert'],
    ),
  ),
});

const autoConfig = refusedSection(alone, {
  ...refused(alone, 'enabled', 'introToken', 'introTokenFile', 'serverAddresses', 'dnsSans'),
  ...refused(alone, 'ipSans'),
  authorization: refusedSection(alone, {
    ...refused(alone, 'enabled'),
    static: refusedSection(alone, {
      ...refused(alone, 'allowReuse', 'boundAudiences', 'boundIssuer', 'claimAssertions'),
      ...refused(alone, 'claimMappings', 'clockSkewLeeway', 'expirationLeeway', 'jwksCaCert'),
      ...refused(alone, 'jwksUrl', 'jwtSupportedAlgs', 'jwtValidationPubKeys'),
      ...refused(alone, 'listClaimMappings', 'notBeforeLeeway', 'oidcDiscoveryCaCert'),
      ...refused(alone, 'oidcDiscoveryUrl'),
    }),
  }),
});

/** Keys of Consul's agent that change what is safe or true, and that nothing here does; and those beside them. */
export const refusedAgentKeys: Readonly<Record<string, NotedField<unknown>>> = {
  tls,
  autoConfig,
  autoEncrypt: refusedSection(noTls, refused(noTls, 'allowTls', 'dnsSan', 'ipSan', 'tls')),
  ...refused(noTls, 'caFile', 'caPath', 'certFile', 'keyFile', 'tlsCipherSuites'),
  ...refused(noTls, 'tlsMinVersion', 'verifyIncoming', 'verifyIncomingHttps'),
  ...inert(noRpc, 'verifyIncomingRpc', 'verifyOutgoing', 'verifyServerHostname'),
  ...refused(alone, 'retryJoin', 'retryJoinWan', 'startJoin', 'startJoinWan'),
  ...refused(oneDatacenter, 'primaryGateways'),
  ...refused('changes start no commands: run "chancery watch" beside the agent', 'watches'),
  audit: refusedSection(enterprise, refused(enterprise, 'enabled', 'rpcEnabled', 'sink')),
  segments: refusedSection(
    enterprise,
    refused(enterprise, 'advertise', 'bind', 'name', 'port', 'rpcListener'),
  ),
  ...refused(enterprise, 'segment', 'readReplica'),
};
