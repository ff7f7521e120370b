/**
 * Where in a resource something is that a proxy refused, as far as its words tell: Envoy has no field for it.
 * The words are those of Envoy 1.40; the path is one in the resource's JSON, and none where they may mean two places.
 */
export function refusedPath(reason: string, resource: object): string | undefined {
  return constraintPath(reason, resource) ?? knownPath(reason) ?? mentionedPath(reason, resource);
}

/** `ClusterValidationError.HealthChecks[0]: … | caused by field: "health_checker", reason: is required` */
const constraint = /(\w+)ValidationError\.(\w+)((?:\[[^\]]*\])*)|field: "(\w+)"/g;

/** A constraint that does not hold is told from message to message, down to the field. */
function constraintPath(reason: string, resource: object): string | undefined {
  const at = reason.indexOf('Proto constraint validation failed');
  if (at < 0) return undefined;
  const steps = [...reason.slice(at).matchAll(constraint)];
  const path = steps.map(
    ([, , field = '', index = '', required]) => required ?? snake(field) + index,
  );
  const outermost = steps[0]?.[1];
  if (path.length === 0) return undefined;
  const begin = outermost === undefined ? undefined : placeOfMessage(outermost, resource);
  return begin === undefined ? undefined : joined(begin, path.join('.'));
}

/** The resource itself, or the one packed message of this type in it. */
function placeOfMessage(typeName: string, resource: object): string | undefined {
  const packed = places(resource).filter(
    ({ key, value }) => key === '@type' && String(value).endsWith(`.${typeName}`),
  );
  const [only] = packed;
  if (only === undefined) return '';
  return packed.length === 1 ? only.path.slice(0, -'.@type'.length) : undefined;
}

/** Sentences that say where without naming it. */
const knownSentences: readonly (readonly [RegExp, string])[] = [
  [/no filter chains specified/, 'filter_chains'],
  [/without an EDS config/, 'eds_cluster_config'],
  [/cannot bind /, 'address'],
];

function knownPath(reason: string): string | undefined {
  return knownSentences.find(([sentence]) => sentence.test(reason))?.[1];
}

/** A value that is quoted, or a field that is named, and that is at one place only. */
function mentionedPath(reason: string, resource: object): string | undefined {
  const all = places(resource);
  const values = mentionedValues(reason);
  const fields = reason.match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? [];
  const byValue = all.filter(({ value }) => typeof value === 'string' && values.has(value));
  // Of a cluster's or listener's own name there is nothing to tell.
  const told = onlyPath(byValue.filter(({ path }) => path !== 'name'));
  const byField = fields.map((field) => onlyPath(all.filter(({ key }) => key === field)));
  return told ?? byField.find((path) => path !== undefined);
}

function onlyPath(found: readonly Place[]): string | undefined {
  return found.length === 1 ? found[0]?.path : undefined;
}

/** What stands in quotes, and what stands behind the last colon: `malformed IP address: some.host. Consider …`. */
function mentionedValues(reason: string): ReadonlySet<string> {
  const quoted = [...reason.matchAll(/(?<!\w)'([^']+)'|"([^"]+)"/g)].map(
    ([, a, b]) => a ?? b ?? '',
  );
  const behind = [...reason.matchAll(/: ([^\n]+?)(?:\. |\s*$)/gm)].map(([, text = '']) => text);
  const last = behind.map((text) => text.slice(text.lastIndexOf(': ') + 1).trim());
  const seconds = reason.match(/\bseconds: (-?\d+)/)?.[1];
  return new Set([...quoted, ...behind, ...last, ...(seconds ? [`${seconds}s`] : [])]);
}

interface Place {
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
}

/** Every field of a JSON value, with its path. */
function places(value: unknown, path = ''): readonly Place[] {
  if (Array.isArray(value)) return value.flatMap((inner, at) => places(inner, `${path}[${at}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = joined(path, key);
    return [{ path: own, key, value: inner }, ...places(inner, own)];
  });
}

function joined(path: string, next: string): string {
  return path === '' ? next : `${path}.${next}`;
}

function snake(camel: string): string {
  return camel.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase();
}
