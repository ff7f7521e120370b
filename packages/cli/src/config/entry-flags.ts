import type { Flag } from '../flags.ts';

/** The flags that tie a write to what was read before. */
export const casFlags: readonly Flag[] = [
  {
    name: 'cas',
    kind: 'switch',
    about: 'Only when the entry is still the one that -modify-index names.',
  },
  {
    name: 'modify-index',
    kind: 'number',
    value: 'index',
    about: 'The ModifyIndex with which the entry was read; 0 when there is none.',
  },
];

/** The flag that names a kind of entry. */
export const kindFlag: Flag = {
  name: 'kind',
  kind: 'text',
  value: 'kind',
  about: 'The kind of the entry, such as service-defaults.',
  completes: 'entry-kind',
};

/** The flag that names an entry. */
export const nameFlag: Flag = {
  name: 'name',
  kind: 'text',
  value: 'name',
  about: 'Its name.',
  completes: 'entry-name',
};
