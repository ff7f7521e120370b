import type { LedgerState, XdsServer } from '@chancery/xds-server';
import type { Translator } from '@chancery/xds-translator';
import type { SelfCheck } from './self-check.ts';

/**
 * Figures for operators: `resources_encoded` counts what was translated, `chunks_encoded` what was made ready for the
 * wire; neither grows with the streams that share it.
 */
export function xdsFigures(
  xds: Pick<XdsServer, 'counters' | 'ledger'>,
  translator: Pick<Translator, 'encodings'>,
  { counters }: Pick<SelfCheck, 'counters'>,
): Readonly<Record<string, number>> {
  const { encodings, ...figures } = xds.counters;
  return {
    ...figures,
    ...typesByState(xds),
    resources_encoded: translator.encodings,
    chunks_encoded: encodings,
    proxies_checked: counters.proxiesChecked,
    proxies_repaired: counters.proxiesRepaired,
  };
}

/** How many types at proxies are taken, on their way or rejected. */
function typesByState({ ledger }: Pick<XdsServer, 'ledger'>): Readonly<Record<string, number>> {
  const counts = [...ledger.states().values()];
  const sum = (state: LedgerState): number => counts.reduce((all, each) => all + each[state], 0);
  return {
    types_synced: sum('synced'),
    types_pending: sum('pending'),
    types_rejected: sum('rejected'),
  };
}
