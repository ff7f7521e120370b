import { Box, Text, useApp, useInput, usePaste } from 'ink';
import { createElement, memo, type ReactElement, useEffect } from 'react';
import { isSameLine, type Line, type Span, type Tone } from '../frame/span.ts';
import { keyNames } from './key-names.ts';

/** Hands the terminal back to the shell; resolves with what takes it again. */
export type Suspend = () => Promise<{ readonly resume: () => Promise<void> }>;

/** What the screen is painted from. */
export interface ScreenProps {
  readonly lines: readonly Line[];
  readonly hasColour: boolean;
  readonly onKey: (key: string) => void;
  readonly onPaste: (text: string) => void;
  /** Called once, when the terminal is ours. */
  readonly onOpen: (suspend: Suspend) => void;
}

/** The screen: lines of text, and ears for the keyboard. It decides nothing. */
export function Screen(props: ScreenProps): ReactElement {
  const { lines, hasColour, onKey, onPaste, onOpen } = props;
  const { suspendTerminal } = useApp();
  useEffect(() => onOpen(() => suspendTerminal()), [onOpen, suspendTerminal]);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) onKey(name);
  });
  usePaste(onPaste);
  return createElement(
    Box,
    { flexDirection: 'column' },
    lines.map((line, at) => createElement(PaintedLine, { key: at, line, hasColour })),
  );
}

interface LineProps {
  readonly line: Line;
  readonly hasColour: boolean;
}

/** A line that says what it said is not made again. */
const PaintedLine = memo(
  ({ line, hasColour }: LineProps): ReactElement =>
    createElement(
      Text,
      { wrap: 'truncate', inverse: line.selected === true },
      line.spans.map((span, at) =>
        createElement(Text, { key: at, ...look(span, line, hasColour) }, span.text),
      ),
    ),
  (before, after) => before.hasColour === after.hasColour && isSameLine(before.line, after.line),
);

/** From the sixteen colours that every terminal has set to be read on its own background. */
const colours: Readonly<Partial<Record<Tone, string>>> = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  accent: 'cyan',
};

interface Look {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
}

/** Under the cursor colours would become backgrounds: the line is turned round as a whole. */
function look({ tone }: Span, { selected = false }: Line, hasColour: boolean): Look {
  if (selected) return {};
  const color = hasColour ? colours[tone] : undefined;
  return {
    ...(color !== undefined && { color }),
    ...(tone === 'strong' && { bold: true }),
    ...(tone === 'bad' && { bold: true }),
    ...(tone === 'faint' && { dimColor: true }),
  };
}
