// A web configuration, good or bad: what it is for, and what the exporter-toolkit says of it where that differs on purpose.

export interface WebConfigCase {
  readonly name: string;
  /** Names the files of makeCertificates(), beside it; inline() stands for the text of one. See caseText(). */
  readonly yaml: string;
  /** Good, or what the error says. The file is `web.yml`. */
  readonly verdict: 'good' | RegExp;
  /** What web.Validate() of the toolkit says, if not the same. */
  readonly toolkit?: 'good' | 'bad';
  /** Why it is not the same. */
  readonly why?: string;
}

/** Of "scrape" and of "open sesame". */
export const HASH = '$2b$05$LMrOZ7LzQrHa0ASiLp4vhu7nCk0kO0SaPr1VNUb.6XN/IYRmK48BG';
export const OTHER_HASH = '$2y$04$Tr/3Gn2l0aMIB0abKEcWdOHei0IfZ.kdqkw3PSQ2HOyeXWkfF.6fG';

const PLACEHOLDER = /@\{(.+?)\}/g;

/** Stands for the text of a file of makeCertificates(), as a YAML scalar. */
export function inline(file: string): string {
  return `@{${file}}`;
}

/** The text of the file, with what inline() stands for. */
export function caseText({ yaml }: WebConfigCase, read: (file: string) => string): string {
  return yaml.replace(PLACEHOLDER, (_, file: string) => JSON.stringify(read(file)));
}

/** The least that TLS takes. */
export const SERVER = 'tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n';
