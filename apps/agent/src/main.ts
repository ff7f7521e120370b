import { processIo, runCommand } from '@chancery/cli';
import { command } from './agent-command.ts';

process.exitCode = await runCommand(['agent'], command, process.argv.slice(3), processIo());
