import {
  type CertificateValidationContext,
  CertificateValidationContextSchema,
  type SubjectAltNameMatcher,
  SubjectAltNameMatcher_SanType,
  SubjectAltNameMatcherSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/common';
import {
  CommonTlsContext_CombinedCertificateValidationContextSchema as CombinedSchema,
  type CommonTlsContext,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { StringMatcherSchema } from '@chancery/envoy-api/envoy/type/matcher/v3/string';
import type { TlsNames } from '../plan/resources.ts';
import { readSecretName } from './read-config-source.ts';
import { below, type Reading, refuse, understood } from './reading.ts';

type ValidationType = CommonTlsContext['validationContextType'];
type Combined = Extract<ValidationType, { case: 'combinedValidationContext' }>['value'];

/** Reads how the certificate of a peer is checked: against which roots, and for which URI names. */
export function readValidation(
  at: Reading,
  { case: kind, value }: ValidationType,
): Pick<TlsNames, 'roots' | 'identities'> | undefined {
  if (kind === 'validationContextSdsSecretConfig') {
    const roots = readSecretName(below(at, 'validation_context_sds_secret_config'), value);
    return roots === undefined ? undefined : { roots, identities: [] };
  }
  if (kind === 'combinedValidationContext') {
    return readCombined(below(at, 'combined_validation_context'), value);
  }
  return refuse(at, 'must name the secret that peers are checked against');
}

function readCombined(
  at: Reading,
  combined: Combined,
): Pick<TlsNames, 'roots' | 'identities'> | undefined {
  understood(at, CombinedSchema, combined, [
    'defaultValidationContext',
    'validationContextSdsSecretConfig',
  ]);
  const { defaultValidationContext: context, validationContextSdsSecretConfig: secret } = combined;
  const inside = below(at, 'validation_context_sds_secret_config');
  const roots =
    secret === undefined ? refuse(inside, 'is missing') : readSecretName(inside, secret);
  const identities = context && readIdentities(below(at, 'default_validation_context'), context);
  return roots === undefined ? undefined : { roots, identities: identities ?? [] };
}

function readIdentities(at: Reading, context: CertificateValidationContext): readonly string[] {
  understood(at, CertificateValidationContextSchema, context, ['matchTypedSubjectAltNames']);
  return context.matchTypedSubjectAltNames.flatMap(
    (matcher, index) =>
      readExactUri(below(at, 'match_typed_subject_alt_names', index), matcher) ?? [],
  );
}

function readExactUri(at: Reading, message: SubjectAltNameMatcher): string | undefined {
  understood(at, SubjectAltNameMatcherSchema, message, ['sanType', 'matcher']);
  const { sanType, matcher } = message;
  if (sanType !== SubjectAltNameMatcher_SanType.URI) refuse(below(at, 'san_type'), 'must be URI');
  const inside = below(at, 'matcher');
  if (matcher === undefined) return refuse(inside, 'is missing');
  understood(inside, StringMatcherSchema, matcher, ['exact']);
  const { case: kind, value } = matcher.matchPattern;
  return kind === 'exact' && value !== '' ? value : refuse(inside, 'must be exact');
}
