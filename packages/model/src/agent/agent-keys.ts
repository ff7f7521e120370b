import { type Field, ignored, unsupported } from '../block.ts';

/** Keys of Consul's agent that change what is safe or true, and that nothing here does: they are refused. */
export const refusedAgentKeys: Readonly<Record<string, Field<never>>> = {
  ...unsupported('HTTPS and TLS for proxies are not there yet', 'tls', 'autoEncrypt'),
  ...unsupported('every interface listens on client_addr', 'addresses', 'unixSockets'),
  ...unsupported('this agent joins no others yet', 'retryJoin', 'retryJoinWan', 'startJoin'),
  ...unsupported('this agent joins no others yet', 'primaryGateways', 'autoConfig'),
  ...unsupported('headers and blocked endpoints cannot be set yet', 'httpConfig'),
  ...unsupported('changes are not followed by commands', 'watches'),
  ...unsupported('intentions are made with "intention create"', 'configEntries'),
  ...unsupported('traffic does not prefer a locality yet', 'locality'),
  ...unsupported('it is a feature of Consul Enterprise', 'audit', 'segment', 'segments'),
  ...unsupported('it is a feature of Consul Enterprise', 'readReplica', 'licensePath', 'reporting'),
  ...unsupported('there is one datacenter', 'primaryDatacenter', 'translateWanAddrs'),
  ...unsupported('there is one address of a node', 'advertiseAddrWan', 'taggedAddresses'),
  ...unsupported('use advertise_addr', 'advertiseAddrIpv4', 'advertiseAddrIpv6'),
  ...unsupported('use advertise_addr', 'advertiseAddrWanIpv4', 'advertiseAddrWanIpv6'),
  ...unsupported('files are read again on reload only', 'autoReloadConfig'),
};

const noGossip = 'there is no gossip between agents';
const noRaft = 'there is no Raft';
const noDns = 'there is no DNS interface yet';
const noUi = 'there is no web interface';
const noScripts = 'there are no script checks';

/** Keys of Consul's agent that can be left without effect without misleading anybody: a warning each. */
export const ignoredAgentKeys: Readonly<Record<string, Field<never>>> = {
  ...ignored('an agent here is always a whole one', 'server', 'bootstrap', 'protocol'),
  ...ignored(noGossip, 'encrypt', 'encryptVerifyIncoming', 'encryptVerifyOutgoing'),
  ...ignored(noGossip, 'gossipLan', 'gossipWan', 'serfLan', 'serfWan', 'disableKeyringFile'),
  ...ignored(noGossip, 'serfLanAllowedCidrs', 'serfWanAllowedCidrs', 'rejoinAfterLeave'),
  ...ignored(noGossip, 'retryInterval', 'retryIntervalWan', 'retryMax', 'retryMaxWan'),
  ...ignored(noGossip, 'reconnectTimeout', 'reconnectTimeoutWan', 'advertiseReconnectTimeout'),
  ...ignored(noGossip, 'leaveOnTerminate', 'skipLeaveOnInterrupt', 'disableCoordinates'),
  ...ignored(noRaft, 'raftProtocol', 'raftSnapshotThreshold', 'raftSnapshotInterval'),
  ...ignored(noRaft, 'raftTrailingLogs', 'raftLogstore', 'autopilot', 'performance', 'rpc'),
  ...ignored(
    noRaft,
    'serverName',
    'serverRejoinAgeMax',
    'snapshotAgent',
    'primaryGatewaysInterval',
  ),
  ...ignored(noDns, 'dnsConfig', 'domain', 'altDomain', 'recursors'),
  ...ignored(noUi, 'ui', 'uiConfig', 'uiDir', 'uiContentPath'),
  ...ignored(noScripts, 'enableScriptChecks', 'enableLocalScriptChecks'),
  ...ignored('the log goes to the terminal: redirect it', 'logFile', 'logRotateBytes'),
  ...ignored('the log goes to the terminal: redirect it', 'logRotateDuration', 'logRotateMaxFiles'),
  ...ignored('the log goes to the terminal: redirect it', 'enableSyslog', 'syslogFacility'),
  ...ignored('metrics are not exported yet', 'telemetry'),
  ...ignored('there is no peering of clusters yet', 'peering', 'cloud'),
  ...ignored('nothing is limited by rate', 'limits', 'xds', 'cache'),
  ...ignored('nothing here calls home or runs remote commands', 'disableUpdateCheck'),
  ...ignored('nothing here calls home or runs remote commands', 'disableRemoteExec'),
  ...ignored('nothing here calls home or runs remote commands', 'disableAnonymousSignature'),
  ...ignored('the ID of the node is its own', 'disableHostNodeId'),
  ...ignored('defaults of proxies are not kept yet', 'enableCentralServiceConfig'),
  ...ignored('reads are never stale', 'discoveryMaxStale', 'useStreamingBackend'),
  ...ignored('it has one value here', 'checkUpdateInterval', 'checkOutputMaxSize'),
  ...ignored('it has one value here', 'discardCheckOutput', 'defaultQueryTime', 'maxQueryTime'),
  ...ignored('it has one value here', 'enableDebug', 'sessionTtlMin', 'experiments', 'pidFile'),
  ...ignored('it has one value here', 'disableHttpUnprintableCharFilter'),
  ...ignored('it has one value here', 'enableAgentTlsForChecks'),
};
