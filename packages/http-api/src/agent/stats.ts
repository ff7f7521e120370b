import { availableParallelism, platform } from 'node:os';
import { checksOnNode, instancesOnNode } from '@chancery/catalog';
import type { HttpApiDependencies } from '../dependencies.ts';
import { ownAddress } from '../operator/own-address.ts';
import { spokenVersion } from '../spoken-version.ts';

/** Sections of figures for people, as `consul info` prints them. */
export type Stats = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What `info` prints. Sections of Consul whose figures have a meaning for one agent alone have that meaning. */
export function stats(api: HttpApiDependencies): Stats {
  const { store, version, xdsFigures } = api;
  return inText({
    agent: ownChecks(api),
    build: { prerelease: '', revision: '', version: spokenVersion(version), version_metadata: '' },
    consul: {
      acl: 'disabled',
      bootstrap: false,
      known_datacenters: 1,
      leader: true,
      leader_addr: ownAddress(api),
      server: true,
    },
    raft: raft(api),
    runtime: {
      arch: goArchitectures[process.arch] ?? process.arch,
      cpu_count: availableParallelism(),
      os: goSystems[platform()] ?? platform(),
      resident_bytes: process.memoryUsage.rss(),
      version: process.version,
    },
    serf_lan: alone,
    serf_wan: alone,
    store: {
      queued_commits: store.counters.queued,
      revision: store.view.revision,
      watchers: store.counters.watchers,
    },
    xds: xdsFigures(),
  });
}

/** The names by which scripts know architectures and systems are Go's. */
const goArchitectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };
const goSystems: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };

function ownChecks({ store, node }: HttpApiDependencies): Readonly<Record<string, number>> {
  const { value: checks } = store.read(checksOnNode, node.name);
  const { value: services } = store.read(instancesOnNode, node.name);
  const kinds = Map.groupBy(checks, ({ check }): string => check.probe.kind);
  return {
    // Consul calls only the programs so that it runs.
    check_monitors: kinds.get('script')?.length ?? 0,
    check_ttls: kinds.get('ttl')?.length ?? 0,
    checks: checks.length,
    services: services.length,
  };
}

/** The store's revision is its log index: an agent alone has applied all that it has committed. */
function raft({ store }: HttpApiDependencies): Readonly<Record<string, string | number>> {
  const index = store.view.revision;
  return {
    applied_index: index,
    commit_index: index,
    fsm_pending: store.counters.queued,
    last_contact: 0,
    last_log_index: index,
    num_peers: 0,
    state: 'Leader',
  };
}

/** One member, which is this agent. */
const alone = { encrypted: false, failed: 0, health_score: 0, left: 0, members: 1 };

type Figures = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

function inText(sections: Figures): Stats {
  return Object.fromEntries(
    Object.entries(sections).map(([name, figures]) => [
      name,
      Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, String(value)])),
    ]),
  );
}
