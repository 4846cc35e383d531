// Cases: versions, cipher suites, curves.
import { SERVER, type WebConfigCase } from './case.ts';

export const PROTOCOL: readonly WebConfigCase[] = [
  { name: 'the newest version only', yaml: `${SERVER}  min_version: TLS13\n`, verdict: 'good' },
  { name: 'old versions', yaml: `${SERVER}  min_version: TLS10\n  max_version: TLS11\n`, verdict: 'good' },
  {
    name: 'a version that is none',
    yaml: `${SERVER}  min_version: TLS9\n`,
    verdict:
      /web\.yml:4: tls_server_config\.min_version: "TLS9" is not known here; allowed: TLS10, TLS11, TLS12, TLS13/,
  },
  {
    name: 'a version as a number',
    yaml: `${SERVER}  max_version: 1.3\n`,
    verdict: /web\.yml:4: tls_server_config\.max_version: "1.3" is not known here; /,
  },
  {
    name: 'no version at all',
    yaml: `${SERVER}  min_version: TLS13\n  max_version: TLS12\n`,
    verdict: /web\.yml:4: tls_server_config\.min_version: no version is left from TLS13 to TLS12; /,
    toolkit: 'good',
    why: 'no client could connect',
  },
  {
    name: 'cipher suites',
    yaml: `${SERVER}  cipher_suites:\n  - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256\n  - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256\n  - TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA\n`,
    verdict: 'good',
  },
  {
    // web.Validate() takes it, but the toolkit's server ends at its start.
    name: 'cipher suites without the one that HTTP/2 asks for',
    yaml: `${SERVER}  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]\n  max_version: TLS12\n`,
    verdict: 'good',
  },
  {
    name: 'cipher suites of TLS 1.3 among others',
    yaml: `${SERVER}  cipher_suites: [TLS_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]\n`,
    verdict: 'good',
  },
  {
    name: 'cipher suites of TLS 1.3 alone',
    yaml: `${SERVER}  cipher_suites: [TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256]\n`,
    verdict: 'good',
  },
  {
    name: 'cipher suites of TLS 1.3 alone, without TLS 1.3',
    yaml: `${SERVER}  cipher_suites: [TLS_AES_256_GCM_SHA384]\n  max_version: TLS12\n`,
    verdict: /web\.yml:4: tls_server_config\.cipher_suites: all of TLS 1\.3, which max_version leaves out; /,
    toolkit: 'good',
    why: 'no client could connect',
  },
  { name: 'no cipher suites', yaml: `${SERVER}  cipher_suites: []\n`, verdict: 'good' },
  {
    name: 'a cipher suite that is none',
    yaml: `${SERVER}  cipher_suites:\n  - TLS_AES_128_GCM_SHA256\n  - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA2048\n`,
    verdict:
      /web\.yml:6: tls_server_config\.cipher_suites: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA2048" is not known here; did you mean TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256\?/,
  },
  {
    name: 'a cipher suite that nobody should use',
    yaml: `${SERVER}  cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]\n`,
    verdict: /web\.yml:4: tls_server_config\.cipher_suites: "TLS_RSA_WITH_RC4_128_SHA" is not known here/,
  },
  {
    name: "a cipher suite by OpenSSL's name",
    yaml: `${SERVER}  cipher_suites: [ECDHE-RSA-AES128-GCM-SHA256]\n`,
    verdict: /web\.yml:4: tls_server_config\.cipher_suites: "ECDHE-RSA-AES128-GCM-SHA256" is not known here/,
  },
  {
    name: 'cipher suites that older versions of Go allowed',
    yaml: `${SERVER}  cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]\n`,
    verdict: 'good',
    toolkit: 'bad',
    why: 'Go 1.22 took those without a key exchange of their own out of CipherSuites(); files that name them are still there',
  },
  {
    name: 'curves',
    yaml: `${SERVER}  curve_preferences: [X25519, CurveP256, CurveP384, CurveP521]\n`,
    verdict: 'good',
  },
  {
    name: 'a curve that is none',
    yaml: `${SERVER}  curve_preferences: [CurveP257]\n`,
    verdict: /web\.yml:4: tls_server_config\.curve_preferences: "CurveP257" is not known here; allowed: CurveP256, /,
  },
  { name: "the client's preference", yaml: `${SERVER}  prefer_server_cipher_suites: no\n`, verdict: 'good' },
  {
    name: 'a preference that is no boolean',
    yaml: `${SERVER}  prefer_server_cipher_suites: maybe\n`,
    verdict: /web\.yml:4: tls_server_config\.prefer_server_cipher_suites: "maybe" is not a boolean; /,
  },
];
