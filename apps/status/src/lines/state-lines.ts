import { columns } from '@chancery/cli';
import { lineText } from '../frame/span.ts';
import type { Mesh } from '../model/mesh.ts';
import { problems } from '../model/problems.ts';
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
  const found = problems(mesh, now);
  const wrong =
    found.length === 0
      ? ['✓ No problems']
      : [`✗ Problems: ${found.length}`, ...found.map(({ text }) => `! ${text}`)];
  return [...figureLines(mesh, now).map((each) => lineText(each).trim()), '', ...wrong];
}

function tableLines(name: TableName, mesh: Mesh, now: number): readonly string[] {
  const { title, empty, texts } = tables[name];
  const rows = texts(mesh, now);
  return rows.length === 1 ? [title, empty] : [title, ...columns(rows).split('\n')];
}
