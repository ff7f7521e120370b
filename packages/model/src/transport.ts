import { type Decoder, describe, text } from './primitives.ts';
import { report } from './scope.ts';

/** A protocol: only TCP is spoken today. */
export const onlyTcp: Decoder<'tcp'> = (value, scope) => {
  const found = text(value, scope)?.toLowerCase();
  if (found === undefined || found === 'tcp') return found;
  return report(scope, `only "tcp" is supported today, found ${describe(value)}`, {
    code: 'unsupported',
    key: 'protocol',
  });
};
