import { processIo, runCommand } from '@chancery/cli';
import { command } from './agent-command.ts';

// Node would open a debugger, a port through which every user of the machine could run code in the agent. Of
// Consul this signal asks for its figures, so it may well be sent.
process.on('SIGUSR1', () => {});

process.exitCode = await runCommand(['agent'], command, process.argv.slice(3), processIo());
