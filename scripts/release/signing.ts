// Authenticode signatures, by osslsigncode.
import { renameSync } from 'node:fs';
import { runTool } from '../run-tool.ts';

export interface Signing {
  /** With the key in it (.pfx, .p12), or without (.pem, .crt, .cer). */
  readonly certificate: string;
  readonly key?: string;
  readonly passwordFile?: string;
  /** Of a server, RFC 3161. Without it a signature holds as long as the certificate does. */
  readonly timestamp?: string;
}

const DESCRIPTION = 'netstat-exporter';

/**
 * Signs an executable or an MSI, in its place. `time` is what the signature says without a timestamp server, in seconds since 1970:
 * with an RSA key it is then the same each time. The password is in no command line, where others of the host could read it.
 */
export async function sign(file: string, signing: Signing, time: number): Promise<void> {
  const { certificate, key, passwordFile, timestamp } = signing;
  const signed = `${file}.signed`;
  await runTool('osslsigncode', [
    'sign',
    ...(key === undefined ? ['-pkcs12', certificate] : ['-certs', certificate, '-key', key]),
    ...(passwordFile === undefined ? [] : ['-readpass', passwordFile]),
    ...['-h', 'sha256', '-n', DESCRIPTION],
    ...(timestamp === undefined ? ['-time', String(time)] : ['-ts', timestamp]),
    // The names of the streams of an MSI are signed as well, as signtool does it.
    ...(file.endsWith('.msi') ? ['-add-msi-dse'] : []),
    ...['-in', file, '-out', signed],
  ]);
  renameSync(signed, file);
}
