import { type Field, field } from '../block.ts';
import { formatPath } from '../format-issue.ts';
import { type Decoder, describe, text } from '../primitives.ts';
import { report } from '../scope.ts';

function onlyDefault(reason: string): Decoder<string> {
  return (value, scope) => {
    const found = text(value, scope);
    if (found === undefined || found === '' || found === 'default') return found;
    return report(scope, `only "default" is supported, found ${describe(found)}`, {
      code: 'unsupported',
      key: String(scope.path.at(-1)),
      consul: {
        words: `invalid config key "${formatPath(scope.wirePath)}"${reason}`,
        listed: true,
      },
    });
  };
}

const namespaceOnly = onlyDefault(', namespaces are a consul enterprise feature');
const partitionOnly = onlyDefault('');

/** Keys of a part of an entry that name where a service is: only `default` is there, and it is not held. */
export const tenancyFields: Readonly<Record<string, Field<unknown>>> = {
  namespace: field(namespaceOnly),
  partition: field(partitionOnly),
};
