import { printSelector } from './print-filter.ts';
import type { RecordShape } from './record-shape.ts';
import { selectorTarget } from './selector-target.ts';
import { shown } from './shown.ts';

/** Names that are longer than this are not compared: nobody mistyped them. */
const longestName = 64;

/** Paths with more names are not compared either. */
const longestPath = 16;

/** How many names a message lists. */
const mostNames = 12;

/** What was probably meant by a path of which only the first names were understood. */
export function suggestSelector(
  path: readonly string[],
  understood: number,
  shape: RecordShape,
): string | undefined {
  if (path.length > longestPath) return undefined;
  const meant = spelledOtherwise(path, shape) ?? mistyped(path, understood, shape);
  if (meant !== undefined) return `did you mean ${shown(printSelector({ path: meant }))}?`;
  const names = namesAt(path.slice(0, understood), shape);
  if (names.length > 0) return `expected one of ${listed(names)}`;
  const before = shown(printSelector({ path: path.slice(0, understood) }));
  return understood > 0 ? `${before} is a value, and has no fields` : undefined;
}

function listed(names: readonly string[]): string {
  return names.slice(0, mostNames).join(', ') + (names.length > mostNames ? ', …' : '');
}

/** `service.port` and `ServicePort` for `Service.Port`; `Port` where only `Service.Port` is meant. */
function spelledOtherwise(
  path: readonly string[],
  shape: RecordShape,
): readonly string[] | undefined {
  const known = pathsOf(shape, []);
  for (let length = Math.min(path.length, 8); length > 0; length -= 1) {
    const written = flat(path.slice(0, length));
    const rest = path.slice(length);
    const fitting = known.filter((each) => selectorTarget([...each, ...rest], shape).ok);
    const same =
      fitting.find((each) => flat(each) === written) ??
      fitting.find((each) => flat(each.slice(-length)) === written);
    if (same !== undefined) return [...same, ...rest];
  }
  return undefined;
}

function flat(path: readonly string[]): string {
  return path.join('').toLowerCase();
}

/** The name of the same place that is nearest to what was written. */
function mistyped(
  path: readonly string[],
  understood: number,
  shape: RecordShape,
): readonly string[] | undefined {
  const before = path.slice(0, understood);
  const written = path[understood] ?? '';
  if (written.length > longestName) return undefined;
  const ranked = namesAt(before, shape)
    .map((name) => ({ name, distance: editDistance(name.toLowerCase(), written.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(written.length / 3)))
    .toSorted((one, other) => one.distance - other.distance);
  const meant = ranked.map(({ name }) => [...before, name, ...path.slice(understood + 1)]);
  return meant.find((each) => selectorTarget(each, shape).ok) ?? meant[0];
}

/** The fields that may follow a path. */
function namesAt(path: readonly string[], shape: RecordShape): readonly string[] {
  const target = selectorTarget(path, shape);
  if (!target.ok) return [];
  const inner =
    typeof target.shape === 'object' && 'list' in target.shape ? target.shape.list : target.shape;
  return typeof inner === 'object' && 'fields' in inner ? Object.keys(inner.fields) : [];
}

/** The paths to all fields of a shape, those of the record itself first. */
function pathsOf(shape: RecordShape, before: readonly string[]): readonly (readonly string[])[] {
  if (typeof shape !== 'object' || 'map' in shape) return [];
  if ('list' in shape) return pathsOf(shape.list, before);
  const fields = Object.entries(shape.fields);
  const here = fields.map(([name]) => [...before, name]);
  return [...here, ...fields.flatMap(([name, inner]) => pathsOf(inner, [...before, name]))];
}

/** How many letters must be added, removed or changed to turn one word into the other. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, against] of [...other].entries()) {
      const changed = (row[column] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
