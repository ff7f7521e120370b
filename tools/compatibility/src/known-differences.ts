import type { KnownDifference } from './explain.ts';

/** A difference in some places of some steps; of every step unless these are named. */
function known(reason: string, places: RegExp, steps = /./): KnownDifference {
  return { steps, places, reason };
}

const noGossip =
  'There is no gossip between agents: a node has no `serfHealth` check, a member no gossip tags, and its port is that of the HTTP API.';
const noRaft =
  'There is no Raft: one agent is leader, voter and peer by itself, and figures of a log it does not have are left out.';
const noConsulService = 'The agent is no service of its own: there is no `consul` in the catalog.';
const ownVersion =
  'The version is that of the API, with that of the agent behind the plus sign; nothing here is built by Go.';
const laterRoutes =
  'Key-value pairs, sessions, events, prepared queries and transactions come later; their routes answer 501 and say so.';
const noVirtualAddresses = 'Services have no virtual addresses yet.';
const authorityNames =
  'The authority signs with its root, without intermediates, and its root has a name of its own.';
const noCache =
  'Every read is of the present state: there is no cache to read from, and none that lags behind its leader.';

const otherTrustDomain =
  'An identity of another trust domain is never one of this mesh; Consul 1.20.1 looks at the name alone.';
const plainSentences = 'Bad input is a 4xx, and the words go on to tell the place or the way out.';
const noTenants = 'A namespace or partition that does not exist is refused, not passed over.';
const noUi = 'There is no web interface: `/` says where the API is.';
const moreHeaders =
  'Some answers carry the headers of all reads, or of all answers, where Consul leaves them out.';
const ownProgram =
  'The program has a name, a version and lines of its own where it tells of itself.';
const warnings = 'What is stored without an effect is said so.';
const notThereYet = 'Commands whose server side comes later are there, say so and end with 1.';
const aliasesAtOnce = 'An alias follows what it stands for at once; in Consul a moment later.';

/** Differences of the HTTP API that are meant. */
export const knownHttpDifferences: readonly KnownDifference[] = [
  known(
    noGossip,
    /\/serfHealth$|\/Tags\/(?:bootstrap|ft_fs|ft_si|raft_vsn|wan_join_port)$|\/Stats\/serf_/,
  ),
  known(noGossip, /\/ChecksPassing$/, /^GET \/v1\/internal\/ui\//),
  known(noRaft, /\/Stats\/raft\//),
  known(noRaft, /./, /^GET \/v1\/(?:operator\/(?:raft|autopilot)|status)\//),
  known(noConsulService, /\/consul$|\/Usage\/dc1\/Service/),
  known(ownVersion, /\/consul-(?:version|network-segment)$|\/Tags\/build$|\/HumanVersion$/),
  known(ownVersion, /\/Stats\/(?:runtime|store|xds)/),
  known('Settings of parts that are not here are left out of `DebugConfig`.', /\/DebugConfig\//),
  known('Figures that this machine does not tell are left out.', /./, /^GET \/v1\/agent\/host/),
  known(
    'Metrics for Prometheus are there without being asked for.',
    /\/headers\//,
    /metrics\?format=prometheus/,
  ),
  known(laterRoutes, /./, / \/v1\/(?:kv|session|event|query|txn)\b/),
  known(noVirtualAddresses, /VirtualIPs$/),
  known(authorityNames, /\/Roots\/|\/Config\/\w+CertTTL$/),
  known(otherTrustDomain, /\/body\//, /connect\/authorize/),
  known(noCache, /\/headers\/x-consul-(?:knownleader|query-backend)$/, /cached/),
  known(
    'The hash of an entry is left out: it is an aid of replication between datacenters.',
    /\/Hash$/,
  ),
  known(
    'An upstream without a datacenter has none, not an empty one.',
    /\/Upstreams\/0\/Datacenter$/,
  ),
  known('A list without entries is `[]` here too.', /Tags$/, /internal\/ui\/nodes/),
  known('A filter that is wrong is told with its column and what was meant.', /\/body$/, /filter=/),
  known(
    plainSentences,
    /\/body$|\/status$/,
    /check\/register|connect\/intentions \{|[ ]xx$|"bogus"|ca\/leaf\/$/,
  ),
  known(noTenants, /./, /ns=other/),
  known(noUi, /./, /^GET \/$/),
  known(moreHeaders, /\/headers\//, /\/nope$|pem=true|dc=dc2/),
  known('A text says its character set.', /\/headers\/content-type$/, /format=text/),
  known(aliasesAtOnce, /-proxy:2\/(?:Status|Output)$/, /health\/node\/devnode$/),
];

/** Differences of the command line that are meant. */
export const knownCommandDifferences: readonly KnownDifference[] = [
  known('An intention that exists is told with the way to replace it.', /./, /^intention create/),
  known(noGossip, /./, /^members/),
  known(noConsulService, /^\/lines\/consul$/, /^catalog services/),
  known(noConsulService, /./, /^operator usage/),
  known(ownVersion, /./, /^catalog nodes -detailed/),
  known(ownProgram, /./, /^(?:version|info|connect proxy|connect envoy)/),
  known(noRaft, /./, /^operator raft/),
  known(warnings, /Warning: /, /^(?:config write|connect expose)/),
  known(authorityNames, /CertTTL/, /^connect ca get-config/),
  known('The words name what was wrong.', /./, /^(?:intention get nope|services deregister)/),
  known(notThereYet, /./, /^(?:kv|event|acl|snapshot|troubleshoot)\b/),
];
