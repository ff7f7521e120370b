import { type Decoder, describe, text } from './primitives.ts';
import { report } from './scope.ts';

/** A namespace or partition: only `default` (or nothing) is accepted today. */
export const onlyDefault: Decoder<'default'> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined) return undefined;
  if (found === '' || found === 'default') return 'default';
  return report(scope, `only "default" is supported today, found ${describe(found)}`, {
    code: 'unsupported',
    key: String(scope.path.at(-1)),
  });
};
