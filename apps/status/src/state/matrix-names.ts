import type { MatrixCell } from '@chancery/mesh-api/v1/status';
import type { Mesh } from '../model/mesh.ts';
import { isKept, parseFilter } from './filter.ts';
import { bodyHeight, type State, shownMesh } from './state.ts';

/** Which sources and destinations the matrix has, by name. */
export interface MatrixNames {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
}

/** At most so many of each are answered at once. */
export const mostNames = 200;

/** The rows and columns of the matrix under its filter: `web > db` has words for both, `web` for the sources. */
export function matrixNames(state: State): MatrixNames {
  const mesh = shownMesh(state);
  const [of = '', to = ''] = state.lists.intentions.filter.split('>');
  const all = knownNames(mesh);
  const names = {
    sources: kept(all, of),
    destinations: kept(all, to),
  };
  return state.onlyProblems ? troubled(names, state) : names;
}

/** A declared upstream that is denied, or traffic that is denied now, is worth a look. */
export function isTroubledCell({ allowed, declared, seen }: MatrixCell): boolean {
  return !allowed && (declared || seen > 0n);
}

/** What the agent said of a pair; none while it was not asked for it. */
export function cellOf(
  { matrix: { answer } }: Pick<State, 'matrix'>,
  source: string,
  destination: string,
): MatrixCell | undefined {
  if (answer === undefined) return undefined;
  const { rows, columns } = positionsOf(answer);
  const row = rows.get(source);
  const column = columns.get(destination);
  if (row === undefined || column === undefined) return undefined;
  return answer.cells[row * answer.destinations.length + column];
}

/** The pairs that the agent is to be asked for: what is on the screen, and some around it. */
export function wantedMatrix(state: State): MatrixNames | undefined {
  if (state.view !== 'intentions' || state.matrix.isTable) return undefined;
  const { sources, destinations } = state.onlyProblems
    ? matrixNames({ ...state, onlyProblems: false })
    : matrixNames(state);
  if (sources.length === 0 || destinations.length === 0) return undefined;
  if (state.onlyProblems) {
    return { sources: declaring(state, sources), destinations: destinations.slice(0, mostNames) };
  }
  return {
    sources: around(sources, state.matrix.top, bodyHeight(state.size)),
    destinations: around(destinations, state.matrix.left, Math.ceil(state.size.columns / 5)),
  };
}

/** Names in steps of twenty, so that a cursor that moves by one asks nothing anew. */
function around(names: readonly string[], from: number, shown: number): readonly string[] {
  const step = 20;
  const begin = Math.max(0, Math.floor(from / step - 1) * step);
  const end = Math.ceil((from + shown) / step + 1) * step;
  return names.slice(begin, Math.min(end, begin + mostNames));
}

function declaring(state: State, sources: readonly string[]): readonly string[] {
  const { services } = shownMesh(state);
  const some = sources.filter((name) => (services.get(name)?.upstreams.length ?? 0) > 0);
  return (some.length > 0 ? some : sources).slice(0, mostNames);
}

function troubled(names: MatrixNames, state: State): MatrixNames {
  const { answer } = state.matrix;
  if (answer === undefined) return { sources: [], destinations: [] };
  const rows = new Set<string>();
  const columns = new Set<string>();
  for (const [at, cell] of answer.cells.entries()) {
    if (!isTroubledCell(cell)) continue;
    rows.add(answer.sources[Math.floor(at / answer.destinations.length)] ?? '');
    columns.add(answer.destinations[at % answer.destinations.length] ?? '');
  }
  return {
    sources: names.sources.filter((name) => rows.has(name)),
    destinations: names.destinations.filter((name) => columns.has(name)),
  };
}

function kept(names: readonly string[], words: string): readonly string[] {
  const filter = parseFilter(words);
  return filter.length === 0 ? names : names.filter((name) => isKept(filter, name.toLowerCase()));
}

const namesOf = new WeakMap<
  object,
  { readonly intentions: unknown; readonly names: readonly string[] }
>();

/** Services, and what intentions name without one; sorted. Kept as long as neither changes. */
function knownNames({ services, intentions }: Mesh): readonly string[] {
  const known = namesOf.get(services);
  if (known?.intentions === intentions) return known.names;
  const all = new Set(services.keys());
  for (const { source, destination } of intentions.values()) all.add(source).add(destination);
  all.delete('*');
  const names = [...all].sort();
  namesOf.set(services, { intentions, names });
  return names;
}

interface Positions {
  readonly rows: ReadonlyMap<string, number>;
  readonly columns: ReadonlyMap<string, number>;
}

const positions = new WeakMap<object, Positions>();

function positionsOf(answer: {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
}): Positions {
  const known = positions.get(answer);
  if (known !== undefined) return known;
  const rows = new Map(answer.sources.map((name, at) => [name, at]));
  const columns = new Map(answer.destinations.map((name, at) => [name, at]));
  const made = { rows, columns };
  positions.set(answer, made);
  return made;
}
