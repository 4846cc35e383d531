// Cases: certificates and their keys.
import { HASH, inline, SERVER, type WebConfigCase } from './case.ts';

export const TLS: readonly WebConfigCase[] = [
  { name: 'a certificate and its key', yaml: SERVER, verdict: 'good' },
  {
    name: 'a certificate and its key inline',
    yaml: `tls_server_config:\n  cert: ${inline('server.pem')}\n  key: ${inline('server.key')}\n`,
    verdict: 'good',
  },
  {
    name: 'a certificate in a file and the key inline',
    yaml: `tls_server_config:\n  cert_file: server.pem\n  key: ${inline('server.key')}\n`,
    verdict: 'good',
  },
  {
    name: 'a certificate both inline and in a file, of which the file counts',
    yaml: `${SERVER}  cert: ${inline('stranger.pem')}\n  key: nonsense\n`,
    verdict: 'good',
  },
  {
    name: 'an empty certificate file beside one inline',
    yaml: `tls_server_config: {cert_file: '', cert: ${inline('server.pem')}, key_file: server.key}\n`,
    verdict: 'good',
  },
  { name: 'a path with detours', yaml: SERVER.replaceAll('server.', './nothing/../server.'), verdict: 'good' },
  {
    name: 'a hash in the place of a name of a file',
    yaml: SERVER.replace('server.key', HASH),
    verdict: /web\.yml:3: tls_server_config\.key_file: the value \(not shown\) is PEM or a hash; /,
  },
  {
    name: 'no certificate and no key, in as many words',
    yaml: 'tls_server_config: {cert_file: "", key: "", client_auth_type: ""}',
    verdict: 'good',
  },
  {
    name: 'a certificate without a key',
    yaml: 'tls_server_config:\n  cert_file: server.pem\n',
    verdict: /web\.yml:2: tls_server_config\.cert_file: given without key or key_file; /,
  },
  {
    name: 'a key without a certificate',
    yaml: 'tls_server_config:\n  key_file: server.key\n',
    verdict: /web\.yml:2: tls_server_config\.key_file: given without cert or cert_file; /,
  },
  {
    name: 'an empty name of the certificate',
    yaml: 'tls_server_config:\n  cert_file: ""\n  key_file: server.key\n',
    verdict: /web\.yml:3: tls_server_config\.key_file: given without cert or cert_file; /,
  },
  {
    name: 'an empty key',
    yaml: 'tls_server_config:\n  cert_file: server.pem\n  key: ""\n',
    verdict: /web\.yml:2: tls_server_config\.cert_file: given without key or key_file; /,
  },
  {
    name: 'clients without a certificate of the server',
    yaml: 'tls_server_config:\n  client_auth_type: RequireAnyClientCert\n',
    verdict: /web\.yml:2: tls_server_config\.client_auth_type: given without cert or cert_file; /,
  },
  {
    name: 'a version without a certificate',
    yaml: 'tls_server_config:\n  min_version: TLS13\n',
    verdict: /web\.yml:2: tls_server_config\.min_version: given without cert or cert_file; /,
    toolkit: 'good',
    why: 'the toolkit would serve plain HTTP',
  },
  {
    name: 'allowed names without a certificate',
    yaml: 'tls_server_config:\n  client_allowed_sans: [scraper.test]\n',
    verdict: /web\.yml:2: tls_server_config\.client_allowed_sans: given without cert or cert_file; /,
    toolkit: 'good',
    why: 'the toolkit would serve plain HTTP, to everybody',
  },
  {
    name: 'a certificate that is not there',
    yaml: SERVER.replace('server.pem', 'missing.pem'),
    verdict:
      /web\.yml:2: tls_server_config\.cert_file: ".*missing\.pem" cannot be read \(ENOENT.*; allowed: a PEM file/,
  },
  {
    name: 'a key that is not there',
    yaml: SERVER.replace('server.key', 'missing.key'),
    verdict: /web\.yml:3: tls_server_config\.key_file: ".*missing\.key" cannot be read \(ENOENT.*; allowed: a PEM file/,
  },
  {
    name: 'a folder for a certificate',
    yaml: SERVER.replace('server.pem', '.'),
    verdict: /web\.yml:2: tls_server_config\.cert_file: ".*" cannot be read \(not a file\)/,
  },
  {
    name: 'a key in the place of the certificate',
    yaml: SERVER.replace('server.pem', 'server.key'),
    verdict: /web\.yml:2: tls_server_config\.cert_file: ".*server\.key" has no certificate/,
  },
  {
    name: 'a certificate in the place of the key',
    yaml: SERVER.replace('server.key', 'server.pem'),
    verdict: /web\.yml:3: tls_server_config\.key_file: ".*server\.pem" has no private key/,
  },
  {
    name: "another certificate's key",
    yaml: SERVER.replace('server.key', 'replacement.key'),
    verdict: /web\.yml:3: tls_server_config\.key_file: the key does not belong to the certificate/,
  },
  {
    name: 'a key with a passphrase',
    yaml: SERVER.replace('server.key', 'encrypted.key'),
    verdict: /web\.yml:3: tls_server_config\.key_file: ".*encrypted\.key" is encrypted; /,
  },
  {
    name: 'a certificate inline that is none',
    yaml: 'tls_server_config:\n  cert: nonsense\n  key_file: server.key\n',
    verdict: /web\.yml:2: tls_server_config\.cert: the text is no PEM; .* the name of a file belongs in cert_file$/,
  },
  {
    name: 'a damaged certificate inline',
    yaml: 'tls_server_config:\n  cert: "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n"\n  key_file: server.key\n',
    verdict: /web\.yml:2: tls_server_config\.cert: certificate 1 of the text cannot be read/,
  },
  {
    name: 'a certificate in the place of its name',
    yaml: `tls_server_config:\n  cert_file: ${inline('server.pem')}\n  key_file: ${inline('server.key')}\n`,
    verdict:
      /web\.yml:2: tls_server_config\.cert_file: the value \(not shown\) is PEM or a hash; allowed: the name of a file; PEM itself belongs in cert$/,
  },
  {
    name: 'a certificate that has expired',
    yaml: SERVER.replace('server.', 'expired.').replace('server.', 'client.'),
    verdict: 'good',
  },
];
