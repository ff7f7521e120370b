import type { Decoded, Issue } from '@chancery/model';
import { fieldsOf, type Kind, text } from '../request/fields.ts';

/** What is to go: a check, a service, or a node with all that is on it where neither is named. */
export interface Deregistration {
  readonly node: string;
  /** Empty where none is named. */
  readonly serviceId: string;
  /** Empty where none is named. */
  readonly checkId: string;
  /** Empty for the own one. */
  readonly datacenter: string;
}

const keys: Readonly<Record<string, Kind>> = {
  Datacenter: 'text',
  Node: 'text',
  Address: 'text',
  ServiceID: 'text',
  CheckID: 'text',
  PeerName: 'text',
  Token: 'text',
};

/** Reads the body of `/v1/catalog/deregister`. A key that is not understood is refused: without it a whole node might go. */
export function decodeDeregistration(body: unknown): Decoded<Deregistration> {
  const issues: Issue[] = [];
  const fields = fieldsOf(body ?? {}, keys, [], issues);
  if (issues.length > 0) return { ok: false, issues };
  return {
    ok: true,
    value: {
      node: text(fields['Node']),
      serviceId: text(fields['ServiceID']),
      checkId: text(fields['CheckID']),
      datacenter: text(fields['Datacenter']),
    },
  };
}
