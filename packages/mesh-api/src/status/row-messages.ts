import { create } from '@bufbuild/protobuf';
import { type Timestamp, timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type CertificateRow,
  CertificateRowSchema,
  type IntentionRow,
  IntentionRowSchema,
  type ServiceRow,
  ServiceRowSchema,
} from '../../gen/chancery/mesh/v1/status_pb.ts';
import type { CertificateSummary, IntentionSummary, ServiceSummary } from './status-update.ts';

/** A service as it is sent. */
export function serviceMessage({ tags, upstreams, ...row }: ServiceSummary): ServiceRow {
  return create(ServiceRowSchema, { ...row, tags: [...tags], upstreams: [...upstreams] });
}

/** An intention as it is sent. */
export function intentionMessage({ changedAt, expiresAt, ...row }: IntentionSummary): IntentionRow {
  return create(IntentionRowSchema, {
    ...row,
    ...timestamp('changedAt', changedAt),
    ...timestamp('expiresAt', expiresAt),
  });
}

/** A certificate as it is sent. */
export function certificateMessage({
  notBefore,
  notAfter,
  ...row
}: CertificateSummary): CertificateRow {
  return create(CertificateRowSchema, {
    ...row,
    notBefore: timestampFromMs(notBefore),
    notAfter: timestampFromMs(notAfter),
  });
}

/** A field that is set only where there is a time. */
export function timestamp<Name extends string>(
  name: Name,
  ms: number | undefined,
): Partial<Record<Name, Timestamp>> {
  if (ms === undefined) return {};
  const field: Partial<Record<string, Timestamp>> = { [name]: timestampFromMs(ms) };
  return field as Partial<Record<Name, Timestamp>>;
}
