// The keys of the web configuration file, as the exporter-toolkit 0.16.0 has them, and what each takes.

/** Names nest: a group is a mapping of its keys. */
type Shape = 'scalar' | 'list' | 'mapping' | { readonly [key: string]: Shape };

export const SHAPE = {
  tls_server_config: {
    cert: 'scalar',
    key: 'scalar',
    client_ca: 'scalar',
    cert_file: 'scalar',
    key_file: 'scalar',
    client_ca_file: 'scalar',
    client_auth_type: 'scalar',
    client_allowed_sans: 'list',
    min_version: 'scalar',
    max_version: 'scalar',
    cipher_suites: 'list',
    prefer_server_cipher_suites: 'scalar',
    curve_preferences: 'list',
  },
  http_server_config: {
    http2: 'scalar',
    headers: {
      'Content-Security-Policy': 'scalar',
      'X-Frame-Options': 'scalar',
      'X-Content-Type-Options': 'scalar',
      'X-XSS-Protection': 'scalar',
      'Strict-Transport-Security': 'scalar',
    },
  },
  basic_auth_users: 'mapping',
  rate_limit: { interval: 'scalar', burst: 'scalar' },
} as const satisfies Shape;

/** Full names of the keys of one kind: `tls_server_config.cert_file`. */
type NamesOf<Group, Kind> = {
  [Name in keyof Group & string]: Group[Name] extends Kind
    ? Name
    : Group[Name] extends string
      ? never
      : `${Name}.${NamesOf<Group[Name], Kind>}`;
}[keyof Group & string];

export type ScalarName = NamesOf<typeof SHAPE, 'scalar'>;
export type ListName = NamesOf<typeof SHAPE, 'list'>;
export type MappingName = NamesOf<typeof SHAPE, 'mapping'>;
export type HeaderName = keyof typeof SHAPE.http_server_config.headers;
export type { Shape };
