// What a Node.js has inside, as components: the entries of `process.versions`, and by which names those are known to who looks for flaws.
import { Enums, Models } from '@cyclonedx/cyclonedx-library';
import { nodeParts } from '../../build-exe/node-release.ts';
import { purl, withLicence } from './components.ts';

interface Part {
  /** Where it is not that of `process.versions`. */
  readonly name?: string;
  /** The type of the package URL and what comes before the name; `generic` where no kind of package has it. */
  readonly source?: readonly [type: 'github' | 'npm', namespace?: string];
  /** The version as its tags have it. */
  readonly tag?: (version: string) => string;
  /** Vendor and product of the CPE dictionary. Without it none is known. */
  readonly cpe?: string;
  readonly licence?: string;
  readonly isData?: boolean;
}

const withV = (version: string): string => `v${version}`;

const PARTS: Readonly<Record<string, Part>> = {
  acorn: { source: ['npm'], licence: 'MIT' },
  ada: { source: ['github', 'ada-url'], tag: withV, licence: 'MIT' },
  amaro: { source: ['npm'], licence: 'MIT' },
  ares: { name: 'c-ares', source: ['github', 'c-ares'], tag: withV, cpe: 'c-ares:c-ares', licence: 'MIT' },
  brotli: { source: ['github', 'google'], tag: withV, cpe: 'google:brotli', licence: 'MIT' },
  cldr: { isData: true },
  icu: { cpe: 'icu-project:international_components_for_unicode' },
  libffi: { source: ['github', 'libffi'], tag: withV, cpe: 'libffi_project:libffi', licence: 'MIT' },
  lief: { source: ['github', 'lief-project'], cpe: 'lief-project:lief', licence: 'Apache-2.0' },
  llhttp: { source: ['github', 'nodejs'], tag: withV, cpe: 'llhttp:llhttp', licence: 'MIT' },
  merve: { licence: 'MIT' },
  nbytes: { licence: 'MIT' },
  ncrypto: { licence: 'MIT' },
  nghttp2: { source: ['github', 'nghttp2'], tag: withV, cpe: 'nghttp2:nghttp2', licence: 'MIT' },
  nghttp3: { source: ['github', 'ngtcp2'], tag: withV, licence: 'MIT' },
  ngtcp2: { source: ['github', 'ngtcp2'], tag: withV, licence: 'MIT' },
  openssl: {
    source: ['github', 'openssl'],
    tag: (version) => `openssl-${version}`,
    cpe: 'openssl:openssl',
    licence: 'Apache-2.0',
  },
  simdjson: { source: ['github', 'simdjson'], tag: withV, licence: 'Apache-2.0' },
  simdutf: { source: ['github', 'simdutf'], tag: withV, licence: 'MIT' },
  sqlite: { cpe: 'sqlite:sqlite', licence: 'blessing' },
  tz: { isData: true },
  undici: { source: ['npm'], cpe: 'nodejs:undici', licence: 'MIT' },
  unicode: { isData: true },
  uv: { name: 'libuv', source: ['github', 'libuv'], tag: withV, cpe: 'libuv:libuv', licence: 'MIT' },
  uvwasi: { source: ['github', 'nodejs'], tag: withV, licence: 'MIT' },
  v8: { source: ['github', 'v8'], cpe: 'google:v8', licence: 'BSD-3-Clause' },
  // Chromium's, at a commit between two releases, which no CPE has.
  zlib: { licence: 'Zlib' },
  zstd: { source: ['github', 'facebook'], tag: withV, cpe: 'facebook:zstandard', licence: 'BSD-3-Clause' },
};

/** Itself, and numbers of its interfaces. */
const NO_PARTS = ['node', 'modules', 'napi'];

/** Node.js as a component, which depends on those of its parts. */
export function nodeComponents(version: string): readonly [node: Models.Component, ...parts: Models.Component[]] {
  const node = new Models.Component(Enums.ComponentType.Platform, 'node', {
    version,
    purl: purl('generic', undefined, 'node', version),
    cpe: cpeOf('nodejs:node.js', version),
    description: 'Node.js; the text of its licence is in THIRD-PARTY-NOTICES.txt',
  });
  const parts = Object.entries(nodeParts(version))
    .filter(([key, partVersion]) => !NO_PARTS.includes(key) && partVersion !== '')
    .map(([key, partVersion]) => partComponent(key, partVersion));
  for (const part of parts) node.dependencies.add(part.bomRef);
  return [withLicence(node, 'MIT'), ...parts];
}

function partComponent(key: string, versionInNode: string): Models.Component {
  const part = PARTS[key];
  if (part === undefined) throw new Error(`${key} ${versionInNode} in Node.js is new: say in node-parts.ts what it is`);
  const { name = key, source: [type, namespace] = ['generic', undefined], tag, cpe, licence, isData } = part;
  // V8 has the number of Node's own changes to it at the end.
  const version = versionInNode.replace(/-node\.\d+$/, '');
  const component = new Models.Component(isData ? Enums.ComponentType.Data : Enums.ComponentType.Library, name, {
    version,
    purl: purl(type, namespace, name, tag?.(version) ?? version),
    ...(cpe !== undefined && { cpe: cpeOf(cpe, version) }),
    ...(cpe === undefined && type !== 'npm' && { description: 'a part of Node.js; no CPE is known' }),
  });
  return withLicence(component, licence);
}

function cpeOf(vendorAndProduct: string, version: string): string {
  return `cpe:2.3:a:${vendorAndProduct}:${version}:*:*:*:*:*:*:*`;
}
