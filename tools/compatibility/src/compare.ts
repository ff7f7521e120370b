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

/** The entries of a list by what they are called, where each has a name of its own; else by their places. */
function byPlace(list: readonly unknown[]): Fields {
  if (list.length > 0 && list.every((entry) => typeof entry === 'string')) return byText(list);
  const names = list.map(nameOf);
  const named = names.every((name) => name !== undefined) && new Set(names).size === names.length;
  return Object.fromEntries(list.map((entry, place) => [named ? names[place] : `${place}`, entry]));
}

/** Texts are named by themselves, so that one line more does not shift those after it. */
function byText(list: readonly string[]): Fields {
  const seen = new Map<string, number>();
  return Object.fromEntries(
    list.map((text) => {
      const times = (seen.get(text) ?? 0) + 1;
      seen.set(text, times);
      return [times === 1 ? text : `${text} (${times})`, text];
    }),
  );
}

const naming = ['CheckID', 'ServiceID', 'ID', 'Name', 'Node'] as const;

function nameOf(entry: unknown): string | undefined {
  if (!isRecord(entry)) return undefined;
  const { Service: service } = entry;
  const source = isRecord(service) ? service : entry;
  const field = naming.find(
    (name) => typeof source[name] === 'string' && !isVolatile(source[name]),
  );
  return field && String(source[field]);
}

function isVolatile(text: unknown): boolean {
  return text === '' || String(text).startsWith('<');
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
