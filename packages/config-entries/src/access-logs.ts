import type { AccessLogs } from '@chancery/model';
import { defineQuery, type Query, sameJson } from '@chancery/store';
import { entryNamed } from './config-entry.ts';

/** How all proxies log what they serve; none where the proxy-defaults do not ask for it. The same object until that changes. */
export const accessLogs: Query<'', AccessLogs | undefined> = defineQuery<
  '',
  AccessLogs | undefined
>({
  name: 'configEntries.accessLogs',
  evaluate: (view) => {
    const logs = entryNamed(view, 'proxy-defaults', 'global')?.accessLogs;
    return logs?.enabled ? logs : undefined;
  },
  equal: sameJson,
});
