import type { IntentionEntry } from '@chancery/client';

type Shown = Pick<IntentionEntry, 'SourceName' | 'DestinationName' | 'Action' | 'Permissions'>;

/** `web => db (deny)`: how an intention is shown on one line. */
export function intentionLine(intention: Shown): string {
  return `${intention.SourceName} => ${intention.DestinationName} (${effect(intention)})`;
}

function effect({ Action, Permissions }: Shown): string {
  const count = Permissions?.length ?? 0;
  if (count === 0) return Action ?? '';
  return `${count} permission${count === 1 ? '' : 's'}`;
}
