import { fixed, inert, inertSection, type NotedField } from './key.ts';

const noGossip = 'there is no gossip between agents';
const noRaft = 'there is no Raft: the state is in one agent';
const noDns = 'there is no DNS interface yet';
const noUi = 'there is no web interface';
const licence = 'nothing here needs a licence';
const tuning = 'it is for tests and builds of Consul';
const callsNobody = 'the agent calls nobody';

const gossip = inert(
  noGossip,
  ...['gossipInterval', 'gossipNodes', 'probeInterval', 'probeTimeout'],
  ...['retransmitMult', 'suspicionMult'],
);

const gossipKeys = {
  ...inert(noGossip, 'encrypt', 'serfLan', 'serfWan', 'serfLanAllowedCidrs'),
  ...fixed(true, noGossip, 'encryptVerifyIncoming', 'encryptVerifyOutgoing'),
  ...inert(noGossip, 'serfWanAllowedCidrs', 'rejoinAfterLeave', 'disableKeyringFile'),
  ...inert(noGossip, 'retryInterval', 'retryIntervalWan', 'retryMax', 'retryMaxWan'),
  ...inert(noGossip, 'reconnectTimeout', 'reconnectTimeoutWan', 'advertiseReconnectTimeout'),
  ...inert(noGossip, 'disableCoordinates', 'syncCoordinateIntervalMin'),
  ...inert(noGossip, 'syncCoordinateRateTarget', 'primaryGatewaysInterval', 'aeInterval'),
  ...inert('there is nobody to leave: the agent stops', 'leaveOnTerminate'),
  ...fixed(true, 'there is nobody to leave: the agent stops', 'skipLeaveOnInterrupt'),
  gossipLan: inertSection(noGossip, gossip),
  gossipWan: inertSection(noGossip, gossip),
};

const raftKeys = {
  ...inert(noRaft, 'raftProtocol', 'raftSnapshotThreshold', 'raftSnapshotInterval'),
  ...inert(noRaft, 'raftTrailingLogs', 'serverName', 'serverRejoinAgeMax', 'protocol'),
  raftBoltdb: inertSection(noRaft, {}),
  raftLogstore: inertSection(noRaft, {
    ...inert(noRaft, 'backend', 'disableLogCache'),
    boltdb: inertSection(noRaft, inert(noRaft, 'noFreelistSync')),
    verification: inertSection(noRaft, inert(noRaft, 'enabled', 'interval')),
    wal: inertSection(noRaft, inert(noRaft, 'segmentSizeMb')),
  }),
  autopilot: inertSection(noRaft, {
    ...inert(noRaft, 'cleanupDeadServers', 'disableUpgradeMigration', 'lastContactThreshold'),
    ...inert(noRaft, 'maxTrailingLogs', 'minQuorum', 'redundancyZoneTag'),
    ...inert(noRaft, 'serverStabilizationTime', 'upgradeVersionTag'),
  }),
  performance: inertSection(noRaft, {
    ...inert(noRaft, 'grpcKeepaliveInterval', 'grpcKeepaliveTimeout', 'leaveDrainTime'),
    ...inert(noRaft, 'raftMultiplier', 'rpcHoldTimeout'),
  }),
  rpc: inertSection(noRaft, inert(noRaft, 'enableStreaming')),
  ...inert(noRaft, 'snapshotAgent'),
};

const dnsKeys = {
  ...inert(noDns, 'domain', 'altDomain', 'recursors'),
  dnsConfig: inertSection(noDns, {
    ...inert(noDns, 'aRecordLimit', 'allowStale', 'cacheMaxAge', 'disableCompression'),
    ...inert(noDns, 'enableAdditionalNodeMetaTxt', 'enableTruncate', 'maxStale', 'nodeTtl'),
    ...inert(noDns, 'onlyPassing', 'preferNamespace', 'recursorStrategy', 'recursorTimeout'),
    ...inert(noDns, 'serviceTtl', 'udpAnswerLimit', 'useCache'),
    soa: inertSection(noDns, inert(noDns, 'expire', 'minTtl', 'refresh', 'retry')),
  }),
};

