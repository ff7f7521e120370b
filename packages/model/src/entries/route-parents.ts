import { list } from './codec.ts';
import { type EntryReference, entryReference } from './entry-status.ts';
import { each, repeats, type Tell } from './problem.ts';
import { type Held, held } from './shape.ts';

/** The gateways, or listeners of one, to which a route binds itself. */
export const parents: Held<readonly EntryReference[]> = held(list(entryReference), [], {
  blank: null,
});

/** Parents with the only kind there is where none is said. */
export function settledParents(references: readonly EntryReference[]): readonly EntryReference[] {
  return references.map((reference) => ({ ...reference, kind: reference.kind || 'api-gateway' }));
}

/** Refuses parents of another kind, and those that stand twice. */
export function checkParents(references: readonly EntryReference[], tell: Tell): void {
  const twice = repeats(
    references.map(({ kind, name, sectionName }) => JSON.stringify([kind, name, sectionName])),
  );
  each(references, tell, 'parents', ({ kind }, at, index) => {
    if (kind !== 'api-gateway') {
      at(['kind'], `unsupported parent kind: "${kind}", must be 'api-gateway'`);
    }
    if (twice.has(index)) at([], 'route parents must be unique');
  });
}
