import type { StoreOptions } from '@chancery/store';
import { checkStatuses, checks } from './check.ts';
import { coordinates } from './coordinate.ts';
import { instances } from './instance.ts';
import { nodes } from './node.ts';
import { portSearches } from './sidecar-port.ts';

/** Every table of the catalog: what a store is opened with. */
export const catalogTables: StoreOptions['tables'] = [
  nodes,
  instances,
  checks,
  checkStatuses,
  portSearches,
  coordinates,
];