const uiKeys = {
  ...inert(noUi, 'ui', 'uiDir', 'uiContentPath'),
  uiConfig: inertSection(noUi, {
    ...inert(noUi, 'contentPath', 'dashboardUrlTemplates', 'dir', 'enabled'),
    ...inert(noUi, 'metricsProvider', 'metricsProviderFiles', 'metricsProviderOptionsJson'),
    metricsProxy: inertSection(noUi, {
      ...inert(noUi, 'addHeaders', 'baseUrl', 'pathAllowlist'),
    }),
  }),
};

const peering = 'there is no peering of clusters yet';
const cloud = 'nothing here is linked to a cloud';
const noCache = 'answers come from the state in memory, there is no cache';
const locality = 'traffic does not prefer a locality';

const mixed = {
  peering: inertSection(peering, inert(peering, 'enabled', 'testAllowPeerRegistrations')),
  cloud: inertSection(cloud, {
    ...inert(cloud, 'authUrl', 'clientId', 'clientSecret', 'hostname', 'resourceId'),
    ...inert(cloud, 'scadaAddress'),
  }),
  cache: inertSection(noCache, inert(noCache, 'entryFetchMaxBurst', 'entryFetchRate')),
  locality: inertSection(locality, inert(locality, 'region', 'zone')),
  xds: inertSection(
    'each proxy is told at once, and what changes meanwhile goes out together',
    inert('updates are not limited by rate', 'updateMaxPerSecond'),
  ),
  reporting: inertSection(licence, {
    license: inertSection(licence, inert(licence, 'enabled')),
  }),
  ...inert(licence, 'licensePath', 'licensePollBaseTime', 'licensePollMaxTime'),
  ...inert(licence, 'licenseUpdateBaseTime', 'licenseUpdateMaxTime'),
};

const testKeys = {
  ...inert(tuning, 'buildDate', 'revision', 'version', 'versionMetadata', 'versionPrerelease'),
  ...inert(tuning, 'segmentLimit', 'segmentNameLimit', 'experiments'),
  consul: inertSection(tuning, {
    coordinate: inertSection(
      tuning,
      inert(tuning, 'updateBatchSize', 'updateMaxBatches', 'updatePeriod'),
    ),
    raft: inertSection(
      tuning,
      inert(tuning, 'electionTimeout', 'heartbeatTimeout', 'leaderLeaseTimeout'),
    ),
    server: inertSection(tuning, inert(tuning, 'healthInterval')),
  }),
};

/** Keys of Consul's agent that can be left without effect without misleading anybody. */
export const inertAgentKeys: Readonly<Record<string, NotedField<never>>> = {
  ...gossipKeys,
  ...raftKeys,
  ...dnsKeys,
  ...uiKeys,
  ...mixed,
  ...testKeys,
  ...fixed(true, 'an agent here is always a whole one, as a server of Consul is', 'server'),
  ...fixed(true, 'one agent is all there is, so it is its own first', 'bootstrap'),
  ...fixed(true, callsNobody, 'disableUpdateCheck', 'disableAnonymousSignature'),
  ...fixed(true, 'there is no remote execution', 'disableRemoteExec'),
  ...fixed(
    true,
    'the ID of a node is made once and kept, not taken from the host',
    'disableHostNodeId',
  ),
  ...fixed(true, 'what is declared for all proxies always counts', 'enableCentralServiceConfig'),
  ...fixed(true, 'every read is answered by the state itself', 'useStreamingBackend'),
  ...inert('every read is answered by the state itself', 'discoveryMaxStale'),
  ...inert('services are taken away when their time is over', 'checkReapInterval'),
  ...inert('services are taken away when their time is over', 'checkDeregisterIntervalMin'),
  ...inert('there is one datacenter yet', 'translateWanAddrs'),
  ...inert('there are no sessions yet', 'sessionTtlMin'),
  ...inert('there are no profiles to fetch', 'enableDebug'),
  ...inert('names are checked where they are declared', 'disableHttpUnprintableCharFilter'),
  ...inert('checks present no certificate of the agent', 'enableAgentTlsForChecks'),
  ...inert('TLS is left to what stands before the agent', 'tlsPreferServerCipherSuites'),
};
