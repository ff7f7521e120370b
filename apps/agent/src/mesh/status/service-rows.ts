import {
  checkStatuses,
  checks,
  instances,
  type ServiceSummary,
  summariseService,
  summariseServices,
} from '@chancery/catalog';
import type { FollowedRow, Store, Table, View } from '@chancery/store';
import type { OpenRows, RowSink } from './live-rows.ts';
import { type OnFailure, Paced } from './paced.ts';
import { TouchedServices } from './touched-services.ts';

type ReadStore = Pick<Store, 'view' | 'follow'>;

/** From so many on, all of them in one pass take less. */
const manyNames = 1000;

/** The services with their counts, by name. */
export function serviceRows(store: ReadStore, onFailure: OnFailure): OpenRows<ServiceSummary> {
  return (sink) => {
    const stack = new DisposableStack();
    const touched = touchedSince(store.view);
    const update = stack.use(
      new Paced(() => refresh(store, sink, touched().take(store.view)), onFailure),
    );
    const follow = <Row>(table: Table<Row>, note: (...row: FollowedRow<Row>) => void): void => {
      const onRows = (rows: readonly FollowedRow<Row>[]): void => {
        for (const row of rows) note(...row);
        update.request();
      };
      stack.use(store.follow(table, onRows, { skipPresent: true }));
    };
    follow(instances, (key, instance) => touched().instance(key, instance));
    follow(checks, (key, check) => touched().check(key, check));
    follow(checkStatuses, (key) => touched().verdict(key));
    for (const [name, row] of summariseServices(store.view)) sink.put(name, row);
    return { ready: Promise.resolve(), [Symbol.dispose]: () => stack.dispose() };
  };
}

function refresh({ view }: ReadStore, sink: RowSink<ServiceSummary>, names: ReadonlySet<string>) {
  const all = names.size < manyNames ? undefined : summariseServices(view);
  for (const name of names) {
    const row = all === undefined ? summariseService(view, name) : all.get(name);
    if (row === undefined) sink.remove(name);
    else sink.put(name, row);
  }
}

/** What was there before the first change is looked at when that comes: whoever begins to watch does not wait for it. */
function touchedSince(before: View): () => TouchedServices {
  let touched: TouchedServices | undefined;
  return () => {
    touched ??= new TouchedServices(before);
    return touched;
  };
}
