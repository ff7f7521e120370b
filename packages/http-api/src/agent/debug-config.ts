import type { HttpApiDependencies } from '../dependencies.ts';
import { spokenVersion } from '../spoken-version.ts';

/**
 * The settings that tools look up in `DebugConfig`, under the names that Consul has for them. What an
 * agent does not have is told as turned off; whatever could be a secret is `hidden`, set or not.
 */
export function debugConfig(api: HttpApiDependencies): object {
  const all = { ...turnedOff, ...hidden, ...ownSettings(api), ...api.settings };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ownSettings(api: HttpApiDependencies): object {
  const { datacenter, node, version, dev, sidecarPorts, defaultPolicy } = api;
  const { http, grpc } = api.ports();
  return {
    AdvertiseAddrLAN: node.address,
    AdvertiseAddrWAN: node.address,
    Datacenter: datacenter,
    PrimaryDatacenter: datacenter,
    DefaultIntentionPolicy: defaultPolicy,
    DevMode: dev,
    NodeID: node.id,
    NodeName: node.name,
    Version: spokenVersion(version),
    VersionMetadata: '',
    VersionPrerelease: '',
    HTTPPort: http,
    GRPCPort: grpc,
    ConnectEnabled: true,
    ConnectSidecarMinPort: sidecarPorts.min,
    ConnectSidecarMaxPort: sidecarPorts.max,
    ServerMode: true,
    ServerPort: http,
  };
}

const secret = 'hidden';

const hidden = {
  ACLInitialManagementToken: secret,
  ACLTokens: {
    ACLAgentRecoveryToken: secret,
    ACLAgentToken: secret,
    ACLConfigFileRegistrationToken: secret,
    ACLDNSToken: secret,
    ACLDefaultToken: secret,
    ACLReplicationToken: secret,
  },
  EncryptKey: secret,
};

const turnedOff = {
  ACLResolverSettings: { ACLDefaultPolicy: 'allow', ACLsEnabled: false },
  ACLsEnabled: false,
  ACLTokenReplication: false,
  AutoEncryptTLS: false,
  Bootstrap: false,
  BootstrapExpect: 0,
  Checks: [],
  ConnectMeshGatewayWANFederationEnabled: false,
  DNSAddrs: [],
  DNSDomain: 'consul.',
  DNSPort: -1,
  DisableCoordinates: false,
  DisableRemoteExec: true,
  EnableCentralServiceConfig: true,
  // There are no profiles below /debug/pprof.
  EnableDebug: false,
  EnableRemoteScriptChecks: false,
  EnableLocalScriptChecks: false,
  GRPCTLSAddrs: [],
  GRPCTLSPort: -1,
  HTTPSAddrs: [],
  HTTPSPort: -1,
  LeaveOnTerm: false,
  PeeringEnabled: false,
  RaftProtocol: 3,
  ReadReplica: false,
  RetryJoinLAN: [],
  RetryJoinWAN: [],
  Revision: '',
  SegmentName: '',
  Segments: [],
  SerfPortLAN: -1,
  SerfPortWAN: -1,
  ServerName: '',
  Services: [],
  TranslateWANAddrs: false,
  UIConfig: { Enabled: false },
  UseStreamingBackend: false,
  Watches: [],
};
