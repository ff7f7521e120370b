import { rulesTo } from '@chancery/config-entries';
import type { IntentionAction, Rules } from '@chancery/intentions';
import {
  type MatrixCell,
  type MatrixQuestion,
  type MeshMatrix,
  matrixSide,
  type ServiceSummary,
} from '@chancery/mesh-api';
import type { Store } from '@chancery/store';
import type { SeenBook } from '../seen/seen-book.ts';
import type { LiveRows, OpenRows, RowSink } from '../status/live-rows.ts';
import { type OnFailure, Paced } from '../status/paced.ts';
import { matrixCell } from './matrix-cells.ts';

/** A matrix, whatever the revision. */
export type Matrix = Omit<MeshMatrix, 'revision'>;

/** What a matrix is put together from. */
export interface MatrixParts {
  readonly store: Pick<Store, 'read' | 'watch'>;
  readonly services: LiveRows<ServiceSummary>;
  readonly seen: Pick<SeenBook, 'between' | 'onChange'>;
  readonly defaultAction: IntentionAction;
  readonly onFailure: OnFailure;
}

/** The key of the one row that a matrix is. */
export const matrixKey = 'matrix';

/** A matrix that is kept current: of a change only the columns that it touches are looked at again. */
export function matrixRows(parts: MatrixParts, question: MatrixQuestion): OpenRows<Matrix> {
  return (sink) => new MatrixFeed(parts, question, sink);
}

interface Column {
  readonly watch: Disposable;
  rules: Rules;
  /** None until they are looked at again. */
  cells: readonly MatrixCell[] | undefined;
}

class MatrixFeed implements Disposable {
  readonly ready: Promise<void>;
  readonly #parts: MatrixParts;
  readonly #question: MatrixQuestion;
  readonly #sink: RowSink<Matrix>;
  readonly #stack = new DisposableStack();
  readonly #columns = new Map<string, Column>();
  readonly #update: Paced;
  #sources: readonly string[] = [];

  constructor(parts: MatrixParts, question: MatrixQuestion, sink: RowSink<Matrix>) {
    this.#parts = parts;
    this.#question = question;
    this.#sink = sink;
    this.#stack.defer(() => {
      for (const { watch } of this.#columns.values()) watch[Symbol.dispose]();
    });
    this.#update = this.#stack.use(new Paced(() => this.#tell(), parts.onFailure));
    this.#stack.use(parts.services.watch((name) => this.#serviceChanged(name)));
    this.#stack.defer(parts.seen.onChange((_source, destination) => this.#touch(destination)));
    this.ready = parts.services.ready.then(() => this.#tell());
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  /** What it declares stands in every column, and who the first services are may have changed. */
  #serviceChanged(name: string): void {
    const isSource = this.#sources.includes(name);
    if (isSource) for (const column of this.#columns.values()) column.cells = undefined;
    const { sources, destinations } = this.#question;
    if (isSource || sources.length === 0 || destinations.length === 0) this.#update.request();
  }

  #touch(destination: string): void {
    const column = this.#columns.get(destination);
    if (column === undefined) return;
    column.cells = undefined;
    this.#update.request();
  }

  #tell(): void {
    if (this.#stack.disposed) return;
    const { sources: wanted, destinations: into } = this.#question;
    const first = this.#firstNames();
    this.#take(wanted.length > 0 ? wanted : first, into.length > 0 ? into : first);
    const columns = [...this.#columns].map(
      ([destination, column]) => column.cells ?? this.#look(destination, column),
    );
    const cells = this.#sources.flatMap((_, row) => columns.flatMap((column) => column[row] ?? []));
    this.#sink.put(matrixKey, {
      sources: this.#sources,
      destinations: [...this.#columns.keys()],
      cells,
    });
  }

  #firstNames(): readonly string[] {
    return [...this.#parts.services.keys()].sort().slice(0, matrixSide);
  }

  #take(sources: readonly string[], destinations: readonly string[]): void {
    const isSame = sources.join('\0') === this.#sources.join('\0');
    this.#sources = sources;
    const before = new Map(this.#columns);
    this.#columns.clear();
    for (const destination of destinations) {
      const column = before.get(destination) ?? this.#column(destination);
      if (!isSame) column.cells = undefined;
      before.delete(destination);
      this.#columns.set(destination, column);
    }
    for (const { watch } of before.values()) watch[Symbol.dispose]();
  }

  #column(destination: string): Column {
    const { store, defaultAction } = this.#parts;
    const query = rulesTo(defaultAction);
    const column: Column = {
      rules: store.read(query, destination).value,
      cells: undefined,
      watch: store.watch(query, destination, ({ value }) => {
        if (column.rules === value) return;
        column.rules = value;
        this.#touch(destination);
      }),
    };
    return column;
  }

  #look(destination: string, column: Column): readonly MatrixCell[] {
    const { services, seen } = this.#parts;
    column.cells = this.#sources.map((source) =>
      matrixCell(column.rules, source, {
        declared: services.get(source)?.upstreams.includes(destination) === true,
        seen: seen.between(source, destination),
      }),
    );
    return column.cells;
  }
}
