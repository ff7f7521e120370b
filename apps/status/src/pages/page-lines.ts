import { type Line, line, span } from '../frame/span.ts';
import type { Page } from '../state/page.ts';
import type { Answer } from '../state/question.ts';
import { type State, shownMesh } from '../state/state.ts';
import { configLines } from './config-page.ts';
import { explainLines } from './explain-page.ts';
import { sentence } from './fields.ts';
import { planLines } from './plan-lines.ts';
import { proxyLines } from './proxy-page.ts';
import { certificateLines, historyLines, intentionLines } from './row-pages.ts';
import { serviceLines } from './service-page.ts';

/** Everything that stands on a page, of which the screen shows a part. */
export function pageLines(state: State, page: Page): readonly Line[] {
  const mesh = shownMesh(state);
  const { now } = state;
  const width = state.size.columns;
  switch (page.kind) {
    case 'proxy':
      return found(mesh.proxies.get(page.id), (proxy) => proxyLines(proxy, width, now));
    case 'service':
      return found(mesh.services.get(page.name), (row) => serviceLines(row, mesh, width, now));
    case 'certificate':
      return found(mesh.certificates.get(page.id), (row) => certificateLines(row, now));
    case 'intention':
      return found(mesh.intentions.get(page.id), (row) => intentionLines(row, width, now));
    case 'change':
      return found(
        mesh.history.find(({ revision }) => revision === page.revision),
        (item) => historyLines(item, width, now),
      );
    default:
      return answeredLines(state, page, width);
  }
}

function answeredLines(
  { now }: State,
  page: Extract<Page, { readonly answer: Answer | undefined }>,
  width: number,
): readonly Line[] {
  const { answer } = page;
  if (answer === undefined) return [line(span('  … asking the agent', 'faint'))];
  if (answer.kind === 'failed') {
    return sentence(answer.reason, { width, mark: span('✗ ', 'bad') });
  }
  if (answer.kind === 'explain') return explainLines(answer.value, width);
  if (answer.kind === 'config') return configLines(answer.value, width, now);
  if (answer.kind === 'plan' && page.kind === 'plan') return planLines(page, answer.value, width);
  return [];
}

/** What is shown of a row while it is there. */
function found<Row>(row: Row | undefined, lines: (row: Row) => readonly Line[]): readonly Line[] {
  return row === undefined ? [line(span('  It is gone.', 'faint'))] : lines(row);
}
