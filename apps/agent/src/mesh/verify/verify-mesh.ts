import { changeConfigEntries } from '@chancery/config-entries';
import type { IntentionSource, Outcome, RequestedChange } from '@chancery/mesh-api';
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
  return async (assertions, change, signal) => {
    const { view } = store;
    const looked = viewAfter(view, change, config.datacenter);
    if (!looked.ok) return looked;
    const defaultAction = config.defaultIntentionPolicy;
    const steps = verifySteps(looked.value, assertions, { defaultAction });
    const { results, findings } = await inSlices(steps, { signal, sliceMs });
    return { ok: true, value: { results, findings, revision: view.revision } };
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
