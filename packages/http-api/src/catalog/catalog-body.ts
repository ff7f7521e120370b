import type { Node, ReportedCheck } from '@chancery/catalog';
import {
  type CheckStatus,
  decodeServiceRegistration,
  type Issue,
  type Service,
} from '@chancery/model';
import { fieldsOf, type Kind, text, texts } from '../request/fields.ts';
import { reportedProbe } from './reported-check.ts';
import { areUnsetWeights } from './unset-weights.ts';

/** A registration of something that no agent here looks after. */
export interface CatalogBody {
  /** Its datacenter as it was given: empty for the own one. */
  readonly node: Node;
  readonly skipNodeUpdate: boolean;
  readonly service?: Service;
  readonly checks: readonly ReportedCheck[];
}

/** A body, or its mistakes. */
export type DecodedBody =
  | { readonly ok: true; readonly value: CatalogBody }
  | { readonly ok: false; readonly issues: readonly Issue[] };

const nodeKeys: Readonly<Record<string, Kind>> = {
  ID: 'text',
  Node: 'text',
  Address: 'text',
  Datacenter: 'text',
  TaggedAddresses: 'texts',
  NodeMeta: 'texts',
  Service: 'object',
  Check: 'object',
  Checks: 'list',
  SkipNodeUpdate: 'truth',
  PeerName: 'text',
  Token: 'text',
  CreateIndex: 'any',
  ModifyIndex: 'any',
};

const checkKeys: Readonly<Record<string, Kind>> = {
  Node: 'text',
  CheckID: 'text',
  Name: 'text',
  Status: 'text',
  Notes: 'text',
  Output: 'text',
  ServiceID: 'text',
  ServiceName: 'text',
  ServiceTags: 'any',
  Type: 'text',
  Definition: 'any',
  Interval: 'text',
  Timeout: 'text',
  ExposedPort: 'any',
  CreateIndex: 'any',
  ModifyIndex: 'any',
  PeerName: 'text',
  Namespace: 'text',
  Partition: 'text',
};

/** Reads the body of `/v1/catalog/register`. */
export function decodeCatalogBody(body: unknown): DecodedBody {
  const issues: Issue[] = [];
  const fields = fieldsOf(body, nodeKeys, [], issues);
  const service = decodedService(fields['Service'], issues);
  const checks = decodedChecks(fields, service, issues);
  if (text(fields['PeerName']) !== '') {
    issues.push({ path: ['PeerName'], message: 'there are no peers here: leave it away' });
  }
  if (issues.length > 0) return { ok: false, issues };
  const node: Node = {
    id: text(fields['ID']),
    node: text(fields['Node']),
    address: text(fields['Address']),
    datacenter: text(fields['Datacenter']),
    taggedAddresses: texts(fields['TaggedAddresses']),
    meta: texts(fields['NodeMeta']),
  };
  const skipNodeUpdate = fields['SkipNodeUpdate'] === true;
  return { ok: true, value: { node, skipNodeUpdate, checks, ...(service && { service }) } };
}

/** Here a service calls its name `Service`; all else is as in a registration with an agent. */
function decodedService(value: unknown, issues: Issue[]): Service | undefined {
  if (value === undefined || value === null) return undefined;
  const decoded = decodeServiceRegistration(registration(value), { casing: 'http' });
  if (decoded.ok) return decoded.value.service;
  for (const issue of decoded.issues) {
    const path = issue.path.map((step, at) => (at === 0 && step === 'Name' ? 'Service' : step));
    issues.push({ ...issue, path: ['Service', ...path] });
  }
  return undefined;
}

/** Indexes are where it was read from, here nothing is imported from a peer, and weights of zero are none. */
function registration(service: object): object {
  const entries = Object.entries(service)
    .map(([key, value]) => [key.toLowerCase() === 'service' ? 'Name' : key, value] as const)
    .filter(([key]) => !['createindex', 'modifyindex'].includes(key.toLowerCase()))
    .filter(([key, value]) => key.toLowerCase() !== 'peername' || value !== '')
    .filter(([key, value]) => key.toLowerCase() !== 'weights' || !areUnsetWeights(value));
  return Object.fromEntries(entries);
}

function decodedChecks(
  { Check, Checks }: { readonly Check?: unknown; readonly Checks?: unknown },
  service: Service | undefined,
  issues: Issue[],
): readonly ReportedCheck[] {
  const single = Check === undefined || Check === null ? [] : [Check];
  const several = Array.isArray(Checks) ? Checks : [];
  return [
    ...single.map((check) => reportedCheck(check, ['Check'], service, issues)),
    ...several.map((check, at) => reportedCheck(check, ['Checks', at], service, issues)),
  ];
}

function reportedCheck(
  value: unknown,
  path: Issue['path'],
  service: Service | undefined,
  issues: Issue[],
): ReportedCheck {
  const fields = fieldsOf(value, checkKeys, path, issues);
  const status = text(fields['Status']) || 'critical';
  if (!isStatus(status)) {
    issues.push({ path: [...path, 'Status'], message: 'must be passing, warning or critical' });
  }
  const name = text(fields['Name']);
  const checkId = text(fields['CheckID']) || name;
  if (checkId === '') issues.push({ path, message: 'CheckID or Name must be given' });
  const named = text(fields['ServiceID']);
  const serviceId =
    named === '' && text(fields['ServiceName']) !== '' ? (service?.id ?? '') : named;
  const initialStatus = isStatus(status) ? status : 'critical';
  return {
    check: {
      checkId,
      name: name || checkId,
      notes: text(fields['Notes']),
      serviceId,
      initialStatus,
      probe: reportedProbe(fields, path, issues),
    },
    state: { status: initialStatus, output: text(fields['Output']) },
  };
}

function isStatus(value: string): value is CheckStatus {
  return value === 'passing' || value === 'warning' || value === 'critical';
}
