import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';

/** Something in a resource that this proxy does not understand, by its JSON path in Envoy's spelling. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Where in a resource the reader is, and what it did not understand so far. */
export interface Reading {
  readonly path: string;
  readonly problems: Problem[];
}

/** Reading at the root of a resource. */
export function reading(): Reading {
  return { path: '$', problems: [] };
}

/** Reading further inside: a field by its name, an element by its position. */
export function below(at: Reading, ...steps: readonly (string | number)[]): Reading {
  const path = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return { path: at.path + path, problems: at.problems };
}

/** Notes that something is not understood. The value that cannot be read is left out by returning this. */
export function refuse(at: Reading, message: string): undefined {
  at.problems.push({ path: at.path, message });
  return undefined;
}

/**
 * Refuses every field of a message but those that the caller understands (by their names in TypeScript). What
 * is not understood is never ignored: it might be what keeps somebody out.
 */
export function understood<Desc extends DescMessage>(
  at: Reading,
  schema: Desc,
  message: MessageShape<Desc>,
  fields: readonly string[],
): void {
  const reflected = reflect(schema, message);
  for (const field of schema.fields) {
    if (!fields.includes(field.localName) && reflected.isSet(field)) {
      refuse(below(at, field.name), 'is not supported by the built-in proxy');
    }
  }
  for (const { no } of message.$unknown ?? []) refuse(at, `has a field ${no} that is not known`);
}
