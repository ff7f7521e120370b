import type { Node, ReportedCheck } from '@chancery/catalog';
import {
  type CheckStatus,
  decodeServiceRegistration,
  type Issue,
  type Service,
} from '@chancery/model';
import { reportedProbe } from './reported-check.ts';

/** A registration of something that no agent here looks after. */
export interface CatalogBody {
  readonly node: Node;
  readonly skipNodeUpdate: boolean;
  readonly service?: Service;
  readonly checks: readonly ReportedCheck[];
}

/** A body, or its mistakes. */
export type DecodedBody =
  | { readonly ok: true; readonly value: CatalogBody }
  | { readonly ok: false; readonly issues: readonly Issue[] };

type Fields = Readonly<Record<string, unknown>>;
type Kind = 'text' | 'truth' | 'texts' | 'object' | 'list' | 'any';

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
  Namespace: 'text',
  Partition: 'text',
};

/** Reads the body of `/v1/catalog/register`. */
export function decodeCatalogBody(body: unknown, datacenter: string): DecodedBody {
  const issues: Issue[] = [];
  const fields = object(body, nodeKeys, [], issues);
  const service = decodedService(fields['Service'], issues);
  const checks = decodedChecks(fields, service, issues);
  if (issues.length > 0) return { ok: false, issues };
  const node: Node = {
    id: text(fields['ID']),
    node: text(fields['Node']),
    address: text(fields['Address']),
    datacenter,
    taggedAddresses: texts(fields['TaggedAddresses']),
    meta: texts(fields['NodeMeta']),
  };
  const skipNodeUpdate = fields['SkipNodeUpdate'] === true;
  return { ok: true, value: { node, skipNodeUpdate, checks, ...(service && { service }) } };
}

/** Here a service calls its name `Service`; all else is as in a registration with an agent. */
function decodedService(value: unknown, issues: Issue[]): Service | undefined {
  if (value === undefined || value === null) return undefined;
  const { Service: Name, CreateIndex: _c, ModifyIndex: _m, ...rest } = value as Fields;
  const decoded = decodeServiceRegistration({ Name, ...rest }, { casing: 'http' });
  if (decoded.ok) return decoded.value.service;
  for (const issue of decoded.issues) {
    const path = issue.path.map((step, at) => (at === 0 && step === 'Name' ? 'Service' : step));
    issues.push({ ...issue, path: ['Service', ...path] });
  }
  return undefined;
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
  const fields = object(value, checkKeys, path, issues);
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

function object(
  value: unknown,
  keys: Readonly<Record<string, Kind>>,
  path: Issue['path'],
  issues: Issue[],
): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    issues.push({ path, message: 'must be an object', code: 'wrong-type' });
    return {};
  }
  const fields = value as Fields;
  for (const [key, held] of Object.entries(fields)) {
    const kind = Object.hasOwn(keys, key) ? keys[key] : undefined;
    const at = [...path, key];
    if (kind === undefined) {
      issues.push({ path: at, message: `unknown key "${key}"`, code: 'unknown-key', key });
    } else if (held !== null && !isKind(held, kind)) {
      issues.push({ path: at, message: `must be ${kindNames[kind]}`, code: 'wrong-type' });
    }
  }
  return fields;
}

const kindNames: Readonly<Record<Kind, string>> = {
  text: 'a text',
  truth: 'true or false',
  texts: 'an object of texts',
  object: 'an object',
  list: 'a list',
  any: 'anything',
};

function isKind(value: unknown, kind: Kind): boolean {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'truth':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isObject;
    case 'texts':
      return isObject && Object.values(value).every((each) => typeof each === 'string');
    case 'any':
      return true;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return (value ?? {}) as Readonly<Record<string, string>>;
}
