// What Windows shows of the executable: version and icon, in place of those of node.exe.
import { Data, NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { drawIcon, ICON_SIZES, pngOf } from './icon.ts';

/** RT_ICON, RT_GROUP_ICON and RT_VERSION: "Resource types (winuser.h)". */
const REPLACED_TYPES = [3, 14, 16];
/** The icon that Windows shows is the one with the smallest id. */
const ICON_ID = 1;
/** LANG_ENGLISH with SUBLANG_ENGLISH_US, and UTF-16: "VERSIONINFO resource". */
const LANGUAGE = { lang: 0x0409, codepage: 1200 } as const;
/** VOS_NT_WINDOWS32 and VFT_APP: "VS_FIXEDFILEINFO structure (verrsrc.h)". */
const FILE_OS = 0x0004_0004;
const FILE_TYPE = 1;
const BITS_PER_PIXEL = 32;

/** `node` without its signature, which would not hold, and with our resources. `version` is three numbers with dots, and what npm allows behind them. */
export function withResources(node: Uint8Array, fileName: string, version: string): Uint8Array {
  const executable = NtExecutable.from(node, { ignoreCert: true });
  const resources = NtExecutableResource.from(executable);
  resources.entries = resources.entries.filter(({ type }) => !REPLACED_TYPES.includes(Number(type)));
  const icons = ICON_SIZES.map((size) => {
    return Data.RawIconItem.from(pngOf(drawIcon(size), size), size, size, BITS_PER_PIXEL);
  });
  Resource.IconGroupEntry.replaceIconsForResource(resources.entries, ICON_ID, LANGUAGE.lang, icons);
  versionInfo(fileName, version).outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  return new Uint8Array(executable.generate());
}

function versionInfo(fileName: string, version: string): Resource.VersionInfo {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((number) => Number.parseInt(number, 10));
  const numbers = { MS: major * 0x1_0000 + minor, LS: patch * 0x1_0000 };
  return Resource.VersionInfo.create(
    LANGUAGE.lang,
    {
      fileVersionMS: numbers.MS,
      fileVersionLS: numbers.LS,
      productVersionMS: numbers.MS,
      productVersionLS: numbers.LS,
      fileFlagsMask: 0x3f,
      fileOS: FILE_OS,
      fileType: FILE_TYPE,
    },
    [
      {
        ...LANGUAGE,
        values: {
          CompanyName: 'The netstat-exporter authors',
          FileDescription: 'Prometheus and OTLP exporter of who holds TCP and UDP ports',
          FileVersion: version,
          InternalName: 'netstat-exporter',
          LegalCopyright: 'Apache License 2.0; parts under the licences in THIRD-PARTY-NOTICES.txt',
          OriginalFilename: fileName,
          ProductName: 'netstat-exporter',
          ProductVersion: version,
        },
      },
    ],
  );
}
