import type { MeshClient } from '@chancery/mesh-api/client';
import { matrixFeed } from '../feed/follow-matrix.ts';
import { type FeedPorts, followMesh } from '../feed/follow-mesh.ts';
import type { Event } from '../state/event.ts';
import { wantedMatrix } from '../state/matrix-names.ts';
import type { Answer, Question } from '../state/question.ts';
import { reduce } from '../state/reduce.ts';
import type { Size, State } from '../state/state.ts';
import { clipboardSequence } from '../terminal/clipboard.ts';
import { openCanvas } from './canvas.ts';
import { type PaceClock, paced } from './pace.ts';
import type { Suspend } from './screen.ts';

/** What a screen is opened on. */
export interface ScreenPorts extends Omit<FeedPorts, 'dispatch' | 'signal'> {
  readonly stdin: NodeJS.ReadStream;
  /** Writes to the terminal at once. */
  readonly write: (text: string) => void;
  readonly clock: PaceClock;
  readonly ascii: boolean;
  readonly hasColour: boolean;
}

/** A screen that is open. */
export interface OpenScreen extends Disposable {
  readonly dispatch: (event: Event) => void;
  /** Follows an agent, and asks it what there is to ask. */
  readonly follow: (mesh: MeshClient) => void;
  readonly suspend: Suspend;
  /** Paints everything anew, for a terminal of this size. */
  readonly repaint: (size: Size) => void;
  /** Resolves when it was closed by a key; with an error when it cannot be painted any more. */
  readonly closed: Promise<Error | undefined>;
}

/** In milliseconds: ten frames a second at most. */
const frameInterval = 100;

/** Opens the screen: paints at once, then whenever something has changed. */
export async function openScreen(
  start: State,
  ports: ScreenPorts,
  onStop: () => void,
): Promise<OpenScreen> {
  let state = start;
  const ending = new AbortController();
  const { promise: closed, resolve: close } = Promise.withResolvers<Error | undefined>();
  const { promise: opened, resolve: onOpen } = Promise.withResolvers<Suspend>();
  const onKey = (key: string): void => {
    if (key === 'ctrl-z') onStop();
    else if (key === 'ctrl-l') canvas.paint(state, true);
    else dispatch({ kind: 'key', key });
  };
  const onPaste = (text: string): void => dispatch({ kind: 'paste', text });
  const canvas = openCanvas(start, ports, { onKey, onPaste, onOpen });
  const painter = paced(() => canvas.paint(state), frameInterval, ports.clock);
  const effects = effectsOf({ ...ports, signal: ending.signal, dispatch }, canvas.write);
  function dispatch(event: Event): void {
    state = reduce(state, event);
    effects.follow(state);
    if (state.isOver) close(undefined);
    else painter.request();
  }
  void canvas.failed.then(close);
  return {
    dispatch,
    follow(mesh) {
      effects.start(mesh);
      effects.follow(state);
    },
    suspend: await opened,
    repaint(size) {
      state = reduce(state, { kind: 'resize', size });
      canvas.paint(state, true);
    },
    closed,
    [Symbol.dispose]() {
      ending.abort();
      painter.stop();
      canvas[Symbol.dispose]();
    },
  };
}

interface Effects {
  readonly start: (mesh: MeshClient) => void;
  /** Does what the state asks for: questions, pairs to follow, texts to copy. */
  readonly follow: (state: State) => void;
}

function effectsOf(ports: FeedPorts, write: (text: string) => void): Effects {
  let mesh: MeshClient | undefined;
  let matrix: ReturnType<typeof matrixFeed> | undefined;
  let lastAsked = 0;
  let copies = 0;
  /** What makes questions of messages is loaded with the first of them. */
  const answer = async (client: MeshClient, question: Question): Promise<Answer> => {
    const { answerQuestion } = await import('../feed/answer-question.ts');
    return await answerQuestion(client, question, ports.signal);
  };
  const ask = (client: MeshClient, state: State): void => {
    for (const { id, question } of state.questions.open) {
      if (id <= lastAsked) continue;
      lastAsked = id;
      void answer(client, question).then((answer) =>
        ports.dispatch({ kind: 'answered', id, answer }),
      );
    }
  };
  return {
    start(client) {
      mesh = client;
      matrix = matrixFeed(client, ports);
      void followMesh(client, ports);
    },
    follow(state) {
      matrix?.want(wantedMatrix(state));
      if (mesh !== undefined) ask(mesh, state);
      if (state.copied.count > copies) write(clipboardSequence(state.copied.text));
      copies = state.copied.count;
    },
  };
}
