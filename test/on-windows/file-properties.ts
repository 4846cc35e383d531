// What Windows itself reads from an executable: version.dll, imagehlp.dll, and the resources by kernel32.dll.
import koffi from 'koffi';

export interface FileProperties {
  readonly version: readonly number[];
  readonly strings: Readonly<Record<string, string>>;
  /** Pixels, of the first group of icons. */
  readonly iconSizes: readonly number[];
  readonly checksums: { readonly stored: number; readonly computed: number };
}

const STRINGS = ['ProductName', 'ProductVersion', 'FileDescription', 'LegalCopyright', 'OriginalFilename'];
/** English (United States) and UTF-16, in hexadecimal. */
const TRANSLATION = '040904b0';
/** LOAD_LIBRARY_AS_DATAFILE: LoadLibraryExW function (libloaderapi.h). */
const AS_DATA_FILE = 2;
/** RT_GROUP_ICON: "Resource types (winuser.h)". */
const GROUP_ICON = 14;

export function fileProperties(file: string): FileProperties {
  const info = versionInfo(file);
  const fixed = query(info, '\\');
  const words = [10, 8, 14, 12].map((offset) => fixed.readUInt16LE(offset));
  const strings = STRINGS.map((name) => {
    const value = query(info, `\\StringFileInfo\\${TRANSLATION}\\${name}`, 2);
    return [name, value.toString('utf16le').replace(/\0$/, '')];
  });
  return {
    version: words,
    strings: Object.fromEntries(strings),
    iconSizes: iconSizes(file),
    checksums: checksums(file),
  };
}

const versionDll = koffi.load('version.dll');
const getSize = versionDll.func('uint32_t GetFileVersionInfoSizeW(str16 file, void *unused)');
const getInfo = versionDll.func('int GetFileVersionInfoW(str16 file, uint32_t handle, uint32_t length, void *data)');
const verQuery = versionDll.func(
  'int VerQueryValueW(void *block, str16 path, _Out_ void **value, _Out_ uint32_t *length)',
);

function versionInfo(file: string): Buffer {
  const info = Buffer.alloc(getSize(file, null));
  if (getInfo(file, 0, info.length, info) === 0) throw new Error(`no version in ${file}`);
  return info;
}

/** The memory goes with what it belongs to. */
function copyOf(view: ArrayBuffer): Buffer {
  return Buffer.copyBytesFrom(new Uint8Array(view));
}

/** Lengths of strings are in characters. */
function query(info: Buffer, path: string, bytesPerUnit = 1): Buffer {
  const [value, length] = [[null], [0]];
  if (verQuery(info, path, value, length) === 0) throw new Error(`no ${path} in the version`);
  return copyOf(koffi.view(value[0], (length[0] ?? 0) * bytesPerUnit));
}

/** GRPICONDIR: six bytes, the last two of which are how many entries of 14 bytes follow. A width of 0 is 256. */
function iconSizes(file: string): number[] {
  const kernel = koffi.load('kernel32.dll');
  const library = kernel.func('uintptr_t LoadLibraryExW(str16 file, void *unused, uint32_t flags)')(
    file,
    null,
    AS_DATA_FILE,
  );
  const found = kernel.func('uintptr_t FindResourceW(uintptr_t library, uintptr_t name, uintptr_t type)')(
    library,
    1,
    GROUP_ICON,
  );
  const size = kernel.func('uint32_t SizeofResource(uintptr_t library, uintptr_t found)')(library, found);
  const loaded = kernel.func('uintptr_t LoadResource(uintptr_t library, uintptr_t found)')(library, found);
  const group = copyOf(koffi.view(kernel.func('void *LockResource(uintptr_t loaded)')(loaded), size));
  // Else the file could not be deleted.
  kernel.func('int FreeLibrary(uintptr_t library)')(library);
  return Array.from({ length: group.readUInt16LE(4) }, (_, index) => group.readUInt8(6 + index * 14) || 256);
}

function checksums(file: string): { stored: number; computed: number } {
  const map = koffi
    .load('imagehlp.dll')
    .func('uint32_t MapFileAndCheckSumW(str16 file, _Out_ uint32_t *stored, _Out_ uint32_t *computed)');
  const [stored, computed] = [[0], [0]];
  const code = map(file, stored, computed);
  if (code !== 0) throw new Error(`MapFileAndCheckSumW: ${code}`);
  return { stored: stored[0] ?? 0, computed: computed[0] ?? 0 };
}
