import type { Reply } from '../reply.ts';

/** The answer to a body that is no JSON, in the words that Consul has for it where a body is read with some leniency. */
export function decodingFailed(reply: Reply): Reply {
  if (reply.kind !== 'text') return reply;
  return {
    ...reply,
    text: reply.text.replace(/^Request decode failed: /, 'Request decoding failed: '),
  };
}
