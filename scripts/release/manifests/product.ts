// What the manifests of the package managers say of the product.
import packageJson from '../../../package.json' with { type: 'json' };

export const PRODUCT = {
  name: packageJson.name,
  version: packageJson.version,
  description: packageJson.description,
  license: packageJson.license,
  /** Also in the executable's resources, and the MSI's Manufacturer. */
  publisher: 'The netstat-exporter authors',
  tags: ['exporter', 'metrics', 'monitoring', 'netstat', 'opentelemetry', 'otlp', 'ports', 'prometheus', 'tcp', 'udp'],
} as const;

/** A file of the release, as a manifest names it. */
export interface Download {
  readonly arch: 'x64' | 'arm64';
  readonly name: string;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** An MSI, with what its table Property says. */
export interface Installer extends Download {
  readonly productCode: string;
  readonly upgradeCode: string;
  readonly productName: string;
  readonly manufacturer: string;
}
