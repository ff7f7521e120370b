import type { JsonObject } from '@chancery/model';

/** Files for serving metrics over TLS. Envoy reads them; the authorities check the certificates of clients that show one. */
export interface PrometheusTls {
  readonly certFile: string;
  readonly keyFile: string;
  /** The authorities: a file that Envoy reads, or their PEM. */
  readonly ca: { readonly filename: string } | { readonly inline_string: string };
}

/** The part of a filter chain that makes it one of TLS. */
export function prometheusTransportSocket(tls: PrometheusTls | undefined): JsonObject {
  if (tls === undefined) return {};
  const context = {
    '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
    common_tls_context: {
      tls_certificate_sds_secret_configs: [{ name: 'prometheus_cert' }],
      validation_context_sds_secret_config: { name: 'prometheus_validation_context' },
    },
  };
  return { transport_socket: { name: 'tls', typed_config: context } };
}

/** The secrets that it names. */
export function prometheusSecrets(tls: PrometheusTls | undefined): readonly JsonObject[] {
  if (tls === undefined) return [];
  return [
    {
      name: 'prometheus_cert',
      tls_certificate: {
        certificate_chain: { filename: tls.certFile },
        private_key: { filename: tls.keyFile },
      },
    },
    {
      name: 'prometheus_validation_context',
      validation_context: { trusted_ca: tls.ca },
    },
  ];
}
