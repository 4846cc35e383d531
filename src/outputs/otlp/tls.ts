// The certificates and the key of the push, from PEM files and from the operating system.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { OtlpError } from './error.ts';
import { describeError } from './outcome.ts';
import type { TlsFiles } from './settings.ts';

/** Several times what all public authorities take. */
const MAXIMUM_FILE_BYTES = 1_048_576;

/** No dash within: a file of nothing but beginnings is searched in one pass. */
const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const ENCRYPTED_KEY = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: *4, *ENCRYPTED/m;

/** A file, and the option that names it. */
interface NamedFile {
  readonly option: string;
  readonly path: string;
}

/** Made once, for all connections. Rejects with OtlpError: which option, which file, and what is wrong with it. */
export async function loadTls({ authorities, certificate, key }: TlsFiles): Promise<SecureContext> {
  const trusted =
    authorities === undefined
      ? systemAuthorities()
      : await readCertificates({ option: 'otlp.certificate', path: authorities });
  const identity =
    certificate === undefined || key === undefined
      ? {}
      : await readIdentity(
          { option: 'otlp.client-certificate', path: certificate },
          { option: 'otlp.client-key', path: key },
        );
  try {
    return createSecureContext({ ca: [...trusted], ...identity });
  } catch (error) {
    throw new OtlpError(`TLS cannot be set up with the certificates of otlp.*: ${describeError(error)}`);
  }
}

/** Node's own authorities and the operating system's: companies put theirs into the latter. */
function systemAuthorities(): Iterable<string> {
  return new Set([...getCACertificates('default'), ...getCACertificates('system')]);
}

async function readIdentity(certificate: NamedFile, key: NamedFile): Promise<{ cert: string; key: string }> {
  const chain = await readCertificates(certificate);
  const keyText = await readText(key);
  const privateKey = parsed(key, () => {
    if (ENCRYPTED_KEY.test(keyText)) throw new Error('it is encrypted; allowed: a key without a passphrase');
    return createPrivateKey(keyText);
  });
  // The client's own certificate stands first.
  if (!new X509Certificate(chain[0] ?? '').checkPrivateKey(privateKey)) {
    throw failure(key, `does not belong to the first certificate of ${JSON.stringify(certificate.path)}`);
  }
  return { cert: chain.join('\n'), key: keyText };
}

/** One certificate or more, each as PEM; what stands between them is left out. */
async function readCertificates(file: NamedFile): Promise<readonly string[]> {
  const certificates = (await readText(file)).match(CERTIFICATES) ?? [];
  if (certificates.length === 0) throw failure(file, 'has no certificate in PEM form');
  for (const certificate of certificates) parsed(file, () => new X509Certificate(certificate));
  return certificates;
}

async function readText(file: NamedFile): Promise<string> {
  try {
    await using handle = await open(file.path);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAXIMUM_FILE_BYTES + 1));
    if (bytesRead > MAXIMUM_FILE_BYTES) throw new Error(`it has more than ${MAXIMUM_FILE_BYTES} bytes`);
    return buffer.toString('latin1', 0, bytesRead);
  } catch (error) {
    throw failure(file, `cannot be read (${describeError(error)})`);
  }
}

function parsed<T>(file: NamedFile, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw failure(file, `cannot be used (${describeError(error)})`);
  }
}

function failure({ option, path }: NamedFile, problem: string): OtlpError {
  return new OtlpError(`${option}: ${JSON.stringify(path)} ${problem}`);
}
