import { setImmediate as nextTurn } from 'node:timers/promises';
import { changeConfigEntries } from '@chancery/config-entries';
import type { IntentionSource, Outcome, RequestedChange } from '@chancery/mesh-api';
import type { AgentConfig } from '@chancery/model';
import { planned, type Store, type View } from '@chancery/store';
import {
  type Assertion,
  type AssertionResult,
  createVerifier,
  type Verifier,
} from '@chancery/verify';
import { requestedEntries } from '../changes/requested-entries.ts';

/** What assertions are held to. */
export interface VerifyMeshParts {
  readonly store: Pick<Store, 'view'>;
  readonly config: Pick<AgentConfig, 'datacenter' | 'defaultIntentionPolicy'>;
  /** How long proxies and checks may have to wait for assertions, in milliseconds: 20 unless it is given. */
  readonly turnMs?: number;
}

/** Where the mesh is held to assertions: as it is or, with a change, as it would be. */
export function verifyMesh({
  store,
  config,
  turnMs = 20,
}: VerifyMeshParts): IntentionSource['verify'] {
  return async (assertions, change, signal) => {
    const { view } = store;
    const looked = viewAfter(view, change, config.datacenter);
    if (!looked.ok) return looked;
    const defaultAction = config.defaultIntentionPolicy;
    const verifier = createVerifier(looked.value, { defaultAction });
    const results = await inTurns(verifier, assertions, { turnMs, signal });
    const findings = verifier.findings();
    return { ok: true, value: { results, findings, revision: view.revision } };
  };
}

async function inTurns(
  { hold }: Verifier,
  assertions: readonly Assertion[],
  { turnMs, signal }: { readonly turnMs: number; readonly signal: AbortSignal },
): Promise<readonly AssertionResult[]> {
  const results: AssertionResult[] = [];
  let began = performance.now();
  for (const assertion of assertions) {
    results.push(hold(assertion));
    if (performance.now() - began < turnMs) continue;
    await nextTurn(undefined, { signal });
    began = performance.now();
  }
  return results;
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
