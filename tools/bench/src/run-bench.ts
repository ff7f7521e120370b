import type { Figure } from './figure.ts';
import { catalog } from './measures/catalog.ts';
import { commandLine } from './measures/command-line.ts';
import { cpuPerPush } from './measures/cpu-per-push.ts';
import { deny } from './measures/deny.ts';
import { endpointFlip } from './measures/endpoint-flip.ts';
import { healthChecks } from './measures/health-checks.ts';
import { leafs } from './measures/leafs.ts';
import { ledger } from './measures/ledger.ts';
import type { Measure, MeshMeasure } from './measures/measure.ts';
import { memory } from './measures/memory.ts';
import { openMesh } from './measures/mesh.ts';
import { plan } from './measures/plan.ts';
import { reads } from './measures/reads.ts';
import { registrations } from './measures/registrations.ts';
import { startUp } from './measures/start-up.ts';
import { watchers } from './measures/watchers.ts';
import type { Options } from './options.ts';
import type { Subject } from './subjects/subject.ts';
import type { Results } from './table.ts';

/** In the order of the table. */
const first: readonly Measure[] = [startUp, commandLine];
const inMesh: readonly MeshMeasure[] = [endpointFlip, deny, cpuPerPush, memory];
const last: readonly Measure[] = [
  registrations,
  leafs,
  reads,
  watchers,
  catalog,
  healthChecks,
  ledger,
  plan,
];

/** What `--only` takes. */
export const measureNames: readonly string[] = [...first, ...inMesh, ...last].map(
  ({ name }) => name,
);

/** Runs the measures; each on every subject, one after the other, before the next. */
export async function runBench(
  subjects: readonly Subject[],
  options: Options,
  log: (line: string) => void,
): Promise<Results> {
  const wanted = <T extends { readonly name: string }>(measures: readonly T[]): readonly T[] =>
    measures.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const figures = new Map<Subject, Figure[]>(subjects.map((subject) => [subject, []]));
  const alone = async (measure: Measure): Promise<void> => {
    for (const [subject, found] of figures) {
      log(`${measure.name}: ${subject.name}`);
      found.push(...(await measure.run(subject, options)));
    }
  };
  for (const measure of wanted(first)) await alone(measure);
  for (const [subject, found] of figures) {
    found.push(...(await measuredInMesh(subject, wanted(inMesh), options, log)));
  }
  for (const measure of wanted(last)) await alone(measure);
  return { subjects: subjects.map(({ name }) => name), figures: [...figures.values()] };
}

async function measuredInMesh(
  subject: Subject,
  measures: readonly MeshMeasure[],
  options: Options,
  log: (line: string) => void,
): Promise<readonly Figure[]> {
  if (measures.length === 0) return [];
  log(`a mesh of ${options.streams} sidecars: ${subject.name}`);
  await using mesh = await openMesh(subject, options);
  const figures: Figure[] = [];
  for (const measure of measures) {
    log(`${measure.name}: ${subject.name}`);
    figures.push(...(await measure.run(mesh, options)));
  }
  return figures;
}
