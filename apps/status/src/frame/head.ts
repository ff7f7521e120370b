import { inMatrix } from '../actions/action.ts';
import { length } from '../model/time.ts';
import { selection } from '../state/cursor.ts';
import { matrixNames, mostNames } from '../state/matrix-names.ts';
import { pageTitle } from '../state/page.ts';
import { type State, shownMesh, topPage } from '../state/state.ts';
import { isTable, tables, viewNames } from '../views/views.ts';
import { fitted, widthOf } from './fit.ts';
import { type Line, line, lineText, type Span, span } from './span.ts';

/** Which mesh, how old what is shown is, and whether anything can be changed. */
export function headLine(state: State): Line {
  const { overview, revision } = shownMesh(state);
  const where =
    overview === undefined ? '' : `${overview.node} · ${overview.datacenter} · r${revision}`;
  const right = [
    linkSpan(state),
    span(state.mayWrite ? '  -write ' : '  read-only ', state.mayWrite ? 'warn' : 'faint'),
  ];
  return spread(
    [span(' Chancery', 'strong'), span(`  ${where}`, 'faint')],
    right,
    state.size.columns,
  );
}

/** How the screen stands to its agent: a sign, a word, and since when. */
function linkSpan({ hearing: { link, mesh }, held, now }: State): Span {
  if (link.kind === 'lost') {
    const left = link.retryAt - now;
    const retry = left > 0 ? `retry in ${Math.ceil(left / 1000)} s` : 'trying';
    const since = Math.floor((now - link.since) / 1000) * 1000;
    const ago = since <= 0 ? 'just now' : `${length(since)} ago`;
    return span(`✗ ${mesh.at === undefined ? 'no agent' : `lost ${ago}`}, ${retry}`, 'bad');
  }
  if (held !== undefined) {
    const behind = mesh.revision - held.revision;
    return span(behind > 0n ? `! paused, ${behind} revisions behind` : '! paused', 'warn');
  }
  if (link.kind === 'connecting') return span('… connecting', 'warn');
  return mesh.complete ? span('● live', 'good') : span('… loading', 'warn');
}

/** The views, with the key of each. */
export function tabsLine({ view, size }: State): Line {
  const isNarrow = size.columns < 90;
  return line(
    ' ',
    ...viewNames.flatMap((name, at) => {
      const title = `${name[0]?.toUpperCase()}${name.slice(1)}`;
      const text = `${at + 1} ${title}`;
      return [
        name === view ? span(`[${text}]`, 'accent') : span(` ${text} `, 'faint'),
        span(isNarrow ? '' : '  '),
      ];
    }),
  );
}

/** What is shown and what is hidden: the view, how many, and every filter in force. */
export function titleLine(state: State): Line {
  const page = topPage(state);
  const parts = page === undefined ? viewTitle(state) : [span(pageTitle(page), 'strong')];
  const title = line(span('─ ', 'faint'), ...parts, span(' ', 'faint'));
  const room = state.size.columns - widthOf(lineText(title));
  return { spans: [...title.spans, span('─'.repeat(Math.max(0, room)), 'faint')] };
}

function viewTitle(state: State): readonly Span[] {
  const { view, onlyProblems } = state;
  if (!isTable(view)) return [span('Overview', 'strong')];
  const { filter } = state.lists[view];
  const named = inMatrix(state) ? 'Intentions: who may reach whom' : tables[view].title;
  return [
    span(named, 'strong'),
    span(` ${countWords(state)}`),
    ...(filter === '' ? [] : [span(` · filter: ${filter}`, 'accent')]),
    ...(onlyProblems && (tables[view].hasProblems || inMatrix(state))
      ? [span(' · only problems', 'warn')]
      : []),
  ];
}

function countWords(state: State): string {
  if (inMatrix(state)) {
    const { sources, destinations } = matrixNames(state);
    return `${sources.length} x ${destinations.length}${limitWords(state)}`;
  }
  const rows = selection(state);
  if (rows === undefined) return '';
  const count = rows.ids.length;
  return count === rows.total ? String(count) : `${count} of ${rows.total}`;
}

/** Of more pairs than the agent answers at once, problems are looked for among the first. */
function limitWords(state: State): string {
  if (!state.onlyProblems) return '';
  const { sources, destinations } = matrixNames({ ...state, onlyProblems: false });
  const isLimited = Math.max(sources.length, destinations.length) > mostNames;
  return isLimited ? ` among the first ${mostNames}` : '';
}

/** Something at the left end and something at the right end of a line; the right one is never cut. */
function spread(start: readonly Span[], end: readonly Span[], width: number): Line {
  const room = width - widthOf(lineText({ spans: end }));
  const taken = widthOf(lineText({ spans: start }));
  if (taken >= room) {
    const [first, ...rest] = start;
    const text = rest.map((each) => each.text).join('');
    const left = Math.max(0, room - widthOf(first?.text ?? ''));
    return { spans: [first ?? span(''), span(fitted(text, left), 'faint'), ...end] };
  }
  return { spans: [...start, span(' '.repeat(room - taken)), ...end] };
}
