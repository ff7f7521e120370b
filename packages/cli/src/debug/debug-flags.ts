import type { Flag } from '../flags.ts';
import { targets } from './capture-plan.ts';

/** The flags of `debug`. */
export const debugFlags: readonly Flag[] = [
  { name: 'duration', kind: 'text', value: 'time', about: 'How long to record; 5m unless given.' },
  {
    name: 'interval',
    kind: 'text',
    value: 'time',
    about: 'How long to wait between two readings of the metrics; 30s unless given.',
  },
  {
    name: 'capture',
    kind: 'list',
    value: 'target',
    about: `What to record, everything unless given: ${targets.join(', ')}; may be repeated.`,
    completes: targets,
  },
  {
    name: 'output',
    kind: 'text',
    value: 'name',
    about: 'The folder to fill, or without .tar.gz the archive; named after the time unless given.',
    completes: 'file',
  },
  {
    name: 'archive',
    kind: 'switch',
    about: 'Make one compressed archive of the folder; on unless -archive=false.',
  },
  {
    name: 'since',
    kind: 'text',
    value: 'time',
    about: 'Refused: an agent keeps nothing of the past.',
  },
];
