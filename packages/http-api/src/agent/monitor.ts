import type { HttpApiDependencies } from '../dependencies.ts';
import { failure, type Reply } from '../reply.ts';
import type { ApiRequest, Route } from '../route.ts';
import { type LogLevel, logLevels } from '../telemetry.ts';

/** The agent's log, as it is written. */
export const monitorRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/monitor',
    right: 'agent:read',
    blocking: 'none',
    answer: monitor,
  },
];

function monitor(api: HttpApiDependencies, { query }: ApiRequest): Reply {
  const asked = query.get('loglevel') || 'info';
  const level = levelNamed(asked);
  if (level === undefined) return failure(400, `Unknown log level: ${asked}`);
  const json = query.has('logjson');
  return { kind: 'stream', pieces: (gone) => api.monitor({ level, json }, gone) };
}

function levelNamed(text: string): LogLevel | undefined {
  const name = text.toLowerCase();
  return logLevels.find((level) => level === (name === 'err' ? 'error' : name));
}
