import {
  type Client,
  type HashReadOptions,
  parseBoolean,
  type ReadOptions,
} from '@chancery/client';
import type { Flags } from '../flags.ts';

/** What was read, and from where the next read may wait. */
export interface Reading {
  readonly value: unknown;
  readonly mark: Mark;
}

/** The index of what was read, or the hash of it. */
export type Mark = { readonly index: number } | { readonly hash: string };

/** Reads what is watched; with a mark it waits for something else than what was read with it. */
export type Read = (client: Client, mark?: Mark, signal?: AbortSignal) => Promise<Reading>;

/** One type of watch. */
export interface WatchType {
  /** The flags that narrow it; others make no sense with it. */
  readonly flags: readonly string[];
  /** What is wrong with its flags. */
  readonly problem?: (flags: Flags) => string | undefined;
  readonly read: (flags: Flags) => Read;
}

/** What the checks that are watched may be narrowed to. */
export const checkStates = ['any', 'passing', 'warning', 'critical'] as const;

const needsService = (flags: Flags): string | undefined =>
  flags.text('service') ? undefined : 'Must specify a single service to watch';

/** Every type of watch by its name. */
export const watchTypes: Readonly<Record<string, WatchType>> = {
  services: {
    flags: ['filter'],
    read: (flags) => byIndex(flags, ({ catalog }, options) => catalog.services(options)),
  },
  nodes: {
    flags: ['filter'],
    read: (flags) => byIndex(flags, ({ catalog }, options) => catalog.nodes(options)),
  },
  service: {
    flags: ['service', 'tag', 'passingonly', 'filter'],
    problem: needsService,
    read(flags) {
      const passing = parseBoolean(flags.text('passingonly') ?? '') ?? false;
      const narrowed = { passing, tags: flags.list('tag') };
      const name = flags.text('service') ?? '';
      return byIndex(flags, ({ health }, options) =>
        health.service(name, { ...options, ...narrowed }),
      );
    },
  },
  checks: {
    flags: ['service', 'state', 'filter'],
    problem: (flags) =>
      flags.text('service') && flags.text('state') ? 'Cannot specify service and state' : undefined,
    read(flags) {
      const service = flags.text('service');
      const state = checkStates.find((each) => each === flags.text('state')) ?? 'any';
      return byIndex(flags, ({ health }, options) =>
        service ? health.checks(service, options) : health.state(state, options),
      );
    },
  },
  connect_roots: {
    flags: [],
    read: (flags) => byIndex(flags, ({ connect }, options) => connect.roots(options)),
  },
  connect_leaf: {
    flags: ['service'],
    problem: needsService,
    read: (flags) =>
      byIndex(flags, ({ connect }, options) => connect.leaf(flags.text('service') ?? '', options)),
  },
  agent_service: {
    flags: ['service'],
    problem: needsService,
    read: (flags) =>
      byHash(({ agent }, options) => agent.service(flags.text('service') ?? '', options)),
  },
};

/** The types of Consul's that are not there, and why. */
export const missingTypes: Readonly<Record<string, string>> = {
  key: 'there is no key-value store yet',
  keyprefix: 'there is no key-value store yet',
  event: 'there are no events yet',
};

type Answered = Promise<{
  readonly value: unknown;
  readonly index: number;
  readonly contentHash?: string;
}>;

function byIndex(flags: Flags, ask: (client: Client, options: ReadOptions) => Answered): Read {
  const filter = flags.text('filter');
  return async (client, mark, signal) => {
    const index = mark !== undefined && 'index' in mark ? mark.index : 0;
    const { value, ...answer } = await ask(client, {
      ...(filter && { filter }),
      ...(index > 0 && { index }),
      ...(signal && { signal }),
    });
    // An index that went back belongs to an agent that began anew: the next read does not wait.
    return { value, mark: { index: answer.index < index ? 0 : answer.index } };
  };
}

function byHash(ask: (client: Client, options: HashReadOptions) => Answered): Read {
  return async (client, mark, signal) => {
    const hash = mark !== undefined && 'hash' in mark ? mark.hash : undefined;
    const answer = await ask(client, { ...(hash && { hash }), ...(signal && { signal }) });
    return { value: answer.value, mark: { hash: answer.contentHash ?? '' } };
  };
}
