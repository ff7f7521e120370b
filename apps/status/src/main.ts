// React's and its reconciler's other build checks itself at every step: four times slower, and it grows.
process.env['NODE_ENV'] ??= 'production';

const { endWithReader, processIo, runCommand } = await import('@chancery/cli');
const { command } = await import('./status-command.ts');

endWithReader();
process.exitCode = await runCommand(['status'], command, process.argv.slice(3), processIo());
