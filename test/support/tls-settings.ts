// TLS as a configuration has it that says no more than a certificate and its key.
import type { TlsSettings } from '../../src/web/security.ts';

export const TLS_DEFAULTS: Omit<TlsSettings, 'certificates' | 'key'> = {
  clientAuthType: 'NoClientCert',
  clientAuthorities: undefined,
  clientAllowedNames: undefined,
  minimumVersion: 'TLSv1.2',
  maximumVersion: 'TLSv1.3',
  cipherSuites: undefined,
  preferServerCipherSuites: true,
  curves: undefined,
};
