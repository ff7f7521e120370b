/** One place in which two answers are not the same. */
export interface Difference {
  /** A JSON pointer into the answer: `/status`, `/headers/x-cache`, `/body/0/Service/Port`, `/lines/2`. */
  readonly at: string;
  /** Undefined where only the other side has something. */
  readonly consul: unknown;
  readonly ours: unknown;
}

/** Every place in which two values differ; what is alike below a place is not listed. */
export function differences(consul: unknown, ours: unknown, at = ''): readonly Difference[] {
  if (consul === ours) return [];
  if (isList(consul) && isList(ours)) return inFields(byPlace(consul), byPlace(ours), at);
  if (isRecord(consul) && isRecord(ours)) return inFields(consul, ours, at);
  return [{ at, consul, ours }];
}

type Fields = Readonly<Record<string, unknown>>;

function inFields(consul: Fields, ours: Fields, at: string): readonly Difference[] {
  const names = new Set([...Object.keys(consul), ...Object.keys(ours)]);
  return [...names].flatMap((name) =>
    differences(
      consul[name],
      ours[name],
      `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    ),
  );
}

function byPlace(list: readonly unknown[]): Fields {
  return Object.fromEntries(list.map((entry, place) => [`${place}`, entry]));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
