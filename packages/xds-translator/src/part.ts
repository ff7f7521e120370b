import type { Read } from './custom-config/read-json.ts';
import type { encodeResource } from './encode-resource.ts';
import type { ListeningPlace } from './listening-place.ts';
import type { Diagnostic, Resource } from './resource.ts';

/** What one part of a snapshot becomes. */
export interface Part {
  /** The SPIFFE ID of whom the part leads to; none for one that leads to nobody else. */
  readonly peer?: string;
  /** Where its listener takes connections. */
  readonly listensAt?: readonly ListeningPlace[];
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Encodes a resource, and lets the translator count it. */
export type Encode = typeof encodeResource;

/** A message to serve, and what went wrong. Where nothing is safe to serve, there is no message. */
export interface Built<Served> {
  readonly message: Served;
  readonly diagnostics: readonly Diagnostic[];
}

/** A message that is built as declared. */
export function asDeclared<Message>(message: Message): Built<Message> {
  return { message, diagnostics: [] };
}

/**
 * A custom message where it can be read. Where it cannot, what was generated does not stand in for it: the
 * user may have closed something in theirs that would be open then. `told` says what is served instead.
 */
export function asCustomised<Message, Instead extends Message | undefined>(
  custom: Read<Message>,
  resource: string,
  instead: Instead,
  told: string,
): Built<Message | Instead> {
  if (custom.ok) return asDeclared(custom.value);
  const message = `${custom.reason}; ${told}`;
  const diagnostic: Diagnostic = { code: 'custom-config-refused', resource, message };
  return { message: instead, diagnostics: [diagnostic] };
}
