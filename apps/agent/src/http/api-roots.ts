import { describeCertificate } from '@chancery/ca';
import type { PublicRoot, PublicRoots } from '@chancery/http-api';
import { defineQuery, type Query } from '@chancery/store';
import { type TrustedRoot, trustedRoots } from '../authority/trusted-roots.ts';

/** The roots as they may be shown; read again whenever one of them changes. */
export function apiRoots(trustDomain: string): Query<'', PublicRoots> {
  return defineQuery<'', PublicRoots>({
    name: 'agent.roots',
    evaluate: (view) => ({
      trustDomain,
      roots: view.query(trustedRoots, '').flatMap(publicRoot),
    }),
  });
}

function publicRoot({ certificatePem, active, revisions }: TrustedRoot): readonly PublicRoot[] {
  const certificate = describeCertificate(certificatePem);
  if (certificate === undefined) return [];
  const { fingerprint, serialNumber, keyId, validity } = certificate;
  return [
    {
      id: fingerprint,
      name: 'Chancery CA Root Cert',
      serialNumber: Number.parseInt(serialNumber.replaceAll(':', ''), 16),
      signingKeyId: keyId,
      certificatePem: certificate.certificatePem,
      ...validity,
      active,
      revisions,
    },
  ];
}
