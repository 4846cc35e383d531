// Cases: headers, and HTTP/2.
import type { WebConfigCase } from './case.ts';

export const HTTP: readonly WebConfigCase[] = [
  { name: 'HTTP/2', yaml: 'http_server_config:\n  http2: true\n', verdict: 'good' },
  ...['yes', 'On', 'y', 'FALSE', 'off', 'N'].map(
    (word): WebConfigCase => ({
      name: `the boolean ${word}`,
      yaml: `http_server_config: {http2: ${word}}`,
      verdict: 'good',
    }),
  ),
  ...['"true"', '1', 'tRUE', 'enabled'].map(
    (word): WebConfigCase => ({
      name: `the boolean ${word}, which is none`,
      yaml: `http_server_config: {http2: ${word}}`,
      verdict: /web\.yml:1: http_server_config\.http2: .* is not a boolean; allowed: true or false/,
    }),
  ),
  {
    name: 'all headers',
    yaml: `http_server_config:\n  headers:\n    Content-Security-Policy: "default-src 'self'"\n    X-Frame-Options: sameorigin\n    X-Content-Type-Options: nosniff\n    X-XSS-Protection: 1\n    Strict-Transport-Security: max-age=31536000; includeSubDomains\n`,
    verdict: 'good',
  },
  {
    name: 'a header that may not be set',
    yaml: 'http_server_config:\n  headers:\n    Content-Type: text/html\n',
    verdict: /web\.yml:3: http_server_config\.headers\.Content-Type: unknown key; /,
  },
  {
    name: 'a header in other letters',
    yaml: 'http_server_config:\n  headers:\n    x-frame-options: deny\n',
    verdict: /web\.yml:3: http_server_config\.headers\.x-frame-options: unknown key; did you mean X-Frame-Options\?/,
  },
  {
    name: 'a header given twice',
    yaml: 'http_server_config:\n  headers:\n    X-Frame-Options: deny\n    X-Frame-Options: deny\n',
    verdict: /web\.yml:4: http_server_config\.headers\.X-Frame-Options: given before, /,
  },
  {
    name: 'X-Frame-Options in other letters',
    yaml: 'http_server_config:\n  headers:\n    X-Frame-Options: DENY\n',
    verdict:
      /web\.yml:3: http_server_config\.headers\.X-Frame-Options: "DENY" is not known here; allowed: deny, sameorigin/,
  },
  {
    name: 'X-Content-Type-Options with another value',
    yaml: 'http_server_config:\n  headers:\n    X-Content-Type-Options: sniff\n',
    verdict:
      /web\.yml:3: http_server_config\.headers\.X-Content-Type-Options: "sniff" is not known here; allowed: nosniff/,
  },
  {
    name: 'blank headers',
    yaml: 'http_server_config:\n  headers:\n    Content-Security-Policy: ""\n    X-XSS-Protection:\n',
    verdict: 'good',
  },
  {
    name: 'blank headers with a fixed set of values',
    yaml: 'http_server_config:\n  headers:\n    X-Frame-Options: ""\n    X-Content-Type-Options: ~\n',
    verdict: 'good',
    toolkit: 'bad',
    why: "the toolkit's documentation says that a blank one is not set; its code checks the value all the same",
  },
  {
    name: 'a header of two lines',
    yaml: 'http_server_config:\n  headers:\n    Content-Security-Policy: |\n      default-src\n      self\n',
    verdict: /web\.yml:3: http_server_config\.headers\.Content-Security-Policy: .*character that no HTTP header has/,
    toolkit: 'good',
    why: "Go's server puts a blank in the place of a line break; Node.js would throw at each answer",
  },
  {
    name: 'a header that is a list',
    yaml: 'http_server_config:\n  headers:\n    Content-Security-Policy: [default-src]\n',
    verdict: /web\.yml:3: http_server_config\.headers\.Content-Security-Policy: a list is given; /,
  },
  {
    name: 'headers that are a list',
    yaml: 'http_server_config:\n  headers: [X-Frame-Options]\n',
    verdict: /web\.yml:2: http_server_config\.headers: a list is given; allowed: a mapping/,
  },
];
