import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

test.for([
  [[], { once: false, portOffset: 0, allowBuiltin: false }],
  [['--once'], { once: true, portOffset: 0, allowBuiltin: false }],
  [['--once', '--port-offset', '1000'], { once: true, portOffset: 1000, allowBuiltin: false }],
  [['--', '--once'], { once: true, portOffset: 0, allowBuiltin: false }],
  [['--allow-builtin'], { once: false, portOffset: 0, allowBuiltin: true }],
] as const)('%j is understood', ([argv, options]) => {
  expect(parseOptions(argv)).toEqual({ ok: true, options });
});

test.for([['--twice'], ['--port-offset', 'x'], ['--port-offset', '50000'], ['extra']])(
  '%j is refused in one line that shows the usage',
  (...[argv]) => {
    const parsed = parseOptions(argv);
    expect(parsed).toHaveProperty('message', expect.stringMatching(/^[^\n]+; usage: quickstart/));
  },
);

test.for(['--help', '-h'])('%s asks for help, which names every option', (flag) => {
  const parsed = parseOptions(['--once', flag]);
  expect(parsed).toMatchObject({ ok: false, help: true });
  for (const option of ['--once', '--port-offset N', '--allow-builtin']) {
    expect(parsed).toHaveProperty('message', expect.stringContaining(`  ${option} `));
  }
});
