import { notBuilt, routes } from '@chancery/http-api';
import { type Explained, explain } from './explain.ts';
import { knownCommandDifferences, knownHttpDifferences } from './known-differences.ts';
import { page } from './page.ts';
import { type Recording, readRecording } from './recording.ts';

/** How an agent's answers and a command line's lines compare with those of the kept recording. */
export interface Comparison {
  readonly consul: string;
  readonly http: Explained;
  readonly commands: Explained;
}

/** Compares what was recorded on an agent with what a real Consul said. */
export async function compareWithConsul(ours: Recording): Promise<Comparison> {
  const consul = await readRecording();
  return {
    consul: consul.consul,
    http: explain(consul.http, ours.http, knownHttpDifferences),
    commands: explain(consul.commands, ours.commands, knownCommandDifferences),
  };
}

/** The page about the compatibility with Consul, as it follows from what was recorded on an agent. */
export async function currentPage(ours: Recording): Promise<string> {
  const later = new Set(notBuilt.map(placeOf));
  const built = routes.filter((route) => !later.has(placeOf(route)));
  return page({ ...(await compareWithConsul(ours)), routes: built, later: notBuilt });
}

function placeOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}
