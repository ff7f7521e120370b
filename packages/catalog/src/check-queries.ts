import type { CheckStatus } from '@chancery/model';
import { defineQuery, type Query } from '@chancery/store';
import { type CheckRow, checkRow, checkRows } from './catalog-rows.ts';
import { checks } from './check.ts';
import { subjectStatus, worse } from './check-state.ts';
import { instances } from './instance.ts';
import { subjectKey } from './keys.ts';

/** One check by `checkKey`. */
export const checkAt: Query<string, CheckRow | undefined> = defineQuery<
  string,
  CheckRow | undefined
>({
  name: 'catalog.checkAt',
  evaluate: (view, key) => {
    const check = view.get(checks, key);
    return check && checkRow(view, check);
  },
});

/** The checks of one instance, without those of its node, by `instanceKey`; with an empty service ID those of the node. */
export const checksOfInstance: Query<string, readonly CheckRow[]> = defineQuery<
  string,
  readonly CheckRow[]
>({
  name: 'catalog.checksOfInstance',
  evaluate: (view, key) => checkRows(view, view.by(checks, 'subject', key)),
});

/** The checks of all instances of a service by service key, without those of their nodes. */
export const checksOfService: Query<string, readonly CheckRow[]> = defineQuery<
  string,
  readonly CheckRow[]
>({
  name: 'catalog.checksOfService',
  evaluate: (view, service) => {
    const subjects = view.by(instances, 'service', service).map(instances.key);
    return checkRows(
      view,
      subjects.flatMap((subject) => view.by(checks, 'subject', subject)),
    );
  },
});

/** Every check in a state, or in any. */
export const checksInState: Query<CheckStatus | 'any', readonly CheckRow[]> = defineQuery<
  CheckStatus | 'any',
  readonly CheckRow[]
>({
  name: 'catalog.checksInState',
  evaluate: (view, wanted) =>
    checkRows(view, view.all(checks)).filter(
      ({ state }) => wanted === 'any' || state.status === wanted,
    ),
});

/** The worst of the checks of an instance and its node, by `instanceKey`; none for an unknown instance. */
export const healthOf: Query<string, CheckStatus | undefined> = defineQuery<
  string,
  CheckStatus | undefined
>({
  name: 'catalog.healthOf',
  evaluate: (view, key) => {
    const instance = view.get(instances, key);
    if (instance === undefined) return undefined;
    const ofNode = view.query(subjectStatus, subjectKey(instance.node, ''));
    return worse(ofNode, view.query(subjectStatus, key));
  },
});
