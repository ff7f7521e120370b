import type { CaConfiguration } from '@chancery/model';
import type { CommittedBy, RowRevisions } from '@chancery/store';

/** How certificates are made. Times in milliseconds. */
export interface CaSettings {
  readonly leafCertTtlMs: number;
  readonly rootCertTtlMs: number;
  /** When this was set; where nobody has set it, when the authority was founded. */
  readonly revisions: RowRevisions;
}

/** The authority as the API configures it. */
export interface CertificateAuthority {
  settings(): CaSettings;
  /** Takes settings into effect, and a root that is given with them; resolves when that root signs. */
  configure(
    configuration: CaConfiguration,
    author: CommittedBy,
  ): Promise<
    | { readonly ok: true; readonly revision: number }
    | { readonly ok: false; readonly message: string }
  >;
}
