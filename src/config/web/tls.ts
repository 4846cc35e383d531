// The group tls_server_config: which texts and files belong together, and what they give.

import { dirname, resolve } from 'node:path';
import { ConfigError, quote, reasonOf } from '../error.ts';
import type { ReadFile } from '../file.ts';
import { type PemText, problemOfTimes, readCertificates, readPrivateKey } from './certificates.ts';
import { pemBlocks } from './pem.ts';
import { readProtocol } from './protocol.ts';
import { looksSecret } from './secrecy.ts';
import type { ClientAuthType, TlsSettings } from './web-config.ts';
import { filledScalarOf, scalarOf, type Written, type WrittenConfig, type WrittenScalar } from './written.ts';

/** Room for an organisation's whole list of authorities. */
const MAXIMUM_PEM_BYTES = 1_048_576;

const GROUP = 'tls_server_config.';

/** A text that stands in the file, or in another one that it names. */
interface Source {
  readonly scalar: WrittenScalar;
  /** Where the name of a file would stand; undefined: it is one. */
  readonly fileName: string | undefined;
}

export interface TlsOrigins {
  readonly written: WrittenConfig;
  /** Of the web configuration file, from whose folder relative paths go. */
  readonly path: string;
  readonly readFile: ReadFile;
  readonly notes: string[];
}

/** Undefined: no TLS. Rejects with ConfigError. */
export async function readTls(origins: TlsOrigins): Promise<TlsSettings | undefined> {
  const { written, notes } = origins;
  const given = [...written].find(([name, value]) => name.startsWith(GROUP) && !isBlank(value))?.[1];
  if (given === undefined) return undefined;
  const certificate = sourceOf(origins, 'cert', 'cert_file');
  const key = sourceOf(origins, 'key', 'key_file');
  const authorities = sourceOf(origins, 'client_ca', 'client_ca_file');
  if (certificate === undefined) throw missing('cert or cert_file', key?.scalar ?? given);
  if (key === undefined) throw missing('key or key_file', certificate.scalar);
  const protocol = readProtocol(written, notes);
  if (authorities === undefined) noteAnyAuthority(written, protocol.clientAuthType, notes);
  else expectPolicy(authorities.scalar, protocol.clientAuthType);
  const { pem, first } = readCertificates(await load(origins, certificate));
  const times = problemOfTimes(first, new Date());
  if (times !== undefined) notes.push(`${certificate.scalar.where}: ${times}`);
  return Object.freeze({
    ...protocol,
    certificates: pem,
    key: readPrivateKey(await load(origins, key), first),
    clientAuthorities: authorities && readCertificates(await load(origins, authorities)).pem,
  });
}

function isBlank(value: Written): boolean {
  return value.kind === 'scalar' && value.text === '';
}

function missing(what: string, { where }: Written): ConfigError {
  return new ConfigError(
    `${where}: given without ${what}; allowed: a certificate and its key, or nothing in tls_server_config`,
  );
}

function expectPolicy({ where }: WrittenScalar, clientAuthType: ClientAuthType): void {
  if (clientAuthType !== 'NoClientCert') return;
  throw new ConfigError(
    `${where}: given without a client_auth_type that asks for certificates; allowed: with RequireAndVerifyClientCert, for one`,
  );
}

function noteAnyAuthority(written: WrittenConfig, clientAuthType: ClientAuthType, notes: string[]): void {
  if (clientAuthType !== 'RequireAndVerifyClientCert' && clientAuthType !== 'VerifyClientCertIfGiven') return;
  const where = scalarOf(written, 'tls_server_config.client_auth_type')?.where;
  notes.push(`${where}: without client_ca_file every authority is trusted that Node.js knows`);
}

/** Of both, the file counts, as in the exporter-toolkit. */
function sourceOf<Name extends 'cert' | 'key' | 'client_ca'>(
  { written, notes }: TlsOrigins,
  textName: Name,
  fileName: `${Name}_file`,
): Source | undefined {
  const text = filledScalarOf(written, `tls_server_config.${textName}`);
  const file = filledScalarOf(written, `tls_server_config.${fileName}`);
  if (file === undefined) return text && { scalar: text, fileName };
  if (text !== undefined) notes.push(`${text.where}: without effect: ${fileName} is given`);
  if (!looksSecret(file.text)) return { scalar: file, fileName: undefined };
  throw new ConfigError(
    `${file.where}: the value (not shown) is PEM or a hash; allowed: the name of a file; PEM itself belongs in ${textName}`,
  );
}

async function load({ path, readFile }: TlsOrigins, { scalar, fileName }: Source): Promise<PemText> {
  const { text, where } = scalar;
  if (fileName !== undefined) {
    if (pemBlocks(text).length > 0) return { text, where, subject: 'the text' };
    throw new ConfigError(`${where}: the text is no PEM; allowed: PEM; the name of a file belongs in ${fileName}`);
  }
  // Also of what begins with a backslash on Windows: by the drive of the file.
  const file = resolve(dirname(path), text);
  const subject = quote(file);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file, MAXIMUM_PEM_BYTES + 1);
  } catch (error) {
    throw new ConfigError(`${where}: ${subject} cannot be read (${reasonOf(error)}); allowed: a PEM file`);
  }
  if (bytes.length > MAXIMUM_PEM_BYTES) {
    throw new ConfigError(`${where}: ${subject} is too large; allowed: at most ${MAXIMUM_PEM_BYTES} bytes`);
  }
  return { text: Buffer.from(bytes).toString('latin1'), where, subject };
}
