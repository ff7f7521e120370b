import type { Flag, Flags } from '../flags.ts';
import { keyValues } from '../key-values.ts';

/** The flag that narrows a list to nodes with some metadata. */
export const nodeMetaFlag: Flag = {
  name: 'node-meta',
  kind: 'list',
  value: 'k=v',
  about: 'Only what is on nodes with this metadata; may be repeated.',
};

/** The metadata that the flag names, or what is wrong with it. */
export function nodeMeta(flags: Flags): ReturnType<typeof keyValues> {
  return keyValues(nodeMetaFlag.name, flags.list(nodeMetaFlag.name));
}
