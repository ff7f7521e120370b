import type { Flag } from '../flags.ts';
import { checkStates } from './watch-types.ts';

/** The flags of `watch`. */
export const watchFlags: readonly Flag[] = [
  {
    name: 'type',
    kind: 'text',
    value: 'type',
    about:
      'services, nodes, service, checks, connect_roots, connect_leaf or agent_service (one instance, by its ID).',
    completes: [
      'agent_service',
      'checks',
      'connect_leaf',
      'connect_roots',
      'nodes',
      'service',
      'services',
    ],
  },
  {
    name: 'service',
    kind: 'text',
    value: 'name',
    about: 'The service that is meant; of agent_service the ID.',
    completes: 'service',
  },
  {
    name: 'tag',
    kind: 'list',
    value: 'tag',
    about: 'Of service: only instances with this tag; may be repeated.',
  },
  {
    name: 'passingonly',
    kind: 'text',
    value: 'true|false',
    about: 'Of service: only instances whose checks pass.',
    completes: ['true', 'false'],
  },
  {
    name: 'state',
    kind: 'text',
    value: 'state',
    about: 'Of checks: only checks in this state.',
    choices: checkStates,
  },
  {
    name: 'filter',
    kind: 'text',
    value: 'expression',
    about: 'Only records for which this holds.',
  },
  {
    name: 'shell',
    kind: 'switch',
    about: 'Hand the program and its arguments to a shell as one line; on unless -shell=false.',
  },
  { name: 'key', kind: 'text', value: 'key', about: 'Of key, which is not there yet.' },
  { name: 'prefix', kind: 'text', value: 'prefix', about: 'Of keyprefix, which is not there yet.' },
  { name: 'name', kind: 'text', value: 'name', about: 'Of event, which is not there yet.' },
];
