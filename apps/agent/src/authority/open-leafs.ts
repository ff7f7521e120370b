import { join } from 'node:path';
import { renewalTime } from '@chancery/ca';
import type { AgentConfig } from '@chancery/model';
import type { Effects } from '../effects.ts';
import type { Authority } from './authority.ts';
import { folderShelf, noShelf } from './leaf-shelf.ts';
import { Leafs } from './leafs.ts';

/** The leafs of an agent; with a data directory they survive its restarts. */
export function openLeafs(
  authority: Authority,
  { dataDir }: Pick<AgentConfig, 'dataDir'>,
  { now, random, log }: Effects,
): Leafs {
  return new Leafs({
    issue: authority.issue,
    renewalTime: ({ validity }) => renewalTime(validity, random),
    isCurrent: ({ rootId, validity }) =>
      rootId === authority.root.id && renewalTime(validity, () => 0) > now(),
    shelf: dataDir === undefined ? noShelf : folderShelf(join(dataDir, 'leafs')),
    now,
    onFailure: (service, err, retryInMs) => {
      log.error({ part: 'ca', service: service.name, err, retryInMs }, 'a leaf was not renewed');
    },
  });
}
