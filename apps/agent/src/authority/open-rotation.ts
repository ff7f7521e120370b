import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '@chancery/store';
import type { Effects } from '../effects.ts';
import type { Authority } from './authority.ts';
import type { Leafs } from './leafs.ts';
import { Rotation } from './rotation.ts';

/** What an agent changes its root with. */
export interface RotationSources {
  readonly store: Store;
  readonly authority: Authority;
  readonly leafs: Leafs;
  /** The proxies with a stream that have not acknowledged the roots as they are now. */
  readonly doubting: () => readonly string[];
  readonly effects: Pick<Effects, 'now' | 'log'>;
}

/** A leaf that is being signed while the root changes ends a little later than those that are served. */
const marginMs = 60_000;

/** The changes of the root of an agent; what was begun before it was stopped goes on. */
export function openRotation(sources: RotationSources): Rotation {
  const { store, authority, leafs, doubting, effects } = sources;
  const { now, log } = effects;
  const part = 'ca';
  const rotation = new Rotation({
    store,
    doubting,
    lastLeafEnds: () => {
      const signedNow = now() + authority.settings().leafCertTtlMs;
      return Math.max(signedNow, leafs.lastEnds() ?? 0) + marginMs;
    },
    reissue: () => leafs.reissue(),
    now,
    sleep: (ms, options) => sleep(ms, undefined, { ref: false, ...options }),
    onStep: (message, about) => log.info({ part, ...about }, message),
    onFailure: (err) => log.error({ part, err }, 'the root could not be changed'),
  });
  rotation.start();
  return rotation;
}
