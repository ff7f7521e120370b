import { changeConfigEntries } from '@chancery/config-entries';
import type { IntentionSource, Outcome, RequestedChange, VerifiedMesh } from '@chancery/mesh-api';
import type { AgentConfig } from '@chancery/model';
import { planned, type Store, type View } from '@chancery/store';
import { verifySteps } from '@chancery/verify';
import { requestedEntries } from '../changes/requested-entries.ts';
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
      const { view } = store;
      const looked = viewAfter(view, change, datacenter);
      if (!looked.ok) return looked;
      const { results, findings } = yield* verifySteps(looked.value, assertions, { defaultAction });
      return { ok: true, value: { results, findings, revision: view.revision } };
    }
    return inSlices(steps, { signal, sliceMs });
  };
}

function viewAfter(
  view: View,
  requested: RequestedChange | undefined,
  datacenter: string,
): Outcome<View> {
  if (requested === undefined) return { ok: true, value: view };
  const read = requestedEntries(requested, datacenter);
  if (!read.ok) return read;
  const decision = changeConfigEntries(view, { name: 'verify' }, read.value.change);
  if (decision.kind === 'refuse') return { ok: false, refusal: decision.refusal };
  return { ok: true, value: planned(view, decision.operations).view };
}
