// Cases: clients' certificates.
import { inline, SERVER, type WebConfigCase } from './case.ts';

const CLIENTS = `${SERVER}  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: authority.pem\n`;

export const CLIENT_CERTIFICATES: readonly WebConfigCase[] = [
  { name: 'clients that are verified', yaml: CLIENTS, verdict: 'good' },
  {
    name: 'clients that are verified by authorities inline',
    yaml: `${SERVER}  client_auth_type: VerifyClientCertIfGiven\n  client_ca: ${inline('authority.pem')}\n`,
    verdict: 'good',
  },
  {
    name: 'authorities both inline and in a file, of which the file counts',
    yaml: `${CLIENTS}  client_ca: nonsense\n`,
    verdict: 'good',
  },
  ...['NoClientCert', 'RequestClientCert', 'RequireAnyClientCert', 'RequireClientCert', '""'].map(
    (type): WebConfigCase => ({
      name: `client_auth_type ${type}`,
      yaml: `${SERVER}  client_auth_type: ${type}\n`,
      verdict: 'good',
    }),
  ),
  {
    name: 'verified clients without authorities of their own',
    yaml: `${SERVER}  client_auth_type: RequireAndVerifyClientCert\n`,
    verdict: 'good',
  },
  {
    name: 'a client_auth_type that is none',
    yaml: `${SERVER}  client_auth_type: requireAndVerifyClientCert\n`,
    verdict:
      /web\.yml:4: tls_server_config\.client_auth_type: "requireAndVerifyClientCert" is not known here; allowed: NoClientCert, /,
  },
  {
    name: 'authorities without a policy',
    yaml: `${SERVER}  client_ca_file: authority.pem\n`,
    verdict:
      /web\.yml:4: tls_server_config\.client_ca_file: given without a client_auth_type that asks for certificates; /,
  },
  {
    name: 'authorities inline without a policy',
    yaml: `${SERVER}  client_auth_type: NoClientCert\n  client_ca: ${inline('authority.pem')}\n`,
    verdict: /web\.yml:5: tls_server_config\.client_ca: given without a client_auth_type that asks for certificates; /,
  },
  {
    name: 'authorities that are not there',
    yaml: CLIENTS.replace('authority.pem', 'missing.pem'),
    verdict: /web\.yml:5: tls_server_config\.client_ca_file: ".*missing\.pem" cannot be read \(ENOENT/,
  },
  {
    name: 'authorities without a certificate',
    yaml: CLIENTS.replace('authority.pem', 'authority.key'),
    verdict: /web\.yml:5: tls_server_config\.client_ca_file: ".*authority\.key" has no certificate/,
    toolkit: 'good',
    why: 'the toolkit would refuse every client, and not say why',
  },
  {
    name: 'names that clients need',
    yaml: `${CLIENTS}  client_allowed_sans: [scraper.test, 192.0.2.7, "spiffe://example.test/scraper"]\n`,
    verdict: 'good',
  },
  { name: 'no name that is allowed', yaml: `${CLIENTS}  client_allowed_sans: []\n`, verdict: 'good' },
  {
    name: 'names that clients need, where none is asked for a certificate',
    yaml: `${SERVER}  client_allowed_sans: [scraper.test]\n`,
    verdict: 'good',
  },
  {
    name: 'names that clients need, by whomever their certificates are signed',
    yaml: `${SERVER}  client_auth_type: RequireAnyClientCert\n  client_allowed_sans: [scraper.test]\n`,
    verdict: 'good',
  },
  {
    name: 'a name that is a mapping',
    yaml: `${CLIENTS}  client_allowed_sans:\n    - DNS: scraper.test\n`,
    verdict: /web\.yml:7: tls_server_config\.client_allowed_sans: a mapping is given; allowed: plain text/,
  },
];
