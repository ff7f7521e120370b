import { columns } from '@chancery/cli';
import { lineText } from '../frame/span.ts';
import type { Mesh } from '../model/mesh.ts';
import type { Problem } from '../model/problem.ts';
import { problems } from '../model/problems.ts';
import { warnings } from '../model/warnings.ts';
import { figureLines } from '../views/overview-figures.ts';
import { type TableName, tables, type ViewName } from '../views/views.ts';

/** The present state as lines: the same that the screen shows, whole, in columns that programs can split. */
export function stateLines(mesh: Mesh, now: number, view?: ViewName): readonly string[] {
  const names = Object.keys(tables) as TableName[];
  const shown = view === undefined ? names : names.filter((name) => name === view);
  const head = view === undefined || view === 'overview' ? overviewLines(mesh, now) : [];
  const parts = shown.map((name) => tableLines(name, mesh, now));
  return [head, ...parts]
    .filter((part) => part.length > 0)
    .flatMap((part, at) => (at === 0 ? part : ['', ...part]));
}

function overviewLines(mesh: Mesh, now: number): readonly string[] {
  const figures = figureLines(mesh, now).map((each) => lineText(each).trim());
  return [...figures, '', ...concernLines(problems(mesh, now), warnings(mesh))];
}

/** What failed, then what is to be looked at, with the signs of `chancery check`. */
function concernLines(failed: readonly Problem[], warned: readonly Problem[]): readonly string[] {
  if (failed.length + warned.length === 0) return ['✓ No problems'];
  return [
    ...(failed.length === 0 ? [] : [`✗ Problems: ${failed.length}`]),
    ...failed.map(({ text }) => `✗ ${text}`),
    ...(warned.length === 0 ? [] : [`! Warnings: ${warned.length}`]),
    ...warned.map(({ text }) => `! ${text}`),
  ];
}

function tableLines(name: TableName, mesh: Mesh, now: number): readonly string[] {
  const { title, empty, texts } = tables[name];
  const rows = texts(mesh, now);
  return rows.length === 1 ? [title, empty] : [title, ...columns(rows).split('\n')];
}
