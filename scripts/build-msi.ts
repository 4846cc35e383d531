// `npm run build:msi [-- --arch=NAME…]`: makes build/msi/netstat-exporter-VERSION-windows-ARCH.msi, the package for Windows Installer, of
// packaging/msi and the program as one file. Needs wixl, msitools and faketime, of Debian.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { SERVICE } from '../src/cli/service/definition.ts';
import { OPTIONS } from '../src/config/options.ts';
import { tellMade } from './build-command.ts';
import { iconFile } from './build-exe/icon-file.ts';
import { amendments } from './build-msi/amendments.ts';
import { defaultConfig } from './build-msi/default-config.ts';
import { contentOf, guidOf, UPGRADE_CODE } from './build-msi/identity.ts';
import { type Architecture, buildPackages, koffiIn, type PackageOptions, putPackage } from './build-packages.ts';
import { readCommit } from './commit.ts';
import { PROJECT } from './run-command.ts';
import { requireTools, runTool } from './run-tool.ts';

export const MSI_PACKAGES = join(PROJECT, 'build', 'msi');

const NAME = 'netstat-exporter';
const SOURCE = join(PROJECT, 'packaging', 'msi', `${NAME}.wxs`);

/** As the summary of a package names the processors. wixl knows no ARM: there the name alone makes the difference, all else of a 64-bit package is the same. */
const PLATFORMS: Readonly<Record<Architecture, string>> = { x64: 'x64', arm64: 'Arm64' };

export const MSI_TOOLS = ['wixl', 'msibuild', 'faketime'] as const;

/**
 * Resolves with the path of the package. Windows Installer knows the three numbers of the version alone: a prerelease is replaced by
 * the release, which has the same. The same files and the same SOURCE_DATE_EPOCH, by default the time of the commit, give the same
 * bytes. Throws Error, with one line.
 */
export async function buildMsi({ from, into, arch, version = packageJson.version }: PackageOptions): Promise<string> {
  requireTools(...MSI_TOOLS);
  const work = mkdtempSync(join(tmpdir(), 'netstat-exporter-msi-'));
  try {
    const { time } = await readCommit(process.env['SOURCE_DATE_EPOCH']);
    const files = join(work, 'files');
    const koffi = layOut(from, files, time);
    // wixl finds files by relative paths alone, from where its source is.
    cpSync(SOURCE, join(work, 'source.wxs'));
    const made = join(work, `${NAME}-${version}-windows-${arch}.msi`);
    // All times in the package are those of the clock.
    const atTime = (tool: string, ...args: string[]): Promise<string> =>
      runTool('faketime', ['-f', new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' '), tool, ...args], {
        cwd: work,
      });
    const variables = { ...variablesOf(arch, version), Koffi: koffi, Files: 'files' };
    const defined = Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
    await atTime('wixl', '--arch=x64', ...defined, `--output=${made}`, 'source.wxs');
    await atTime('msibuild', made, '-q', ...amendments(numbersOf(version)));
    // Windows Installer takes two packages with one code for the same file.
    const packageCode = guidOf(`package of ${contentOf(SOURCE, files)} for ${arch} ${version}`);
    const summary = [`${NAME} ${version}`, 'The netstat-exporter authors', `${PLATFORMS[arch]};1033`, packageCode];
    await atTime('msibuild', made, '-s', ...summary);
    return putPackage(made, into);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The files of the package in a folder, all of one time. Gives the name of koffi's binary. */
function layOut(from: string, folder: string, time: number): string {
  const koffi = koffiIn(from);
  mkdirSync(folder);
  for (const name of [`${NAME}.exe`, koffi, 'LICENSE', 'THIRD-PARTY-NOTICES.txt'])
    cpSync(join(from, name), join(folder, name));
  writeFileSync(join(folder, 'config.yaml'), defaultConfig());
  writeFileSync(join(folder, `${NAME}.ico`), iconFile());
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), time, time);
  return koffi;
}

/** What the source leaves open. */
function variablesOf(arch: Architecture, version: string): Readonly<Record<string, string>> {
  const [listenAddress] = OPTIONS['web.listen-address'].default;
  return {
    Version: numbersOf(version),
    ProductCode: guidOf(`product ${version} for ${arch}`),
    UpgradeCode: UPGRADE_CODE,
    Service: SERVICE.name,
    DisplayName: SERVICE.displayName,
    Description: SERVICE.description,
    Port: listenAddress.slice(1),
    ...Object.fromEntries(COMPONENTS.map((name) => [`${name}Component`, guidOf(`component ${name}`)])),
  };
}

function numbersOf(version: string): string {
  return version.replace(/[-+].*/, '');
}

const COMPONENTS = ['Program', 'Koffi', 'Licences', 'Settings', 'Firewall'];

if (import.meta.main)
  await tellMade('build:msi', () =>
    buildPackages('win32', (arch, from) => buildMsi({ from, into: MSI_PACKAGES, arch })),
  );
