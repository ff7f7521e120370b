import type { DifferingStep, Explained } from './explain.ts';

/** A route as the page lists it. */
export interface ListedRoute {
  readonly method: string;
  readonly path: string;
  readonly blocking: string;
  readonly right: string;
}

/** A route that says what is missing, as the page lists it. */
export interface LaterRoute {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly says: string;
}

/** Everything that the page tells. */
export interface PageContents {
  readonly consul: string;
  readonly http: Explained;
  readonly commands: Explained;
  readonly routes: readonly ListedRoute[];
  /** Routes that come later, with the sentence that they are answered with. */
  readonly later: readonly LaterRoute[];
}

const opening = `# Compatibility with Consul

This page is written by \`node tools/compatibility/src/page-main.ts\`; a test plays every exchange and command again, and fails
when the page is not what it would write, when something differs for which no reason is given, and when a reason is out of date.`;

/** The page, as it stands in \`docs/consul-compatibility.md\`. */
export function page(contents: PageContents): string {
  const { consul, http, commands } = contents;
  return [
    opening,
    `Held to Consul ${consul}: of ${http.total} exchanges over HTTP ${http.alike} are alike in every place, of ${commands.total} commands ${commands.alike}. What is never the same twice, such as times, identifiers and indexes, is left out.`,
    '## Exchanges that differ',
    ...sections(http),
    '## Commands that differ',
    ...sections(commands),
    '## Routes',
    table(contents.routes),
    '## Routes that come later',
    'They answer with one sentence: 501, or 401 where a Consul without ACLs does.',
    laterList(contents.later),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function sections({ known }: Explained): readonly string[] {
  return known.map(({ reason, steps }) => [`**${reason}**`, list(steps)].join('\n\n'));
}

function list(steps: readonly DifferingStep[]): string {
  return steps.map(({ title, places }) => `- \`${title}\`: ${placesOf(places)}`).join('\n');
}

const placesShown = 4;

function placesOf(places: DifferingStep['places']): string {
  const shown = places.slice(0, placesShown).map(({ at }) => `\`${at}\``);
  const more = places.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function table(routes: readonly ListedRoute[]): string {
  const rows = routes.map(
    ({ method, path, blocking, right }) => `| ${method} | \`${path}\` | ${blocking} | ${right} |`,
  );
  return ['| method | path | waits | right |', '|---|---|---|---|', ...rows].join('\n');
}

function laterList(later: readonly LaterRoute[]): string {
  const bySentence = Map.groupBy(later, ({ says, status }) => `${status} ${says}`);
  return [...bySentence]
    .map(([sentence, routes]) => {
      const places = routes.map(({ method, path }) => `\`${method} ${path}\``);
      return `- ${sentence}: ${places.join(', ')}`;
    })
    .join('\n');
}
