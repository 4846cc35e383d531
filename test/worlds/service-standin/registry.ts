// World 2: the script of the registry.

import { wideString } from '../../../src/sources/windows/utf16.ts';
import type { ServiceStandin } from './service-standin.ts';

/** Codes that the functions fail with. */
export interface RegistryFailures {
  readonly create?: number;
  readonly set?: number;
  readonly get?: number;
  readonly remove?: number;
}

export interface StandinRegistry {
  /** Puts a value there, below HKEY_LOCAL_MACHINE. */
  put(subkey: string, name: string, type: number, data: Uint8Array): void;
  fail(failures: RegistryFailures): void;
  /** Keys that were opened and not closed. */
  openKeys(): number;
  /** An empty registry, where nothing fails. */
  reset(): void;
}

export function scriptRegistry({ library }: Pick<ServiceStandin, 'library'>): StandinRegistry {
  const put = library.func(
    'int32_t standin_registry_value(void *subkey, void *name, uint32_t type, void *data, uint32_t size)',
  );
  const fail = library.func(
    'void standin_registry_failures(int32_t create_code, int32_t set_code, int32_t get_code, int32_t remove_code)',
  );
  const openKeys = library.func('uint32_t standin_open_registry_keys()');
  const reset = library.func('void standin_reset_registry()');
  return {
    put(subkey, name, type, data) {
      const code: number = put(wideString(subkey), wideString(name), type, data, data.byteLength);
      if (code !== 0) throw new Error(`the stand-in's registry has no room for ${name}`);
    },
    fail: ({ create = 0, set = 0, get = 0, remove = 0 }) => fail(create, set, get, remove),
    openKeys: () => openKeys(),
    reset: () => reset(),
  };
}
