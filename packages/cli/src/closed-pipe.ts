/** What a shell reports of a program that wrote to a closed pipe. */
const brokenPipe = 141;

/** Ends the process when nobody reads what it prints any more: in `chancery members | head -1` the reader has what it wanted. */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(brokenPipe);
    });
  }
}
