import { expect, test } from 'vitest';
import { sidecarProgram } from './sidecar-program.ts';

test.for([
  ['echo why; exit 3', 'the sidecar of web ended with exit code 3 before it served:\nwhy\n'],
  ['exit 4', 'the sidecar of web ended with exit code 4 before it served'],
] as const)(
  'a sidecar that ends is told with its exit code and last words: %s',
  async ([script, message]) => {
    const ended = sidecarProgram(
      { program: '/bin/sh', args: ['-c', script] },
      { for: 'web' },
      () => false,
    );
    await expect(ended).rejects.toHaveProperty('message', message);
  },
);
