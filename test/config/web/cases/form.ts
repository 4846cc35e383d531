// Cases: the form of the file: YAML, names of keys, what is given twice, anchors and merged mappings.
import { HASH, SERVER, type WebConfigCase } from './case.ts';

export const FORM: readonly WebConfigCase[] = [
  { name: 'an empty file', yaml: '', verdict: 'good' },
  { name: 'comments alone', yaml: '# nothing\n---\n# yet\n', verdict: 'good' },
  { name: 'null', yaml: '~', verdict: 'good' },
  {
    name: 'groups without a value',
    yaml: 'tls_server_config:\nhttp_server_config: ~\nrate_limit: null\nbasic_auth_users:\n',
    verdict: 'good',
  },
  {
    name: 'keys without a value',
    yaml: 'tls_server_config:\n  cert_file:\n  key_file: ~\n  min_version: null\n  cipher_suites:\nhttp_server_config:\n  http2:\n  headers:\nrate_limit:\n  interval:\n  burst: ~\n',
    verdict: 'good',
  },
  { name: 'a text', yaml: 'just some text', verdict: /web\.yml:1: the file is a value; / },
  { name: 'a list', yaml: '# ours\n- tls_server_config', verdict: /web\.yml:2: the file is a list; / },
  { name: 'no YAML', yaml: 'rate_limit: {burst: 1', verdict: /web\.yml:1: not usable as YAML: / },
  {
    name: 'an unknown group',
    yaml: 'limits: {}',
    verdict: /web\.yml:1: limits: unknown key; allowed: tls_server_config, http_server_config, /,
  },
  {
    name: 'the group of a client',
    yaml: 'tls_config: {}',
    verdict: /web\.yml:1: tls_config: unknown key; did you mean tls_server_config\?/,
  },
  {
    name: 'a key to the left of its place',
    yaml: 'tls_server_config:\ncert_file: server.pem\n',
    verdict: /web\.yml:2: cert_file: unknown key; it belongs under tls_server_config$/,
  },
  {
    name: 'an unknown key of TLS',
    yaml: 'tls_server_config:\n  cert_filse: server.pem\n',
    verdict: /web\.yml:2: tls_server_config\.cert_filse: unknown key; did you mean cert_file\?/,
  },
  {
    name: 'an unknown key without a value',
    yaml: 'http_server_config:\n  http3:\n',
    verdict: /web\.yml:2: http_server_config\.http3: unknown key; did you mean http2\?/,
  },
  {
    name: 'a key in other letters',
    yaml: 'Rate_Limit: {}',
    verdict: /web\.yml:1: Rate_Limit: unknown key; did you mean rate_limit\?/,
  },
  {
    name: 'a name with dots',
    yaml: 'rate_limit.burst: 1',
    verdict: /web\.yml:1: rate_limit\.burst: unknown key; /,
  },
  {
    name: 'a key given twice',
    yaml: 'rate_limit:\n  burst: 1\n  interval: 1s\n  burst: 1\n',
    verdict: /web\.yml:4: rate_limit\.burst: given before, at .*web\.yml:2; allowed: once/,
  },
  {
    name: 'a group given twice',
    yaml: 'rate_limit: {burst: 1}\nrate_limit: {interval: 1s}\n',
    verdict: /web\.yml:2: rate_limit: given before, at .*web\.yml:1; allowed: once/,
  },
  {
    name: 'a group that is a list',
    yaml: 'tls_server_config:\n  - cert_file: server.pem\n',
    verdict: /web\.yml:1: tls_server_config: a list is given; allowed: a mapping/,
  },
  { name: 'a group that is a text', yaml: 'rate_limit: off', verdict: /web\.yml:1: rate_limit: a value is given; / },
  {
    name: 'a text that is a list',
    yaml: 'tls_server_config:\n  cert_file: [server.pem]\n  key_file: server.key\n',
    verdict: /web\.yml:2: tls_server_config\.cert_file: a list is given; /,
  },
  {
    name: 'a list that is a text',
    yaml: `${SERVER}  cipher_suites: TLS_AES_128_GCM_SHA256\n`,
    verdict: /web\.yml:4: tls_server_config\.cipher_suites: a value is given; allowed: a list/,
  },
  {
    name: 'lines of a Macintosh, the first of them a comment',
    yaml: `# users\rbasic_auth_users: {alice: ${HASH}}`,
    verdict: /web\.yml:1: a line ends with neither LF nor CR LF; allowed: these alone$/,
    toolkit: 'good',
    why: 'YAML 1.2 knows no such end of a line: all of it would be the comment',
  },
  ...['\u0085', '\u2028', '\u2029'].map(
    (separator): WebConfigCase => ({
      name: `a line that ends with ${JSON.stringify(separator)}`,
      yaml: `# limits\n# users${separator}basic_auth_users: {alice: ${HASH}}`,
      verdict: /web\.yml:2: a line ends with neither LF nor CR LF; allowed: these alone$/,
      toolkit: 'good',
      why: 'YAML 1.2 knows no such end of a line: the users would be part of the comment',
    }),
  ),
  {
    name: "carriage returns and a byte order mark, as Windows' editors have them",
    yaml: '\ufeffrate_limit:\r\n  interval: 1s\r\n  burst: 3\r\n',
    verdict: 'good',
  },
  {
    name: 'JSON',
    yaml: '{"tls_server_config": {"cert_file": "server.pem", "key_file": "server.key"}, "rate_limit": {"burst": 2, "interval": "2s"}}',
    verdict: 'good',
  },
  {
    name: 'an anchor and an alias',
    yaml: `basic_auth_users:\n  alice: &hash ${HASH}\n  bob: *hash\n`,
    verdict: 'good',
  },
  {
    name: 'a merged mapping',
    yaml: 'rate_limit:\n  <<: {interval: 1s, burst: 1}\n  burst: 5\n',
    verdict: 'good',
  },
  {
    name: 'merged mappings, of which the first counts',
    yaml: 'rate_limit:\n  <<: [{burst: 5}, {interval: 1s, burst: 1}]\n',
    verdict: 'good',
  },
  {
    name: 'a merged user who is there already',
    yaml: `basic_auth_users:\n  <<: {alice: ${HASH}}\n  alice: ${HASH}\n`,
    verdict: /web\.yml:3: basic_auth_users\.alice: given before, at .*web\.yml:2; allowed: once/,
  },
  {
    name: 'users of whom some are merged',
    yaml: `<<: {basic_auth_users: {alice: ${HASH}}}\nbasic_auth_users: {bob: ${HASH}}\n`,
    verdict: 'good',
  },
  {
    name: 'merged users beside none',
    yaml: `<<: {basic_auth_users: {alice: ${HASH}}}\nbasic_auth_users: {}\n`,
    verdict: 'good',
  },
  {
    name: 'users that are an empty text',
    yaml: 'basic_auth_users: !!str\n',
    verdict: /web\.yml:1: basic_auth_users: a value is given; allowed: a mapping/,
  },
  {
    name: 'a merged text',
    yaml: 'rate_limit:\n  <<: burst\n',
    verdict: /web\.yml:2: rate_limit: a value is merged; allowed: a mapping, or a list of mappings/,
  },
  {
    name: 'a merged alias of a list',
    yaml: `basic_auth_users:\n  alice: ${HASH}\ntls_server_config:\n  client_allowed_sans: &names []\n  <<: *names\n`,
    verdict: /web\.yml:5: tls_server_config: a list is merged; allowed: a mapping, or a list of mappings/,
  },
  {
    name: 'a mapping in the place of a name',
    yaml: 'rate_limit: {interval: 1s, burst: 1}\nbasic_auth_users:\n  {alice: bob}: carol\n',
    verdict: /web\.yml:3: basic_auth_users: a mapping is a key; allowed: a name/,
  },
  {
    name: 'a mapping that contains itself',
    yaml: 'rate_limit: &limit\n  <<: *limit\n',
    verdict: /web\.yml:2: rate_limit: more than 100 aliases and merged mappings/,
  },
  {
    name: 'an alias of nothing',
    yaml: 'rate_limit:\n  burst: *nobody\n',
    verdict: /web\.yml:2: rate_limit\.burst: an alias of nothing that stands before it/,
  },
  {
    name: 'two documents',
    yaml: 'rate_limit: {interval: 1s, burst: 1}\n---\nbasic_auth_users: {}\n',
    verdict: /web\.yml:2: not usable as YAML: There is more than one document/,
    toolkit: 'good',
    why: 'the toolkit reads the first one only: who wrote users into the second would have none',
  },
];
