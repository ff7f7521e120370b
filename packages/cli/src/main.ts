import { processIo } from './io.ts';
import { run } from './run.ts';

/** What a shell reports of a program that wrote to a closed pipe. */
const brokenPipe = 141;

// `chancery members | head -1`: the reader has what it wanted.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(brokenPipe);
  });
}

process.exitCode = await run(process.argv.slice(2), processIo());
