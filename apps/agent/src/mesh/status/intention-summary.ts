import type { StoredIntention } from '@chancery/config-entries';
import { effectInWords } from '@chancery/intentions';
import type { IntentionSummary } from '@chancery/mesh-api';
import type { Author } from '../changes/authors.ts';

/** `web => db`: what the row of an intention is known by. */
export function intentionKey(intention: StoredIntention): string {
  return `${sourceInWords(intention)} => ${intention.destination}`;
}

/** An intention as those see it who watch. */
export function intentionSummary(
  intention: StoredIntention,
  author: Author | undefined,
): IntentionSummary {
  const { destination, precedence, description, expiresAtMs } = intention;
  return {
    source: sourceInWords(intention),
    destination,
    effect: effectInWords(intention),
    precedence,
    ...(description !== undefined && { description }),
    ...(author !== undefined && { author: author.name, changedAt: author.at }),
    ...(expiresAtMs !== undefined && { expiresAt: expiresAtMs }),
  };
}

/** A service of another cluster is not the one here that has its name. */
function sourceInWords({ source, sourcePeer, sourceSamenessGroup }: StoredIntention): string {
  if (sourcePeer !== undefined) return `${source} (peer ${sourcePeer})`;
  return sourceSamenessGroup === undefined ? source : `${source} (group ${sourceSamenessGroup})`;
}
