import { changeSteps } from '@chancery/config-entries';
import type { IntentionSource, Outcome, RequestedChange, VerifiedMesh } from '@chancery/mesh-api';
import type { AgentConfig } from '@chancery/model';
import { planned, type Store, type View } from '@chancery/store';
import { verifySteps } from '@chancery/verify';
import { decidedOnNewest } from '../changes/decided-change.ts';
import { readingSteps } from '../changes/requested-entries.ts';
import { inSlices } from '../in-slices.ts';

/** What assertions are held to. */
export interface VerifyMeshParts {
  readonly store: Pick<Store, 'view'>;
  readonly config: Pick<AgentConfig, 'datacenter' | 'defaultIntentionPolicy'>;
  /** How long proxies and checks may have to wait for assertions, in milliseconds. */
  readonly sliceMs?: number;
}

/** Where the mesh is held to assertions: as it is or, with a change, as it would be. */
export function verifyMesh({ store, config, sliceMs }: VerifyMeshParts): IntentionSource['verify'] {
  const { datacenter, defaultIntentionPolicy: defaultAction } = config;
  return (assertions, change, signal) => {
    function* steps(): Generator<undefined, VerifiedMesh> {
      const looked = yield* lookedAt(store, change, datacenter);
      if (!looked.ok) return looked;
      const { view, revision } = looked.value;
      const { results, findings } = yield* verifySteps(view, assertions, { defaultAction });
      return { ok: true, value: { results, findings, revision } };
    }
    return inSlices(steps, { signal, sliceMs });
  };
}

interface LookedAt {
  readonly view: View;
  /** Of the state that the change was looked at on. */
  readonly revision: number;
}

function* lookedAt(
  store: Pick<Store, 'view'>,
  requested: RequestedChange | undefined,
  datacenter: string,
): Generator<undefined, Outcome<LookedAt>> {
  if (requested === undefined) {
    const { view } = store;
    return { ok: true, value: { view, revision: view.revision } };
  }
  const read = yield* readingSteps(requested, datacenter);
  if (!read.ok) return read;
  const by = { name: 'verify' };
  const { view, decision } = yield* decidedOnNewest(store, changeSteps, by, read.value.change);
  if (decision.kind === 'refuse') return { ok: false, refusal: decision.refusal };
  const after = planned(view, decision.operations).view;
  return { ok: true, value: { view: after, revision: view.revision } };
}
