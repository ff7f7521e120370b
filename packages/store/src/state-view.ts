import { type AnyQuery, type Ask, type Evaluated, resultOf } from './evaluated.ts';
import type { Revision, RowRevisions } from './revision.ts';
import type { SortedKeys } from './sorted-keys.ts';
import { indexedKeys, type State, type TableState, tableState } from './state.ts';
import type { Table } from './table.ts';
import { indexTouch, rowTouch, type TouchKey, tableTouch } from './touch-key.ts';
import type { Query, View } from './view.ts';

/** What a view is made of, for those that build other views on it. */
export interface ViewParts {
  readonly state: State;
  readonly ask: Ask;
  /** Whether what `ask` gives is at the newest acknowledged state still, which makes it fit to be shared. */
  readonly isCurrent: () => boolean;
}

const partsOfViews = new WeakMap<View, ViewParts>();

/** @throws Error for a view that a query was given: it must see nothing but what it reads. */
export function partsOf(view: View): ViewParts {
  const parts = partsOfViews.get(view);
  if (parts === undefined) throw new Error('a view within a query cannot be built upon');
  return parts;
}

/** A view of a state that records nothing. */
export function stateView(parts: ViewParts): View {
  const view = new StateView(parts.state, parts.ask, undefined);
  partsOfViews.set(view, parts);
  return view;
}

/** What one evaluation of a query reads. Closed when the query has returned. */
export interface Recorder {
  readonly reads: Set<TouchKey>;
  readonly queries: Set<Evaluated>;
  closed: boolean;
}

/** A view of a state that records what is read through it. */
export function recordingView(state: State, ask: Ask, recorder: Recorder): View {
  return new StateView(state, ask, recorder);
}

class StateView implements View {
  readonly #state: State;
  readonly #ask: Ask;
  readonly #recorder: Recorder | undefined;

  constructor(state: State, ask: Ask, recorder: Recorder | undefined) {
    this.#state = state;
    this.#ask = ask;
    this.#recorder = recorder;
  }

  get revision(): Revision {
    if (this.#recorder !== undefined) throw new Error('a query cannot read the revision');
    return this.#state.revision;
  }

  get<Row>(table: Table<Row>, key: string): Row | undefined {
    this.#record(rowTouch(table.name, key));
    return tableState(this.#state, table.name).cells.get(key)?.row as Row | undefined;
  }

  by<Row>(table: Table<Row>, index: string, key: string): readonly Row[] {
    this.#record(indexTouch(table.name, index, key));
    const state = tableState(this.#state, table.name);
    return rows(state, indexedKeys(state, index, key));
  }

  all<Row>(table: Table<Row>): readonly Row[] {
    this.#record(tableTouch(table.name));
    const state = tableState(this.#state, table.name);
    return rows(state, state.keys);
  }

  revisions<Row>(table: Table<Row>, key: string): RowRevisions | undefined {
    this.#record(rowTouch(table.name, key));
    const cell = tableState(this.#state, table.name).cells.get(key);
    return cell && { created: cell.created, modified: cell.modified };
  }

  query<Arg extends string, T>(query: Query<Arg, T>, arg: Arg): T {
    const evaluated = this.#ask(query as unknown as AnyQuery, arg);
    this.#check();
    this.#recorder?.queries.add(evaluated);
    return resultOf(evaluated) as T;
  }

  #record(touch: TouchKey): void {
    this.#check();
    this.#recorder?.reads.add(touch);
  }

  #check(): void {
    if (this.#recorder?.closed) throw new Error('a query read its view after it had returned');
  }
}

function rows<Row>(state: TableState, keys: SortedKeys): readonly Row[] {
  return keys.flatMap((chunk) => chunk.map((key) => state.cells.get(key)?.row as Row));
}
