import { render } from 'ink';
import { createElement, type ReactElement } from 'react';
import { frame } from '../frame/frame.ts';
import { isSameLine, type Line } from '../frame/span.ts';
import type { State } from '../state/state.ts';
import { frameStream } from '../terminal/frame-stream.ts';
import { Screen, type ScreenProps } from './screen.ts';

/** Where a state becomes a picture. */
export interface Canvas extends Disposable {
  /** Paints a state, in one write; everything anew where that is asked for, or where the size has changed. */
  readonly paint: (state: State, anew?: boolean) => void;
  /** Writes something that is no picture. */
  readonly write: (text: string) => void;
  /** Resolves when it can paint no more. */
  readonly failed: Promise<Error>;
}

/** What a picture is painted with. */
export interface CanvasPorts {
  readonly stdin: NodeJS.ReadStream;
  readonly write: (text: string) => void;
  readonly ascii: boolean;
  readonly hasColour: boolean;
}

/** Leaves nothing of another size behind. */
const clearScreen = '\u001b[H\u001b[2J';

/** Takes the alternate screen of the terminal, and paints a state on it. */
export function openCanvas(
  start: State,
  { stdin, write, ascii, hasColour }: CanvasPorts,
  ears: Pick<ScreenProps, 'onKey' | 'onPaste' | 'onOpen'>,
): Canvas {
  const stream = frameStream(write, start.size);
  let shown = frame(start, { ascii });
  const picture = (): ReactElement => createElement(Screen, { lines: shown, hasColour, ...ears });
  const instance = render(picture(), {
    stdout: stream as unknown as NodeJS.WriteStream,
    stdin,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    // Ctrl-c goes through the state like every key, and signals through whoever opened the screen.
    exitOnCtrlC: false,
    patchConsole: false,
    // Frames are paced before they come here, where all that belongs to one is known.
    maxFps: 1000,
  });
  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>();
  void instance.waitUntilExit().catch(fail);
  return {
    paint(state, anew = false) {
      const { columns, rows } = state.size;
      const lines = frame(state, { ascii });
      const mustClear = anew || stream.columns !== columns || stream.rows !== rows;
      if (!mustClear && isSamePicture(shown, lines)) return;
      shown = lines;
      stream.cork();
      if (mustClear) {
        instance.clear();
        stream.write(clearScreen);
        Object.assign(stream, { columns, rows });
      }
      instance.rerender(picture());
      stream.uncork();
    },
    write: (text) => void stream.write(text),
    failed,
    [Symbol.dispose]: () => instance.unmount(),
  };
}

/** A picture that shows the same is not laid out again: most seconds change nothing that is in sight. */
function isSamePicture(before: readonly Line[], after: readonly Line[]): boolean {
  if (before.length !== after.length) return false;
  return before.every((line, at) => {
    const other = after[at];
    return other !== undefined && isSameLine(line, other);
  });
}
