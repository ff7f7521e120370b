import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnsweredRequest } from '../telemetry.ts';
import type { Target } from './target.ts';

/** Tells of a request when it is over: answered, or left by its client. */
export function tellWhenOver(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  tell: (over: AnsweredRequest) => void,
): void {
  const began = performance.now();
  response.once('close', () => {
    const { method = '', url = '' } = request;
    const mark = url.indexOf('?');
    tell({
      method,
      route: target.kind === 'route' ? target.route.path : undefined,
      path: mark < 0 ? url : url.slice(0, mark),
      status: response.headersSent ? response.statusCode : undefined,
      ms: performance.now() - began,
    });
  });
}
