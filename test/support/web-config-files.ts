// The files of a web configuration, written as operators and their tools do it.
import { renameSync, writeFileSync } from 'node:fs';
import { hashSync } from 'bcryptjs';

export const USER = 'alice';
export const PASSWORD = 'correct horse battery';
/** Of the least cost: nobody's time is to be wasted here. */
export const PASSWORD_HASH = hashSync(PASSWORD, 4);

/** Lines of the file, for names that `makeCertificates` has; the file stands in the same folder. */
export const TLS_LINES = 'tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n';
export const CLIENT_LINES = '  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: authority.pem\n';
export const USER_LINES = `basic_auth_users:\n  ${USER}: ${PASSWORD_HASH}\n`;

/** As careful programs do: nobody ever sees a piece of it. */
export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
