import type { StoreOptions } from '@chancery/store';
import { authorityRoot, authoritySerials } from './authority-state.ts';
import { caSettings } from './ca-settings.ts';
import { otherRoots } from './other-roots.ts';

/** Every table of the authority. */
export const authorityTables: StoreOptions['tables'] = [
  authorityRoot,
  authoritySerials,
  otherRoots,
  caSettings,
];
