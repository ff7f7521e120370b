export type { Effects } from './effects.ts';
export { type AgentLog, createLog, type Log } from './log/log.ts';
export { type Agent, type AgentHost, startAgent } from './start-agent.ts';
