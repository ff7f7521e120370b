import { join } from 'node:path';
import { renewalTime } from '@chancery/ca';
import { serviceSpiffeId } from '@chancery/identity';
import type { AgentConfig } from '@chancery/model';
import type { Effects } from '../effects.ts';
import type { Authority } from './authority.ts';
import { folderShelf, noShelf } from './leaf-shelf.ts';
import { Leafs } from './leafs.ts';

/** The leafs of an agent; with a data directory they survive its restarts. */
export function openLeafs(
  authority: Authority,
  { dataDir, datacenter }: Pick<AgentConfig, 'dataDir' | 'datacenter'>,
  { now, random, log }: Effects,
): Leafs {
  const shelf = dataDir === undefined ? noShelf : folderShelf(join(dataDir, 'leafs'));
  // Of services that nobody has asked for since a restart nothing else would remove them.
  shelf.removeEnded(now()).catch((err) => {
    log.error({ part: 'ca', err }, 'leafs that have ended could not be removed');
  });
  return new Leafs({
    issue: authority.issue,
    renewalTime: ({ validity }) => renewalTime(validity, random),
    // The datacenter is part of an identity, and may have been given another name since.
    isCurrent: ({ rootId, spiffeId, validity }, service) =>
      rootId === authority.root().id &&
      spiffeId === serviceSpiffeId(authority.trustDomain, service, datacenter) &&
      renewalTime(validity, () => 0) > now(),
    shelf,
    now,
    random,
    onFailure: (service, err, retryInMs) => {
      log.error({ part: 'ca', service: service.name, err, retryInMs }, 'a leaf was not renewed');
    },
  });
}
