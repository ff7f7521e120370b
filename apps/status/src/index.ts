export { command } from './status-command.ts';
