import { parseOptions } from './options.ts';
import { quickstart } from './quickstart.ts';
import { createScreen } from './screen.ts';

const { stdout, stderr, env } = process;
const { NO_COLOR = '' } = env;
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => ending.abort());
}
// A terminal that was closed takes nothing any more; what was started must be ended all the same.
stdout.on('error', () => ending.abort());

const parsed = parseOptions(process.argv.slice(2));
if (parsed.ok) {
  const isTerminal = stdout.isTTY === true;
  process.exitCode = await quickstart({
    options: { ...parsed.options, once: parsed.options.once || !isTerminal },
    screen: createScreen({
      write: (text) => stdout.write(text),
      isTerminal,
      hasColour: isTerminal && NO_COLOR === '',
    }),
    hasTerminal: isTerminal,
    complain: (sentence) => stderr.write(`${sentence}\n`),
    environment: env,
    signal: ending.signal,
  });
} else if (parsed.help) {
  stdout.write(`${parsed.message}\n`);
} else {
  stderr.write(`${parsed.message}\n`);
  process.exitCode = 1;
}
